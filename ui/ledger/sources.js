/* Which number is where, and which numbers made it. A number has one name wherever it is drawn,
   "key/row/class", with the parts it does not have left empty: "probs/0/1", "losses/2/", "weight//1".

   @typedef {{step: string, row: number, class: number, term: number}} Place
   term: how many terms of a sum are added so far; 0 is all of them. */

const UNKNOWN = "?";

/** What the payload tells, by name; throws where it does not fit together. */
class Walk {
  constructor(payload) {
    fits(payload);
    this.payload = { hide: [], blank: [], ...payload };
    this.steps = payload.steps;
    this.rows = payload.rows.map(({ row }) => row);
    this.classes = payload.classes.map((one) => one.class);
    this.rowAt = new Map(this.rows.map((row, k) => [row, k]));
    this.classAt = new Map(this.classes.map((one, k) => [one, k]));
    this.indexOf = new Map(this.steps.map(({ key }, k) => [key, k]));
    this.moreRows = payload.case.rows - this.rows.length;
    this.moreClasses = payload.case.classes - this.classes.length;
    const denominator = this.step("denominator");
    // what a ledger keeps back, which of that it asks for, and what a person guessed
    this.veiled = () => false;
    this.asks = () => false;
    this.guess = () => undefined;
    this.divisor = denominator && (denominator.left + denominator.symbols.join("")).includes(">N<") ? "N" : "W";
  }

  step(key) {
    return this.steps[this.indexOf.get(key)];
  }

  axes(key) {
    return this.payload.values[key].axes;
  }

  id(key, row, one) {
    const axes = this.axes(key);
    const hasRow = axes === "cell" || axes === "row";
    const hasClass = axes === "cell" || axes === "class";
    return `${key}/${hasRow ? row : ""}/${hasClass ? one : ""}`;
  }

  /** Where a name points; the row and the class of `place` for the parts it does not have. */
  whereIs(id, place) {
    const [key, row, one] = id.split("/");
    return {
      ...place,
      key,
      row: row === "" ? place.row : Number(row),
      class: one === "" ? place.class : Number(one),
    };
  }

  /** The number of that name, ours or torch's; undefined where it was left out of the payload. */
  number(id, arrays = this.payload.values) {
    const [key, row, one] = id.split("/");
    let value = arrays?.[key]?.data;
    if (row !== "") value = value?.[this.rowAt.get(Number(row))];
    if (one !== "") value = value?.[this.classAt.get(Number(one))];
    return value === undefined || value === null ? undefined : numberOf(value);
  }

  /** The number of that name as it is drawn: "?" while it is kept back. */
  shown(id) {
    if (this.veiled(id.split("/")[0])) return UNKNOWN;
    const value = this.number(id);
    return value === undefined ? "…" : figure(value);
  }

  /** Numbers for a column, the points under each other. */
  shownColumn(ids) {
    const texts = column(ids.map((id) => this.number(id)));
    return ids.map((id, k) => (this.veiled(id.split("/")[0]) ? UNKNOWN : texts[k]));
  }

  row(row) {
    return this.payload.rows[this.rowAt.get(row)];
  }

  rowName(row) {
    return tr("row {row}", { row: this.row(row)?.label ?? row });
  }

  className(one) {
    const target = () => this.payload.rows.find((row) => row.target === one)?.name;
    return this.payload.classes[this.classAt.get(one)]?.name ?? target() ?? String(one);
  }

  title(key) {
    return this.payload.titles[key] ?? key;
  }

  concept(key) {
    return this.payload.concepts[key] ?? "none";
  }

  /** The numbers of one input that a step reads for its number at a place. */
  read(name, takes, place) {
    const { target, ignored } = this.row(place.row) ?? {};
    if (takes.startsWith("target") && ignored) return [];
    const asked = target ?? place.class;
    const every = (list, make) => list.map(make);
    switch (takes) {
      case "rows":
        if (this.axes(name) === "cell") return this.rows.flatMap((row) => this.read(name, "row cells", { ...place, row }));
        return every(this.rows, (row) => this.id(name, row, place.class));
      case "classes":
      case "row cells":
        return every(this.classes, (one) => this.id(name, place.row, one));
      case "target class":
      case "target cell":
        return [this.id(name, place.row, asked)];
      default:
        return [this.id(name, place.row, place.class)];
    }
  }

  /** The names of all numbers that made the one of this name; none for an input. */
  sources(id, place) {
    const at = this.whereIs(id, place);
    const reads = this.step(at.key)?.reads ?? [];
    return reads.flatMap(({ name, takes }) => this.read(name, takes, at));
  }

  /** The terms of a list or a sum over `field` in a step's numbers. */
  terms(step, field, place) {
    return this.read(field, step.axes === "one" ? "rows" : "row cells", place);
  }

  /** The field that a step sums term by term; undefined if it sums none, or not all are here. */
  summed(step) {
    const found = /data-key="(\w+)" data-many="\+"/.exec(step.numbers.join(""));
    const folded = step.axes === "one" ? this.moreRows : this.moreClasses;
    return found && !folded ? found[1] : undefined;
  }

  /** The terms of the sum that are added at a place, and all of them; none where none is built. */
  building(place) {
    const step = this.step(place.step);
    const all = place.term ? this.terms(step, this.summed(step), place) : [];
    return { added: all.slice(0, place.term), all };
  }

  /** Whether a step is best seen in one sample, a row per class. */
  ofOneSample(step) {
    return step.axes === "cell" || (step.axes === "row" && step.reads.some(({ takes }) => takes === "row cells"));
  }

  /** The place, with what does not exist replaced by what does. */
  placed({ step, row, class: one, term }) {
    const key = this.indexOf.has(step) ? step : this.steps[0].key;
    const there = this.rowAt.has(row) ? row : this.rows[0];
    const field = this.summed(this.step(key));
    const place = { step: key, row: there, class: this.classAt.has(one) ? one : this.asked(there), term: 0 };
    const most = field ? this.terms(this.step(key), field, place).length : 0;
    if (Number.isInteger(term) && term > 0 && term < most) place.term = term;
    return place;
  }

  /** The class to look at first in a row: its target, if that is drawn. */
  asked(row) {
    const target = this.row(row)?.target;
    return this.classAt.has(target) ? target : this.classes[0];
  }
}

function fits(payload) {
  const wrong = (what) => {
    throw new Error(what);
  };
  for (const key of ["case", "rows", "classes", "values", "steps", "titles", "concepts", "view"])
    if (!payload?.[key]) wrong(tr("it has no {part}.", { part: key }));
  const { rows, classes, values, steps } = payload;
  if (!rows.length || !classes.length || !steps.length) wrong(tr("it has no row, no class or no step."));
  for (const step of steps) {
    for (const key of [step.key, ...step.reads.map(({ name }) => name)])
      if (!values[key]) wrong(tr("the numbers of {part} are missing.", { part: key }));
    if (step.symbols.length !== step.numbers.length) wrong(tr("the formula of {part} has unequal lines.", { part: step.key }));
  }
  for (const [key, { axes, data }] of Object.entries(values)) {
    const length = { cell: rows.length, row: rows.length, class: classes.length }[axes];
    if (length !== undefined && data?.length !== length) wrong(tr("{part} has {count} parts, not {wanted}.", { part: key, count: data?.length, wanted: length }));
    if (axes === "cell" && data.some((row) => row.length !== classes.length)) wrong(tr("a row of {part} is too short or too long.", { part: key }));
  }
}
