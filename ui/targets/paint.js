/* Painting: at once in the browser, and to Python a moment later; Python's answer brings the losses.
   An answer to something older than what is painted by now brings losses, never a mask. */

const PACE = 200; // ms between two messages of one stroke
const PAUSE = 350; // ms without a key before the link follows

class Painting {
  constructor(element) {
    this.element = element;
    this.part = (name) => element.querySelector(`[data-part=${name}]`);
    this.own = Math.random().toString(36).slice(2); // names this browser's messages
    this.count = 0;
    this.serial = null; // of the last message
    this.timer = 0;
    this.stroke = null; // a pointer is down: {touch, painted}
    this.at = 0; // the pixel the keyboard is at
    const on = (part, kind, heard) => this.part(part).addEventListener(kind, heard);
    on("mask", "pointerdown", (event) => this.down(event));
    on("mask", "pointermove", (event) => this.moved(event));
    for (const kind of ["pointerup", "pointercancel"]) on("mask", kind, (event) => this.up(event));
    on("mask", "keydown", (event) => this.pressed(event));
    on("brushes", "change", (event) => this.take(event.target.value));
    on("mask", "focusin", (event) => this.entered(event.target));
    for (const grid of ["mask", "heat"]) {
      on(grid, "pointerover", (event) => this.tell(event));
      on(grid, "pointerdown", (event) => this.tell(event));
      on(grid, "focusin", (event) => this.tell(event));
    }
  }

  receive(data) {
    const elsewhere = this.data?.turn !== data.turn; // a link, Back, another example
    if (!this.data) Object.assign(this, buildGrids(this.part("mask"), this.part("heat"), data));
    if (JSON.stringify(this.data?.classes) !== JSON.stringify(data.classes)) { // at first, and in another language
      wording(this.part);
      buildBrushes(this.part("brushes"), data.classes);
    }
    this.data = data;
    this.names = Object.fromEntries(data.classes);
    const answered = this.serial === null || data.heard === this.serial;
    const idle = !this.timer && !this.stroke;
    if (elsewhere || (answered && idle)) {
      clearTimeout(this.timer);
      this.timer = 0;
      if (elsewhere) this.stroke = null;
      this.mask = [...data.mask];
      this.brush = data.brush;
    }
    for (const input of this.part("brushes").querySelectorAll("input")) input.checked = input.value === this.brush;
    this.element.classList.toggle("waiting", !(answered && idle));
    this.draw();
    if (answered && this.saying) this.say(`${this.saying} ${data.said}`);
    if (answered) this.saying = "";
  }

  draw() {
    const { losses, levels, most, alt } = this.data;
    this.mask.forEach((letter, k) => this.drawOne(k, letter));
    this.warm.forEach((cell, k) => {
      cell.style.setProperty("--level", levels[k]);
    });
    this.part("most").textContent = most;
    this.part("heat").setAttribute("aria-label", alt);
    if (this.about !== undefined) this.light(this.about);
    this.losses = losses;
  }

  drawOne(k, letter) {
    const cell = this.cells[k];
    if (cell.dataset.letter !== letter) paintCell(cell, letter);
    cell.dataset.letter = letter;
    cell.setAttribute("aria-label", this.called(k));
    if (k === this.about) cell.classList.add("lit");
  }

  place(k) {
    const { columns } = this.data;
    return tr("row {row}, column {column}", { row: Math.floor(k / columns) + 1, column: (k % columns) + 1 });
  }

  called(k) {
    const letter = this.mask[k];
    return tr("{place}: {name}, loss {loss}", { place: this.place(k), name: this.names[letter], loss: this.data.losses[k] });
  }

  paint(k, letter) {
    if (this.mask[k] === letter) return;
    this.mask[k] = letter;
    this.element.classList.add("waiting");
    this.drawOne(k, letter);
  }

  /* By pointer. A finger may mean to scroll: it paints when it has moved sideways, or is lifted. */
  under(event) {
    const found = this.element.getRootNode().elementFromPoint(event.clientX, event.clientY)?.closest("[data-k]");
    return found && this.part("mask").contains(found) ? Number(found.dataset.k) : null;
  }

