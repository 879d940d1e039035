/* One exercise on the screen. What is typed is the browser's; what it is worth is Python's, whose
   answers may be older than what is typed by now: they bring verdicts and hints, never a text. */

const PINNED = { width: 700, part: 0.35 }; // pixels; of the window's height
const drafts = new Map(); // exercise -> what was typed and asked in it since the page was loaded

/** What was done in an exercise, as the browser knows it; where it does not, as Python does. */
function draftOf({ id, typed, hints }) {
  const rungs = Object.entries(hints).map(([cell, list]) => [cell, list.length]);
  if (!drafts.has(id)) drafts.set(id, { typed: { ...typed }, hints: Object.fromEntries(rungs) });
  return drafts.get(id);
}

/** What the button for hints says; the only field of a step has no name. */
function hintFor(name, shown, left) {
  if (!left) return name ? tr("All hints for {name} are shown", { name }) : tr("All hints are shown");
  if (shown) return name ? tr("Next hint for {name}", { name }) : tr("Next hint");
  return name ? tr("Hint for {name}", { name }) : tr("Hint");
}

class Sheet {
  constructor(element, tell) {
    this.element = element;
    this.tell = tell; // {work, go}: messages to Python
    this.inputs = [];
    this.listening = new AbortController();
    const listen = (kind, heard) => element.addEventListener(kind, heard, { signal: this.listening.signal });
    listen("keydown", (event) => this.pressed(event));
    listen("change", (event) => this.left(event.target));
    listen("focusin", (event) => this.entered(event.target));
    listen("input", (event) => this.edited(event.target));
    listen("click", (event) => this.clicked(event.target.closest("[data-part]")));
    this.fitting = new ResizeObserver(() => this.fit());
    this.fitting.observe(element);
  }

  destroy() {
    this.listening.abort();
    this.fitting.disconnect();
  }

  /** What Python says: another exercise, or what the typed numbers are worth. */
  receive(data) {
    const other = data.id !== this.data?.id || data.lang !== this.data.lang || data.decimal !== this.data.decimal;
    speak(data);
    this.going ||= Boolean(this.data?.guessing) && !data.guessing; // the button pressed is gone
    this.data = data;
    if (other) this.build();
    else this.adopt();
    for (const input of this.inputs) this.judge(input);
    for (const step of this.element.querySelectorAll(".step.asks")) this.help(step);
    this.speak();
    this.unveil();
    this.fit();
  }

  build() {
    const { data } = this;
    this.clear();
    this.element.replaceChildren(...walkOf(data));
    this.inputs = [...this.element.querySelectorAll("input")];
    this.draft = draftOf(data);
    this.looked = new Map(); // step -> the field that its hints are for
    this.waiting = new Set(); // fields whose verdict is still to be spoken
    for (const input of this.inputs) input.value = this.draft.typed[input.dataset.cell] ?? "";
    if (this.going) (this.inputs[0] ?? this.element.querySelector(".walk")).focus();
    this.going = false;
    if (this.isAhead()) this.send();
  }

  /** What this browser tab had typed before the page was loaded anew comes a little later. */
  adopt() {
    if (this.draft.begun) return;
    for (const input of this.inputs) input.value ||= this.draft.typed[input.dataset.cell] = this.data.typed[input.dataset.cell] ?? "";
  }

  /** Leave the old fields: a text not sent yet is kept, and what the browser says of them is not heard. */
  clear() {
    for (const { dataset, value } of this.inputs) if (value !== (this.draft.typed[dataset.cell] ?? "")) this.draft.typed[dataset.cell] = value;
    this.inputs = [];
  }

  /** Whether something was done here that Python does not know of. */
  isAhead() {
    const { draft, data } = this;
    const isNew = ([cell, text]) => this.cut(text) !== (data.typed[cell] ?? "");
    return Object.entries(draft.typed).some(isNew) || Object.entries(draft.hints).some(([cell, used]) => used > (data.hints[cell] ?? []).length);
  }

  // What a person does

