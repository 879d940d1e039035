/* The sentence of a step with the numbers of a place put in; the same as ui/place.py in_words. */

const AT_TARGET = ["target_log_prob", "sample_weight", "nll", "losses"]; // they speak of the target's class
const SHARED = ["row_max", "shifted", "exps", "partition", "probs", "log_probs", "kept"]; // ignored rows have these

/** Whether a step leaves the row at a place out, because its target is ignored. */
function isLeftOut(walk, step, place) {
  return walk.row(place.row).ignored && step.axes !== "one" && !SHARED.includes(step.key);
}

/** What is in a text: its plain parts, and what its {fields} are filled with, as `fill` gives it. */
function pieces(template, fill) {
  const parts = [];
  let from = 0;
  for (const found of template.matchAll(/\{(\w+)(?::(\w))?\}/g)) {
    parts.push({ text: template.slice(from, found.index) }, fill(found[1], found[2]));
    from = found.index + found[0].length;
  }
  parts.push({ text: template.slice(from) });
  return parts.filter(({ text }) => text);
}

/**
 * @returns {{text: string, id?: string}[]} plain text, and numbers with their names
 */
function wordsOf(walk, step, place) {
  if (walk.asks(step.key)) return [{ text: questionOf(walk, step, place) }];
  if (place.term) return wordsSoFar(walk, place);
  const row = walk.row(place.row);
  const { soft, classes } = walk.payload.case;
  const name = walk.rowName(place.row);
  if (isLeftOut(walk, step, place)) return wordsLeftOut(walk, step, row.label);
  const ofTarget = AT_TARGET.includes(step.key) && !soft && row.target !== null && !row.ignored;
  const one = ofTarget ? row.target : place.class;
  const words = { row: name, class: walk.className(one), class_number: String(one), classes: String(classes) };
  return pieces(step.sentence, (field, spec) => {
    if (field in words) return { text: spec === "C" ? capital(words[field]) : words[field], named: true };
    return numberWord(walk, field, place, row, soft);
  });
}

function wordsLeftOut(walk, step, label) {
  const index = walk.id("ignore_index");
  const values = { row: { text: label }, number: { text: figure(walk.number(index)), id: index } };
  const known = walk.veiled(step.key)
    ? tr("Row {row} is ignored, because its target is ignore_index ({number}).")
    : tr("Row {row} is ignored, because its target is ignore_index ({number}): it adds 0.");
  return pieces(known, (field) => values[field]);
}

/* While a sum is built the sentence does not tell its end. */
function wordsSoFar(walk, place) {
  const { added, all } = walk.building(place);
  const id = added.at(-1);
  const at = walk.whereIs(id, place);
  const ofRows = walk.step(place.step).axes === "one";
  const values = {
    what: { text: ofRows ? capital(walk.rowName(at.row)) : tr("Class {name}", { name: walk.className(at.class) }), named: true },
    number: { text: walk.shown(id), id },
    count: { text: String(added.length) },
    all: { text: String(all.length) },
    sum: { text: figure(totalOf(walk, added)) },
  };
  return pieces(tr("{what} adds {number}: after {count} of {all} terms the sum is {sum}."), (field) => values[field]);
}

function numberWord(walk, field, place, row, soft) {
  const id = walk.id(field, place.row, place.class);
  if (walk.veiled(field)) return { id, text: walk.shown(id) };
  if (field === "kept") return { id, text: walk.number(id) ? tr("it counts") : tr("it does not count") };
  if (field === "target" && !soft) return { id, text: String(row.target).replace("-", MINUS) };
  return { id, text: walk.shown(id) };
}

/** What is asked before a step's number is shown. */
function questionOf(walk, step, place) {
  const asked = { title: step.title, row: walk.rowName(place.row), class: walk.className(place.class) };
  if (step.key === "kept") return tr("{title}: does {row} count?", asked);
  if (step.axes === "cell") return tr("{title}: what is it for {row}, class {class}?", asked);
  return step.axes === "row" ? tr("{title}: what is it for {row}?", asked) : tr("{title}: what is it?", asked);
}

function sentenceOf(walk, step, place) {
  return wordsOf(walk, step, place).map(({ text }) => text).join("");
}

/* Only the first letter: nouns keep theirs. */
function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