  down(event) {
    const k = this.under(event);
    if (event.button || k === null) return;
    this.stroke = { touch: event.pointerType === "touch", painted: false, from: k };
    this.part("mask").setPointerCapture(event.pointerId);
    this.go(k, { focus: !this.stroke.touch });
    event.preventDefault();
    if (!this.stroke.touch) this.streak(k);
  }

  moved(event) {
    const k = this.stroke && this.under(event);
    if (k === null || k === undefined) return;
    if (this.stroke.touch && !this.stroke.painted && k === this.stroke.from) return;
    if (this.stroke.touch && !this.stroke.painted) this.streak(this.stroke.from);
    this.streak(k);
  }

  streak(k) {
    for (const at of this.between(this.stroke.painted ? this.stroke.last : k, k)) this.paint(at, this.brush);
    this.stroke.painted = true;
    this.stroke.last = k;
    this.about = k;
    this.light(k);
    this.timer ||= setTimeout(() => this.send(false), PACE);
  }

  /** The pixels on the way from one to the other, for a pointer that moves faster than it tells. */
  between(from, to) {
    const { columns } = this.data;
    const [row, column] = [Math.floor(from / columns), from % columns];
    const [down, right] = [Math.floor(to / columns) - row, (to % columns) - column];
    const steps = Math.max(Math.abs(down), Math.abs(right), 1);
    return Array.from({ length: steps + 1 }, (_, n) =>
      (row + Math.round((down * n) / steps)) * columns + column + Math.round((right * n) / steps));
  }

  up(event) {
    const { stroke } = this;
    if (!stroke) return;
    if (event.type === "pointerup" && !stroke.painted) this.streak(stroke.from);
    const { painted } = stroke;
    this.stroke = null;
    if (!painted) return;
    this.saying = tr("Painted.");
    this.send(true);
  }

  /* By keyboard. */
  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { columns, rows } = this.data;
    const [row, column] = [Math.floor(this.at / columns), this.at % columns];
    const to = {
      ArrowRight: [row, column + 1], ArrowLeft: [row, column - 1], ArrowDown: [row + 1, column], ArrowUp: [row - 1, column],
      Home: [row, 0], End: [row, columns - 1], PageUp: [0, column], PageDown: [rows - 1, column],
    }[event.key];
    const letter = this.letterOf(event.key);
    if (!to && !letter) return;
    event.preventDefault();
    event.stopPropagation();
    if (to) this.go(Math.min(Math.max(to[0], 0), rows - 1) * columns + Math.min(Math.max(to[1], 0), columns - 1), { focus: true });
    else this.stamp(letter);
  }

  /** Whatever brought the focus to a pixel, the keys act there. */
  entered(cell) {
    if (cell.dataset.k) this.go(Number(cell.dataset.k), { focus: false });
  }

  letterOf(key) {
    if (key === " " || key === "Enter") return this.brush;
    if (key.toLowerCase() === "i") return IGNORED;
    const named = this.data.classes[Number(key)]?.[0];
    return /^\d$/.test(key) && named !== IGNORED ? named : undefined;
  }

  stamp(letter) {
    this.paint(this.at, letter);
    this.saying = tr("Painted {place}: {name}.", { place: this.place(this.at), name: this.names[letter] });
    this.say(this.saying);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(true), PAUSE);
  }

  go(k, { focus }) {
    this.cells[this.at].setAttribute("tabindex", "-1");
    this.at = k;
    this.cells[k].setAttribute("tabindex", "0");
    if (focus) this.cells[k].focus({ preventScroll: true });
    if (focus) this.cells[k].scrollIntoView({ block: "nearest" });
  }

  take(letter) {
    this.brush = letter;
    this.send(true);
  }

  /* What is said. */
  say(text) {
    this.part("live").textContent = text;
  }

  tell(event) {
    const found = event.target.closest("[data-k]");
    if (found) this.light(Number(found.dataset.k));
  }

  light(k) {
    this.about = k;
    for (const one of this.element.querySelectorAll(".lit")) one.classList.remove("lit");
    this.cells[k].classList.add("lit");
    this.warm[k].classList.add("lit");
    const text = this.called(k);
    this.part("about").textContent = text[0].toUpperCase() + text.slice(1);
  }

  send(done) {
    clearTimeout(this.timer);
    this.timer = 0;
    this.count += 1;
    this.serial = `${this.own}:${this.count}`;
    this.post({ mask: this.mask.join(""), brush: this.brush, serial: this.serial, done });
  }
}
