/* Numbers that are kept back: left out by the teacher for good, or until the person asks for them
   or says what they will be. Nothing here is sent anywhere. */

Object.assign(Ledger.prototype, {
  /** Another case is asked about anew; the same one, drawn again, is not. */
  beginVeil(payload) {
    if (payload?.id !== this.veilOf) {
      this.revealed = new Set();
      this.guesses = new Map();
      this.asking = undefined;
    }
    this.veilOf = payload?.id;
    this.walk.veiled = (key) => this.isWithheld(key) || this.isAsked(key);
    this.walk.asks = (key) => this.isAsked(key) && !this.isWithheld(key);
    this.walk.guess = (id) => (this.walk.veiled(id.split("/")[0]) ? undefined : this.guesses.get(id));
  },

  /** Whether a part is drawn at all. */
  shows(part) {
    return !this.walk.payload.hide.includes(part);
  },

  /** Whether a step's numbers are for the class to work out: those of this step and what follows. */
  isWithheld(key) {
    return !this.shows("result") && this.comes(key);
  },

  /** Whether a step's numbers wait to be asked for. */
  isAsked(key) {
    const { blank, predict, present } = this.walk.payload;
    if (this.revealed.has(key)) return false;
    return blank.includes(key) || ((predict || present) && this.comes(key));
  },

  /** Whether a step is the one looked at, or a later one. */
  comes(key) {
    const { indexOf } = this.walk;
    return indexOf.has(key) && indexOf.get(key) >= indexOf.get(this.place?.step);
  },

  reveal() {
    const { screen } = this;
    const asked = this.parts.ask.contains(this.focused());
    this.revealed.add(this.place.step);
    this.safely(() => this.draw(true));
    if (asked) (screen.querySelector("[data-part=forward]") ?? screen.querySelector(".sheet [tabindex='0']"))?.focus({ preventScroll: true });
  },

  /** What was typed: a guess that is kept and answered, or no number. No form is submitted, which
      a course page's frame may forbid. */
  compare() {
    const { field, wrong } = this.parts.ask.querySelector("form").elements;
    const number = numberTyped(field.value);
    wrong.textContent = number === undefined ? tr("Write a number, such as {example}.", { example: figure(0.7) }) : "";
    field.setAttribute("aria-invalid", number === undefined ? "true" : "false");
    if (number === undefined) field.focus();
    else this.guess(number);
  },

  guess(number) {
    this.guesses.set(this.walk.id(this.place.step, this.place.row, this.place.class), number);
    this.reveal();
  },

  yes() {
    this.guess(1);
  },

  no() {
    this.guess(0);
  },

  /** The question's field or buttons; kept while it is asked, so that what is typed stays. */
  drawAsk(step) {
    const { walk, place } = this;
    const id = walk.id(step.key, place.row, place.class);
    if (!walk.asks(step.key)) {
      this.asking = undefined;
      const said = this.guessWords(id);
      this.parts.ask.replaceChildren(...(said ? [el("p", { class: "guessed" }, said)] : []));
      return;
    }
    const now = { id, predict: walk.payload.predict, said: questionOf(walk, step, place) };
    const before = this.parts.ask.firstChild ? this.asking : undefined;
    if (before?.id === id && before.predict === now.predict && before.said === now.said) return;
    const typed = before?.id === id && this.parts.ask.querySelector("input")?.value; // in another language
    this.asking = now;
    this.parts.ask.replaceChildren(now.predict ? fieldFor(walk, step, place) : showButton(tr("Show it")));
    const field = this.parts.ask.querySelector("input");
    if (field && typed) field.value = typed;
  },

  guessWords(id) {
    const guess = this.walk.guess(id);
    if (guess === undefined) return "";
    const value = this.walk.number(id);
    if (id.startsWith("kept/")) return guess === value ? tr("You said so, too.") : tr("You said the opposite.");
    const said = { guess: figure(guess), number: figure(value), apart: figure(Math.abs(guess - value)) };
    if (said.guess === said.number) return tr("You said {guess}, and so it is.", said);
    if (!Number.isFinite(guess - value)) return tr("You said {guess}; it is {number}.", said);
    return tr("You said {guess}; it is {number}: {apart} off.", said);
  },
});

function showButton(text) {
  return el("button", { type: "button", "data-act": "reveal", "data-part": "reveal" }, text);
}

function fieldFor(walk, step, place) {
  const act = (name, text) => el("button", { type: "button", "data-act": name, "data-part": name }, text);
  const skip = act("reveal", tr("Just show it"));
  if (step.key === "kept") return el("div", { class: "form" }, act("yes", tr("It counts")), act("no", tr("It does not count")), skip);
  const field = el("input", { name: "field", type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false", maxlength: 40, "data-part": "guess", "aria-label": questionOf(walk, step, place) });
  return el(
    "form",
    { class: "form", novalidate: true },
    el("label", {}, el("span", { "aria-hidden": "true" }, tr("What will it be?")), field),
    act("compare", tr("Compare")),
    skip,
    el("output", { name: "wrong", class: "wrong", role: "alert" }),
  );
}