  pressed(event) {
    this.passing = event.key === "Tab"; // on the way to a hint or to another step
    if (!event.target.matches("input")) return;
    event.stopPropagation(); // to the page a letter typed here is a shortcut
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    this.commit(event.target);
    if (event.ctrlKey || event.metaKey) {
      this.hint(event.target);
      return;
    }
    const next = this.inputs[this.inputs.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
    next?.focus();
    next?.select();
  }

  left(input) {
    if (this.inputs.includes(input)) this.commit(input);
  }

  entered(target) {
    if (target.matches("input") && !this.passing) this.look(target);
    this.passing = false;
  }

  look(input) {
    const step = input.closest(".step");
    this.looked.set(step, input);
    this.help(step);
  }

  edited(input) {
    this.draft.begun = true;
    this.look(input);
    this.judge(input);
    this.unveil();
  }

  clicked(button) {
    if (button?.dataset.part === "next") {
      this.going = true;
      this.tell.go(button.dataset.mode);
    }
    if (button?.dataset.part === "hint") this.hint(this.looker(button.closest(".step")));
  }

  commit(input) {
    const { cell } = input.dataset;
    const { typed } = this.draft;
    if ((typed[cell] ?? "") === input.value) return;
    typed[cell] = input.value;
    this.latest = cell;
    if (input.value.trim()) this.waiting.add(cell);
    this.send();
  }

  hint(input) {
    const { cell } = input.dataset;
    this.look(input);
    const { hints } = this.draft;
    const used = hints[cell] ?? 0;
    if (used >= this.data.rungs) return;
    hints[cell] = used + 1;
    this.asked = cell;
    this.send();
  }

  send() {
    const { typed, hints } = this.draft;
    this.tell.work({ id: this.data.id, typed: { ...typed }, hints: { ...hints } });
  }

  // What is shown

  /** The field that a step's hints are for: the one last in, if not the first that is open. */
  looker(step) {
    const inputs = this.inputs.filter((input) => step.contains(input));
    const isOpen = (input) => !["correct", "follows"].includes(this.verdict(input)?.verdict);
    const last = this.looked.get(step) ?? inputs[0];
    return isOpen(last) ? last : (inputs.find(isOpen) ?? last);
  }

  /** What Python said of a field, unless it has been changed since. */
  verdict(input) {
    const judged = this.data.judged[input.dataset.cell];
    return judged && judged.text === this.cut(input.value) ? judged : undefined;
  }

  /** A text as Python keeps it. */
  cut(text) {
    return [...text].slice(0, this.data.longest).join("");
  }

  /** What is given stays in sight if it is low enough; what can be scrolled can be reached by Tab. */
  fit() {
    const given = this.element.querySelector(".given");
    const { clientWidth: width } = this.element;
    this.element.classList.toggle("pins", width >= PINNED.width && given.offsetHeight <= PINNED.part * innerHeight);
    this.element.style.setProperty("--given", `${given.offsetHeight}px`);
    for (const box of this.element.querySelectorAll(".formula, .worked li, .hints li, .sheet")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  }

  judge(input) {
    const judged = this.verdict(input);
    const place = input.nextElementSibling;
    const text = judged ? `${judged.icon} ${judged.word}` : "";
    if (place.textContent !== text) place.textContent = text;
    input.dataset.verdict = judged?.verdict ?? "";
    if (judged?.amiss) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    this.say(input.closest(".step"));
  }

  /** What there is to say of a step's fields: of all that are not correct, and of the last one. */
  say(step) {
    const lines = [];
    for (const input of this.inputs.filter((one) => step.contains(one))) {
      const judged = this.verdict(input);
      const id = `says-${input.dataset.cell}`;
      const said = judged && (judged.verdict !== "correct" || input.dataset.cell === this.latest);
      input.setAttribute("aria-describedby", [input.nextElementSibling.id, said && id].filter(Boolean).join(" "));
      if (!said) continue;
      const { where, sentence } = judged;
      lines.push(el("li", { id, "data-verdict": judged.verdict }, el("span", { class: "where" }, where), " ", el("span", { class: "sentence" }, sentence)));
    }
    step.querySelector(".says").replaceChildren(...lines);
  }

  help(step) {
    const input = this.looker(step);
    const { cell } = input.dataset;
    const shown = this.data.hints[cell] ?? [];
    const button = step.querySelector("[data-part=hint]");
    const name = this.data.names[cell];
    const left = this.data.rungs - shown.length;
    const text = hintFor(name, shown.length, left);
    button.replaceChildren(text, el("span", { class: "spoken" }, `, ${step.dataset.title}`));
    button.setAttribute("aria-disabled", left ? "false" : "true");
    const lines = shown.map((hint) => el("li", {}, el("span", { class: "what" }, hint.title), hint.math ? mathOf(hint.math) : el("span", {}, hint.words)));
    step.querySelector(".hints").replaceChildren(...lines);
  }

  speak() {
    const said = [];
    for (const input of this.inputs) {
      const judged = this.verdict(input);
      if (!judged || !this.waiting.delete(input.dataset.cell)) continue;
      said.push(`${judged.where} ${judged.sentence}`);
    }
    const hint = this.asked && (this.data.hints[this.asked] ?? [])[this.draft.hints[this.asked] - 1];
    if (hint) {
      said.push(`${hint.title}: ${hint.words ?? tr("it stands below the table.")}`);
      this.asked = undefined;
    }
    if (!said.length) return;
    if (this.data.done) said.push(this.data.done);
    this.element.querySelector("[role=status]").textContent = said.join(" ");
  }

  /** A number that was made from an open field would give the field away, so it waits. */
  unveil() {
    let open = false;
    for (const step of this.element.querySelectorAll(".step")) {
      const cells = [...step.querySelectorAll("td.number")];
      for (const cell of cells) {
        cell.classList.toggle("veiled", open);
        const later = el("span", { class: "spoken" }, tr("shown when the fields above are filled in"));
        cell.replaceChildren(...(open ? ["…", later] : [cell.dataset.text]));
      }
      step.classList.toggle("waits", open && cells.length > 0);
      open ||= [...step.querySelectorAll("input")].some((input) => !this.holdsNumber(input));
    }
  }

  /** Whether a number stands in a field, or did when Python last looked and it is being changed. */
  holdsNumber(input) {
    const { verdict = "unreadable" } = this.data.judged[input.dataset.cell] ?? {};
    return Boolean(input.value.trim()) && verdict !== "unreadable";
  }
}
