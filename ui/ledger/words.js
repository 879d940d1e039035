/* The sentence of a step with the numbers of a place put in; the same as ui/place.py in_words. */

const AT_TARGET = ["target_log_prob", "sample_weight", "nll", "losses"]; // they speak of the target's class
const SHARED = ["row_max", "shifted", "exps", "partition", "probs", "log_probs", "kept"]; // ignored rows have these

/** Whether a step leaves the row at a place out, because its target is ignored. */
function isLeftOut(walk, step, place) {
  return walk.row(place.row).ignored && step.axes !== "one" && !SHARED.includes(step.key);
}

/**
 * @returns {{text: string, id?: string}[]} plain text, and numbers with their names
 */
function wordsOf(walk, step, place) {
  if (place.term) return wordsSoFar(walk, place);
  const row = walk.row(place.row);
  const { soft, classes } = walk.payload.case;
  const name = walk.rowName(place.row);
  if (isLeftOut(walk, step, place)) {
    const index = walk.id("ignore_index");
    return [
      { text: `${capital(name)} is ignored, because its target is ignore_index (` },
      { text: figure(walk.number(index)), id: index },
      { text: "): it adds 0." },
    ];
  }
  const ofTarget = AT_TARGET.includes(step.key) && !soft && row.target !== null && !row.ignored;
  const one = ofTarget ? row.target : place.class;
  const words = { row: name, class: walk.className(one), class_number: String(one), classes: String(classes) };
  const parts = [];
  let from = 0;
  for (const found of step.sentence.matchAll(/\{(\w+)(?::(\w))?\}/g)) {
    const [whole, field, spec] = found;
    parts.push({ text: step.sentence.slice(from, found.index) });
    from = found.index + whole.length;
    if (field in words) parts.push({ text: spec === "C" ? capital(words[field]) : words[field], named: true });
    else parts.push(numberWord(walk, field, place, row, soft));
  }
  parts.push({ text: step.sentence.slice(from) });
  return parts.filter(({ text }) => text);
}

/* While a sum is built the sentence does not tell its end. */
function wordsSoFar(walk, place) {
  const { added, all } = walk.building(place);
  const id = added.at(-1);
  const at = walk.whereIs(id, place);
  const name = walk.step(place.step).axes === "one" ? walk.rowName(at.row) : `class ${walk.className(at.class)}`;
  return [
    { text: name.slice(0, 1).toUpperCase() + name.slice(1), named: true },
    { text: " adds " },
    { text: figure(walk.number(id)), id },
    { text: `: after ${added.length} of ${all.length} terms the sum is ${figure(totalOf(walk, added))}.` },
  ];
}

function numberWord(walk, field, place, row, soft) {
  const id = walk.id(field, place.row, place.class);
  const value = walk.number(id);
  if (field === "kept") return { id, text: value ? "it counts" : "it does not count" };
  if (field === "target" && !soft) return { id, text: String(row.target).replace("-", MINUS) };
  return { id, text: value === undefined ? "…" : figure(value) };
}

function sentenceOf(walk, step, place) {
  return wordsOf(walk, step, place).map(({ text }) => text).join("");
}

function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
}
