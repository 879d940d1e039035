/* Looking at a number: its twins light up, its sources are outlined, its card is drawn; and what
   keys and pointers do. */

Object.assign(Ledger.prototype, {
  /** Look at the number of that name; at what the step made, if none is said. */
  look(id) {
    const { walk, place } = this;
    const made = walk.id(place.step, place.row, place.class);
    const seen = id ?? this.pinned ?? made;
    const { added } = walk.building(place);
    const partly = place.term && seen === made && !walk.veiled(place.step);
    const sources = new Set(partly ? added : walk.sources(seen, place));
    for (const one of this.screen.querySelectorAll("[data-id]")) {
      const name = one.dataset.id;
      one.classList.toggle("made", name === made);
      one.classList.toggle("lit", name === seen && seen !== made);
      one.classList.toggle("source", sources.has(name));
    }
    this.seen = seen;
    this.parts.card.classList.toggle("pinned", seen === this.pinned);
    this.parts.card.replaceChildren(cardOf(walk, partly ? added.at(-1) : seen, place));
    this.described.textContent = !this.shows("sentence") ? "" : partly ? sentenceOf(walk, walk.step(place.step), place) : cardWords(walk, seen, place);
  },

  /** A tap keeps a number's card, and a second tap lets it go. */
  pin(id) {
    this.pinned = this.pinned === id ? undefined : id;
    this.look(this.pinned);
  },

  letGo() {
    this.pinned = undefined;
    this.look();
  },

  forward() {
    if (this.walk.payload.present && this.walk.asks(this.place.step)) return this.reveal();
    if (this.shows("stepping")) this.go({ step: this.walk.steps[this.walk.indexOf.get(this.place.step) + 1]?.key ?? this.place.step });
  },

  back() {
    if (this.shows("stepping")) this.go({ step: this.walk.steps[this.walk.indexOf.get(this.place.step) - 1]?.key ?? this.place.step });
  },

  build() {
    this.go({ term: 1 });
  },

  add() {
    this.go({ term: this.place.term + 1 }); // one past the last is no term count: all of them
  },

  all() {
    this.go({ term: 0 });
  },

  sample() {
    this.show("sample");
  },

  batch() {
    this.show("batch");
  },

  show(view) {
    this.choice = view;
    this.safely(() => this.draw());
  },

  // The table's cells

  focused() {
    const active = this.element.getRootNode().activeElement;
    return this.element.contains(active) ? active : undefined;
  },

  cells() {
    return [...this.parts.sheet.querySelectorAll("[data-ref]")];
  },

  cell(ref) {
    return this.cells().find((cell) => cell.dataset.ref === ref);
  },

  /** Go over the cells; empty ones are passed by. */
  move([down, right], from) {
    const lines = [...from.closest("table").rows].map((line) => [...line.cells]);
    const r = lines.findIndex((line) => line.includes(from));
    const c = lines[r].indexOf(from);
    const found = lines.flatMap((line, y) => line.map((cell, x) => ({ cell, y, x }))).filter(({ cell }) => cell.dataset.ref);
    const along = found.filter(({ y, x }) => {
      if (!Number.isFinite(down)) return true;
      return down ? x === c && (y - r) * down > 0 : y === r && (x - c) * right > 0;
    });
    const far = !Number.isFinite(down) || !Number.isFinite(right);
    const forwards = (down || right) > 0;
    const next = forwards === far ? along.at(-1) : along[0];
    if (next) this.focusCell(next.cell);
  },

  focusCell(cell) {
    this.cells().forEach((other) => (other.tabIndex = -1));
    cell.tabIndex = 0;
    cell.focus();
  },

  /** What Enter, a click or a tap does on a cell, a head, a bar, a letter or a number. */
  choose(_, target) {
    const { ref, id } = target.dataset;
    const [kind, which] = (ref ?? "").split("/");
    if (kind === "row") this.go({ row: Number(which) });
    else if (kind === "class") this.go({ class: Number(which) });
    else if (kind === "step") this.shows("stepping") && this.walk.indexOf.has(which) && this.go({ step: which });
    else if (id?.startsWith(`${this.place.step}/`) && id !== this.walk.id(this.place.step, this.place.row, this.place.class)) {
      const { row, class: one } = this.walk.whereIs(id, this.place);
      this.go({ row, class: one, term: this.place.term });
    } else if (id) this.pin(id);
  },

  listen() {
    const on = (where, kind, act) => where.addEventListener(kind, act, { signal: this.alive.signal });
    const numberAt = (event) => event.target.closest?.("[data-id]");
    on(this.element, "click", (event) => this.clicked(event));
    on(this.element, "change", ({ target }) => {
      if (target.dataset.pick === "step") this.go({ step: target.value });
      if (target.dataset.pick === "row") this.go({ row: Number(target.value) });
      if (this.walk.payload.present && target.dataset.pick) target.blur(); // a clicker's keys would choose in it
    });
    on(this.element, "pointerover", (event) => {
      if (event.pointerType === "touch" || !this.place) return;
      const number = numberAt(event);
      clearTimeout(this.lingering);
      if (number) this.look(number.dataset.id);
      else if (!event.target.closest(".card")) this.linger();
    });
    on(this.element, "pointerleave", () => this.linger());
    on(this.element, "focusin", (event) => {
      const number = numberAt(event);
      if (!number || !this.place) return;
      this.look(number.dataset.id);
      this.described.isConnected && number.setAttribute("aria-describedby", this.described.id);
    });
    on(this.element, "keydown", (event) => this.pressed(event));
    on(document, "keydown", (event) => {
      if (this.element.isConnected && !event.composedPath().includes(this.element)) this.pressed(event);
    });
    on(window, "resize", () => this.fit());
    const sized = new ResizeObserver(() => this.fit()); // by another size of letters, for one
    sized.observe(this.element);
    this.alive.signal.addEventListener("abort", () => sized.disconnect());
    on(window, "beforeprint", () => this.print());
    on(matchMedia("print"), "change", () => this.print());
  },

  linger() {
    clearTimeout(this.lingering);
    this.lingering = setTimeout(() => {
      const focused = this.focused()?.dataset.id;
      if (this.place) this.look(focused);
    }, LINGER);
  },

  clicked(event) {
    if (!this.place) return;
    const act = event.target.closest("[data-act]");
    const square = event.target.closest("[data-go-row]");
    const chosen = event.target.closest("[data-ref], [data-id]");
    if (act) act.getAttribute("aria-disabled") !== "true" && this[act.dataset.act]();
    else if (square) this.go({ row: Number(square.dataset.goRow) });
    else if (chosen) {
      if (chosen.matches("[data-ref]")) this.focusCell(chosen);
      this.choose(undefined, chosen);
    }
  },

  pressed(event) {
    if (!this.place) return;
    const [from] = event.composedPath();
    if (event.key === "Enter" && from instanceof Element && from.matches(".ask input")) {
      event.preventDefault(); // it would submit the form
      if (!event.isComposing) this.compare();
      return;
    }
    const cell = from instanceof Element ? from.closest("[data-ref]") : null;
    const key = keyOf(event, Boolean(cell), this.keys);
    if (!key || (!cell && !isFree(event))) return;
    event.preventDefault();
    this[key.act](key.by, cell);
  },
});
