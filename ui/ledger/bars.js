/* The current column as bars on an axis that keeps its range, and sums as bars that are stacked. */

const MOST_BARS = 12;
// what shares one axis, so that no bar changes its scale from one step to the next
const ONE_AXIS = [
  ["logits", "row_max", "shifted"],
  ["exps", "probs", "target_dist", "share", "kept"],
  ["log_probs", "target_log_prob"],
  ["nll", "weighted_terms", "losses"],
  ["weight", "sample_weight"],
];

/** The picture of the place's step, with the sentence as its text; a guess is marked in it. */
function barsOf(walk, place, view, text) {
  const picture = el("div", { class: "bars", role: "img", "aria-label": text });
  const drawn = drawnInto(picture, walk, place, view);
  if (drawn) guessedInto(drawn, walk, walk.id(place.step, place.row, place.class));
  return drawn;
}

function drawnInto(picture, walk, place, view) {
  const step = walk.step(place.step);
  const summed = walk.summed(step);
  if (summed) return stackedInto(picture, walk, place, [[place.step, summed]]);
  const sums = step.axes === "one" ? ["sum_loss", "denominator"].filter((key) => walk.step(key) && walk.summed(walk.step(key))) : [];
  if (step.key === "mean_loss" && sums.length) return stackedInto(picture, walk, place, sums.map((key) => [key, walk.summed(walk.step(key))]));
  const { key, ids, labels } = shownIn(walk, place, view, step);
  if (!ids.length) return undefined;
  const values = ids.map((id) => walk.number(id));
  const texts = walk.shownColumn(ids);
  const [low, high] = rangeOf(walk, key);
  const hidden = walk.veiled(key);
  const at = (value) => (100 * (Math.max(low, Math.min(high, value)) - low)) / (high - low || 1);
  picture.append(captionOf(walk, key));
  const list = el("div", { class: key === "gradient" ? "list hatched" : "list", style: `--zero:${at(0)}%` });
  const looked = ids.indexOf(walk.id(key, place.row, place.class));
  const first = Math.max(0, Math.min(looked - MOST_BARS + 1, ids.length - MOST_BARS));
  ids.slice(first, first + MOST_BARS).forEach((id, k) => {
    const value = values[first + k];
    const none = hidden || Number.isNaN(value);
    const fill = none ? undefined : fillOf(at, value);
    list.append(
      el(
        "div",
        { class: `one c-${walk.concept(key)}${first + k === looked ? " looked" : ""}`, "data-id": id },
        el("span", { class: "label" }, labels[first + k]),
        el("span", { class: "track" }, fill, guessMark(walk.guess(id), at)),
        el("span", { class: "value" }, texts[first + k]),
      ),
    );
  });
  picture.append(list);
  const all = ids.length + (view === "sample" ? walk.moreClasses : walk.moreRows);
  if (all > MOST_BARS) picture.append(el("p", { class: "fold" }, tr("+ {count} more", { count: all - Math.min(MOST_BARS, ids.length) })));
  return picture;
}

/* A step with one number a row is drawn with all its rows; in one sample, what it was made of is. */
function shownIn(walk, place, view, step) {
  const byClass = (key) => ({ key, ids: walk.classes.map((one) => walk.id(key, place.row, one)), labels: walk.classes.map((one) => walk.className(one)) });
  const byRow = (key) => ({ key, ids: walk.rows.map((row) => walk.id(key, row, place.class)), labels: walk.rows.map((row) => walk.row(row).label) });
  if (step.axes === "cell") return byClass(step.key);
  const cells = step.reads.find(({ name }) => walk.axes(name) === "cell");
  if (step.axes === "row") return view === "sample" && cells ? byClass(cells.name) : byRow(step.key);
  return walk.step("losses") ? byRow("losses") : { key: step.key, ids: [], labels: [] };
}

function captionOf(walk, key) {
  return el("p", { class: `caption c-${walk.concept(key)}` }, mark(walk.concept(key)), letter(walk, key), el("span", { class: "title" }, walk.title(key)));
}

