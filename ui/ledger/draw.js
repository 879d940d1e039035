/* The ledger: it draws a walk at a place, and steps, looks and adds terms without any server.
   It knows nothing of the page around it. */

const LINGER = 500; // ms: time enough to go from a number to its card

class Ledger {
  /**
   * @param {HTMLElement} element an empty element, with the class wce-ledger
   * @param {object} payload see ui/ledger/payload.py
   * @param {{onPlace?: (place: Place) => void, onDrawn?: () => void}} hooks
   */
  constructor(element, payload, hooks = {}) {
    this.element = element;
    this.hooks = hooks;
    this.alive = new AbortController();
    this.listen();
    this.update(payload);
  }

  /** Draw another payload, at the place it asks for, or at the one given. */
  update(payload, place = payload?.view) {
    this.safely(() => {
      speak(payload ?? {});
      this.walk = new Walk(payload);
      this.beginVeil(payload);
      if (this.place?.step !== place?.step) this.choice = undefined;
      this.place = this.walk.placed(place);
      // numbers that come later, torch's for one, take neither the card nor the focus away
      if (this.pinned && !(this.pinned.split("/")[0] in payload.values && this.walk.number(this.pinned) !== undefined))
        this.pinned = undefined;
      const cell = this.focused()?.dataset.ref;
      this.frame();
      this.draw();
      const again = cell && this.cell(cell);
      if (again) this.focusCell(again);
      this.hooks.onDrawn?.();
    });
  }

  /** Go to another place; what is not said stays. */
  go(change) {
    if (!this.place) return;
    this.safely(() => {
      const { step, row, class: one } = this.place;
      const followed = change.row !== undefined && change.class === undefined && this.walk.row(row).target === one;
      const wanted = { ...this.place, ...change };
      if (followed) wanted.class = this.walk.asked(wanted.row);
      if (change.term === undefined) wanted.term = 0;
      this.place = this.walk.placed(wanted);
      this.pinned = undefined;
      if (this.place.step !== step) this.choice = undefined;
      this.draw(this.place.step !== step);
      this.hooks.onPlace?.({ ...this.place });
    });
  }

  destroy() {
    this.alive.abort();
    clearTimeout(this.lingering);
    clearTimeout(this.fitting);
    this.element.replaceChildren();
  }

  /* What goes wrong is said in the ledger's place; a blank would say nothing. */
  safely(act) {
    try {
      act();
    } catch (error) {
      this.place = undefined;
      this.element.replaceChildren(el("p", { class: "impossible", role: "alert" }, tr("This walk cannot be drawn: {reason}", { reason: error.message })));
      this.hooks.onDrawn?.();
    }
  }

