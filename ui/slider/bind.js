/* The slider's wiring: what is dragged or typed goes to Python, and what Python says comes back,
   unless it is an answer to something older than what the person has done since. */

const PACE = 80; // ms between two messages while dragging
const SLOWEST = 600; // ms, however slowly the page answers
const PLACES = 480; // on a slider over powers of ten; even, so that zero is one of them
const PAUSE = 300; // ms without a key before the link follows

class Slide {
  constructor(element) {
    this.part = (name) => element.querySelector(`[data-part=${name}]`);
    this.sent = 0; // number of the last message
    this.at = 0; // when it was sent
    this.pace = PACE;
    this.held = false; // a pointer is down on the slider
    this.timer = 0;
    this.rest = 0;
    const range = this.part("range");
    const field = this.part("field");
    range.addEventListener("pointerdown", () => { this.held = true; });
    for (const end of ["pointerup", "pointercancel", "blur"]) range.addEventListener(end, () => this.released());
    range.addEventListener("input", () => this.moved());
    range.addEventListener("change", () => this.changed());
    field.addEventListener("change", () => this.typed());
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") this.typed(); });
  }

  receive(data) {
    const elsewhere = this.data?.turn !== data.turn; // a link, Back, another example
    const waiting = this.held || this.timer || this.rest || data.n < this.sent;
    if (!elsewhere && data.n === this.sent && this.at) this.pace = Math.min(Math.max(PACE, 1.5 * this.trip()), SLOWEST);
    this.data = data;
    this.part("label").textContent = data.label;
    this.part("help").textContent = data.help;
    const range = this.part("range");
    const [low, high] = [placeOf(data.low, data), placeOf(data.high, data)];
    const step = data.powers ? (high - low) / PLACES : data.step;
    for (const [name, value] of Object.entries({ min: low, max: high, step })) range.setAttribute(name, value);
    const field = this.part("field");
    field.setAttribute("aria-label", tr("{label}, as a number", { label: data.label }));
    field.inputMode = data.low < 0 ? "text" : data.whole ? "numeric" : "decimal";
    const below = data.help ? "help" : null;
    for (const input of [range, field]) below ? input.setAttribute("aria-describedby", below) : input.removeAttribute("aria-describedby");
    if (elsewhere) {
      this.stop();
      this.sent = Math.max(this.sent, data.n);
      this.held = false;
    } else if (waiting) return this.fault(this.part("fault").textContent);
    const moved = this.value !== data.value || this.decimal !== DECIMAL;
    this.decimal = DECIMAL;
    this.value = this.linked = data.value; // whatever was sent is answered
    range.value = String(placeOf(data.value, data));
    this.say(data.shown);
    const typed = field.getAttribute("aria-invalid") === "true" || document.activeElement?.shadowRoot?.activeElement === field;
    if (elsewhere || moved || !typed) this.write();
    return this.fault(elsewhere || moved ? "" : this.part("fault").textContent);
  }

  trip() {
    const taken = performance.now() - this.at;
    this.at = 0;
    return taken;
  }

  /** The value in words, where the field's number does not say it already. */
  say(shown) {
    const same = shown === textOf(this.value);
    this.part("shown").textContent = same ? "" : shown;
    this.part("range").setAttribute("aria-valuetext", shown);
    this.part("paper").textContent = `${this.data.label}: ${shown}`;
  }

  write() {
    const field = this.part("field");
    if (numberOf(field.value) !== this.value || this.written !== DECIMAL) field.value = textOf(this.value);
    this.written = DECIMAL;
  }

  fault(text) {
    const field = this.part("field");
    if (this.part("fault").textContent !== text) this.part("fault").textContent = text;
    if (!text) return field.removeAttribute("aria-invalid");
    field.setAttribute("aria-invalid", "true");
    return field.setAttribute("aria-describedby", "fault");
  }

  /** The slider moved, by pointer or key: at once on the screen, and to Python at its pace. */
  moved() {
    this.value = numberAt(Number(this.part("range").value), this.data);
    this.part("field").value = textOf(this.value);
    this.say(textOf(this.value));
    this.fault("");
    if (this.timer) return;
    const wait = this.last + this.pace - performance.now();
    if (wait > 0) this.timer = setTimeout(() => this.send(false), wait);
    else this.send(false);
  }

  /** A move has ended: with the pointer at once, with keys after a pause. */
  changed() {
    if (this.held) return this.released();
    if (this.value === this.linked) return undefined; // let go already: a second message could undo Back
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.send(true), PAUSE);
    return undefined;
  }

  released() {
    const dragged = this.held || this.rest || this.timer;
    this.held = false;
    if (dragged && this.value !== this.linked) this.send(true);
  }

  typed() {
    const field = this.part("field");
    const fault = faultOf(field.value, this.data);
    this.fault(fault);
    if (fault) return;
    const value = numberOf(field.value);
    if (value === this.value && value === this.linked) return;
    this.value = value;
    this.part("range").value = String(placeOf(value, this.data));
    this.say(textOf(value));
    this.send(true);
  }

  send(final) {
    clearTimeout(this.timer);
    this.timer = 0;
    if (final) this.stop(); // a live one leaves the final one to come
    this.sent += 1;
    this.at = this.last = performance.now();
    if (final) this.linked = this.value;
    this.tell({ value: this.value, n: this.sent, final });
  }

  stop() {
    clearTimeout(this.timer);
    clearTimeout(this.rest);
    this.timer = this.rest = 0;
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const element = parentElement.querySelector(".slide");
  const slide = (element.wceSlide ??= new Slide(element));
  speak(data);
  slide.tell = (sent) => setStateValue("sent", sent);
  slide.receive(data);
  return () => {
    if (!element.isConnected) slide.stop();
  };
}