function rangeOf(walk, key) {
  const group = ONE_AXIS.find((keys) => keys.includes(key)) ?? [key];
  const numbers = group.flatMap((name) => [walk.payload.values[name]?.data ?? []].flat(2)).map(numberOf).filter(Number.isFinite);
  const top = group.includes("probs") ? 1 : 0;
  const low = Math.min(0, ...numbers);
  const high = Math.max(top, ...numbers);
  return low === high ? [0, 1] : [low, high];
}

/** One bar for each sum, cut into its terms; those not added yet are dotted. */
function stackedInto(picture, walk, place, sums) {
  for (const [key, field] of sums) {
    const step = walk.step(key);
    const ids = walk.terms(step, field, place);
    const sizes = ids.map((id) => Math.abs(walk.number(id)));
    const whole = sizes.filter(Number.isFinite).reduce((sum, size) => sum + size, 0);
    const added = (key === place.step && place.term) || ids.length;
    const bar = el("div", { class: `stack c-${walk.concept(field)}` });
    ids.forEach((id, k) => {
      const part = el("span", { class: k < added ? "term" : "term later", "data-id": id });
      // terms that are kept back are drawn alike
      part.style.flexGrow = walk.veiled(field) ? 1 : whole && Number.isFinite(sizes[k]) ? sizes[k] / whole : 0;
      bar.append(part);
    });
    const list = el("div", { class: ids.length > 4 ? "terms many" : "terms" });
    const texts = walk.shownColumn(ids);
    ids.slice(0, MOST_BARS).forEach((id, k) => {
      const { row, class: one } = walk.whereIs(id, place);
      const name = step.axes === "one" ? walk.row(row).label : walk.className(one);
      list.append(el("span", { class: `entry${k < added ? "" : " later"}`, "data-id": id }, el("span", { class: "label" }, name), el("span", { class: "value" }, texts[k])));
    });
    if (ids.length > MOST_BARS) list.append(el("span", { class: "fold" }, tr("+ {count} more", { count: ids.length - MOST_BARS })));
    const made = walk.id(key, place.row, place.class);
    const total = added < ids.length ? figure(totalOf(walk, ids.slice(0, added))) : walk.shown(made);
    picture.append(captionOf(walk, key), bar, list, el("p", { class: `sum c-${walk.concept(key)}` }, letter(walk, key), ` = ${total}`, added < ids.length ? ` ${tr("after {count} of {all} terms", { count: added, all: ids.length })}` : ""));
  }
  return picture;
}

function fillOf(at, value) {
  const fill = el("span", { class: "fill" });
  fill.style.left = `${Math.min(at(0), at(value))}%`;
  fill.style.width = `${Math.abs(at(value) - at(0))}%`;
  return fill;
}

/** Where on a track a person's guess is. */
function guessMark(guess, at) {
  if (guess === undefined || Number.isNaN(guess)) return undefined;
  const mark = el("span", { class: "guess" });
  mark.style.left = `${at(guess)}%`;
  return mark;
}

/** The number and the guess on one axis, where the picture has no bar for the number itself. */
function guessedInto(picture, walk, id) {
  const guess = walk.guess(id);
  if (guess === undefined || picture.querySelector(".guess")) return;
  const value = walk.number(id);
  const finite = [0, value, guess].filter(Number.isFinite);
  const low = Math.min(...finite);
  const wide = Math.max(...finite) - low || 1;
  const at = (number) => (100 * (Math.max(low, Math.min(low + wide, number)) - low)) / wide;
  const key = id.split("/")[0];
  const fill = Number.isNaN(value) ? undefined : fillOf(at, value);
  const line = el("div", { class: `one c-${walk.concept(key)}`, "data-id": id }, el("span", { class: "label" }, letter(walk, key)), el("span", { class: "track" }, fill, guessMark(guess, at)), el("span", { class: "value" }, walk.shown(id)));
  picture.append(captionOf(walk, key), el("div", { class: "list", style: `--zero:${at(0)}%` }, line));
}