  /** The parts that stay while stepping, so that the focus stays too. */
  frame() {
    const { walk } = this;
    const { framed, present } = walk.payload;
    const shown = (part, ...made) => (this.shows(part) ? made : []);
    const focused = this.focused()?.dataset.part;
    const button = (part, text) => el("button", { type: "button", "data-part": part, "data-act": part }, text);
    this.list = el("select", { "data-part": "list", "data-pick": "step" });
    walk.steps.forEach(({ key, title }, k) => this.list.append(el("option", { value: key }, `${k + 1}. ${title}`)));
    this.count = el("span", { class: "what" });
    this.picker = pickerOf(walk);
    this.views = el("div", { class: "views", role: "group", "aria-label": tr("Show") }, button("sample", tr("This row")), button("batch", tr("Whole batch")));
    const asked = this.parts?.ask.firstChild;
    this.parts = {};
    for (const [name, tag] of [["positions", "div"], ["formula", "div"], ["adding", "div"], ["ask", "div"], ["title", "p"], ["sheet", "div"], ["also", "p"], ["picture", "div"], ["card", "div"], ["sentence", "p"], ["why", "p"]])
      this.parts[name] = el(tag, { class: name });
    this.parts.sentence.setAttribute("role", "status");
    this.parts.ask.setAttribute("aria-live", "polite");
    if (asked) this.parts.ask.append(asked); // with what is typed in it
    this.parts.card.id = "wce-card";
    this.described = el("span", { class: "spoken", id: "wce-described" });
    const { positions, formula, adding, ask, title, sheet, also, picture, card, sentence, why } = this.parts;
    const stepper = el("div", { class: "stepper", role: "group", "aria-label": tr("Steps") }, button("back", tr("Back")), el("label", { class: "list" }, this.count, this.list), button("forward", tr("Next")));
    this.dots = walk.steps.map(() => el("span"));
    const progress = el("div", { class: "progress", "aria-hidden": "true" }, ...this.dots);
    const looks = el("div", { class: "looks" }, this.picker, positions, this.shows("table") || this.shows("picture") ? this.views : undefined);
    this.keys = keysOf(walk.payload);
    const { blank, predict } = walk.payload;
    const speaks = this.shows("sentence") || this.shows("why") || blank.length || predict || present;
    this.paper = el("section", { class: "paper", "aria-hidden": "true" });
    this.screen = el(
      "div",
      { class: "screen" },
      el("div", { class: "bar" }, ...(this.shows("stepping") ? [stepper, progress] : [title]), looks),
      ...shown("formula", el("div", { class: speaks ? "formulas" : "formulas alone" }, formula, adding)),
      el("div", { class: this.shows("formula") ? "say" : "say alone" }, ...shown("sentence", sentence), ask, ...shown("why", why)),
      el("div", { class: this.shows("table") ? "beside" : "beside one" }, ...shown("table", el("div", { class: "left" }, sheet, also)), el("div", { class: "right" }, ...shown("picture", picture), card)),
      helpOf(this.keys),
      this.described,
    );
    this.element.replaceChildren(this.screen, this.paper);
    this.element.classList.toggle("fitted", Boolean(framed || present));
    this.element.classList.toggle("framed", Boolean(framed));
    this.element.classList.toggle("present", Boolean(present));
    this.fit();
    clearTimeout(this.fitting);
    this.fitting = setTimeout(() => this.fit(), LINGER); // when what stands above has come
    this.paperOf = undefined;
    this.element.querySelector(`[data-part="${focused}"]`)?.focus({ preventScroll: true });
  }

  /** Where a fitted ledger begins on its page, from which it fills the rest of the window. */
  fit() {
    if (!this.element.matches(".fitted") || !this.element.isConnected) return;
    let top = this.element.getBoundingClientRect().top + scrollY;
    for (let one = this.element.parentNode; one; one = one.parentNode ?? one.host) top += one.scrollTop ?? 0;
    this.element.style.setProperty("--above", `${Math.round(top)}px`);
  }

  /** Everything that depends on the place. */
  draw(stepped = false) {
    const { walk, parts } = this;
    const step = walk.step(this.place.step);
    const place = this.drawn();
    const index = walk.indexOf.get(place.step);
    const view = this.view();
    this.element.classList.toggle("stepped", stepped);
    this.count.textContent = tr("Step {number} of {count}", { number: index + 1, count: walk.steps.length });
    this.list.value = place.step;
    this.picker.querySelector("select").value = place.row;
    this.state("back", "aria-disabled", index === 0);
    this.state("forward", "aria-disabled", index === walk.steps.length - 1 && !(walk.payload.present && walk.asks(step.key)));
    this.state("sample", "aria-pressed", view === "sample");
    this.state("batch", "aria-pressed", view === "batch");
    this.dots.forEach((dot, k) => dot.classList.toggle("done", k <= index));
    parts.positions.replaceChildren(...[positionsOf(walk, place)].filter(Boolean));
    parts.formula.replaceChildren(equationOf(walk, step, place));
    this.drawAdding(step);
    this.drawTable(view);
    const words = sentenceOf(walk, step, place);
    parts.title.textContent = step.title;
    const told = this.shows("sentence") ? words : questionOf(walk, step, place);
    parts.picture.replaceChildren(...[barsOf(walk, place, view, told)].filter(Boolean));
    this.drawSentence(step, words);
    this.drawAsk(step);
    parts.why.textContent = step.why;
    this.drawAlso(step);
    this.look();
    this.scrollTable(); // last: it makes the browser lay everything out
  }

  drawSentence(step, words) {
    const { sentence } = this.parts;
    // said again only if it changed: a live region speaks whatever is put in
    const now = JSON.stringify(this.place);
    if (sentence.textContent === words && this.saidOf === now && sentence.firstChild) return;
    this.saidOf = now;
    sentence.replaceChildren(
      ...wordsOf(this.walk, step, this.drawn()).map(({ text, id, named }) => {
        if (id) return el("span", { class: `number c-${this.walk.concept(id.split("/")[0])}`, "data-id": id }, text);
        return named ? el("b", {}, text) : document.createTextNode(text);
      }),
    );
  }

  drawTable(view) {
    const { sheet } = this.parts;
    const focused = sheet.contains(this.focused()) ? this.focused().dataset.ref : undefined;
    const table = tableOf(this.walk, this.drawn(), view);
    sheet.replaceChildren(table);
    // the head is of two, and sources may stand below; only before a room, as each change has the browser style all of it anew
    if (this.walk.payload.present) this.element.style.setProperty("--lines", table.rows.length + 2);
    const made = this.walk.id(this.place.step, this.place.row, this.place.class);
    const start = this.cell(focused) ?? this.cell(made) ?? this.cells()[0];
    if (start) start.tabIndex = 0;
    if (focused) start?.focus({ preventScroll: true });
  }

  /* Show the current column, and no number cut in two by the names, which stay at the left. */
  scrollTable() {
    const { sheet } = this.parts;
    const table = sheet.firstElementChild;
    const now = table.querySelector(".now");
    const wanted = now ? now.offsetLeft + now.offsetWidth - sheet.clientWidth : 0;
    if (wanted > 0) {
      const [corner, ...heads] = table.tHead.rows[0].cells;
      const edges = heads.map((head) => head.offsetLeft - corner.offsetWidth);
      const edge = edges.find((left) => left >= wanted) ?? wanted;
      const room = sheet.scrollWidth - sheet.clientWidth;
      if (edge > room) table.style.marginInlineEnd = `${edge - room}px`;
      sheet.scrollLeft = edge;
    }
    sheet.classList.toggle("scrolled", wanted > 0);
    const looked = table.querySelector(".looked");
    if (looked && sheet.scrollHeight > sheet.clientHeight) sheet.scrollTop = looked.offsetTop - sheet.clientHeight / 2;
  }

  /** Sources of the step that the table does not show. */
  drawAlso(step) {
    const drawn = new Set([...this.parts.sheet.querySelectorAll("[data-id]")].map((cell) => cell.dataset.id));
    const made = this.walk.id(step.key, this.place.row, this.place.class);
    const hidden = [made, ...this.walk.sources(made, this.place)].filter((id) => !drawn.has(id) && this.walk.number(id) !== undefined);
    const few = [...new Map(hidden.map((id) => [id.split("/")[0], id])).values()];
    // of the class weights all, so that one sees which was picked
    const all = few.flatMap((id) => (id.startsWith("weight/") ? this.walk.classes.map((one) => this.walk.id("weight", this.place.row, one)) : [id]));
    const shown = all.map((id) => {
      const key = id.split("/")[0];
      const of = key === "weight" ? ` ${this.walk.className(this.walk.whereIs(id, this.place).class)}` : "";
      return el("button", { type: "button", class: `number c-${this.walk.concept(key)}`, "data-id": id, "data-part": id }, letter(this.walk, key), `${of} = ${this.walk.shown(id)}`);
    });
    this.parts.also.replaceChildren(...(shown.length ? [tr("Also here: "), ...shown] : []));
  }

  drawAdding(step) {
    const { adding } = this.parts;
    const field = this.walk.summed(step);
    const count = field ? this.walk.terms(step, field, this.place).length : 0;
    const focused = adding.contains(this.focused());
    const button = (act, text) => el("button", { type: "button", "data-act": act }, text);
    if (count < 2 || this.walk.veiled(step.key) || this.walk.veiled(field)) adding.replaceChildren();
    else if (!this.place.term) adding.replaceChildren(button("build", tr("Build the sum term by term")));
    else adding.replaceChildren(button("add", tr("Add a term")), button("all", tr("All")), el("span", { class: "what" }, tr("{number} of {count} terms", { number: this.place.term, count })));
    if (focused) adding.querySelector("button")?.focus({ preventScroll: true });
  }

  /** The place as it is drawn: a sum that is kept back is not built either. */
  drawn() {
    return this.walk.veiled(this.place.step) ? { ...this.place, term: 0 } : this.place;
  }

  state(part, name, on) {
    this.screen.querySelector(`[data-part="${part}"]`)?.setAttribute(name, on ? "true" : "false");
  }

  view() {
    return this.choice ?? (this.walk.ofOneSample(this.walk.step(this.place.step)) ? "sample" : "batch");
  }
}
