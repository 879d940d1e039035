/* The card of one number: what made it, all its digits, and what torch gave. */

function cardOf(walk, id, place) {
  const at = walk.whereIs(id, place);
  const step = walk.step(at.key);
  const here = { ...at, step: at.key, term: 0 };
  const value = walk.number(id);
  const { hide } = walk.payload;
  const card = el(
    "div",
    { class: "about" },
    el("p", { class: `name c-${walk.concept(at.key)}` }, mark(walk.concept(at.key)), letter(walk, at.key), el("span", { class: "title" }, cardTitle(walk, id, at))),
  );
  if (walk.veiled(at.key)) {
    card.append(el("p", {}, tr("This number is for you to work out.")));
    return card;
  }
  if (value === undefined) {
    card.append(el("p", {}, tr("This number is among those left out here.")));
    return card;
  }
  const rows = el("dl");
  const fact = (name, ...what) => rows.append(el("dt", {}, name), el("dd", {}, ...what));
  if (!step) fact(tr("made from"), tr("nothing: it is an input"));
  else if (!hide.includes("formula")) fact(tr("made from"), madeFrom(walk, step, here));
  fact(tr("in full"), el("span", { class: "digits" }, full(value)));
  const theirs = walk.number(id, walk.payload.torch);
  const asked = step && !hide.includes("torch");
  if (asked && theirs !== undefined) fact("torch", ...torchSays(value, theirs));
  if (asked) fact(tr("in torch"), el("code", {}, step.torch));
  card.append(rows);
  return card;
}

function cardTitle(walk, id, at) {
  const [, row, one] = id.split("/");
  const named = { title: walk.title(at.key), row: walk.rowName(at.row), class: walk.className(at.class) };
  if (row === "") return one === "" ? named.title : tr("{title}, class {class}", named);
  return one === "" ? `${named.title}, ${named.row}` : tr("{title}, {row}, class {class}", named);
}

function torchSays(ours, theirs) {
  if (Object.is(ours, theirs) || ours === theirs) return [tr("the same number")];
  const apart = Math.abs(ours - theirs);
  const said = { number: full(theirs), apart: figure(apart) };
  const text = Number.isFinite(apart) ? tr("{number}, {apart} apart", said) : tr("{number}, which differs", said);
  return [el("span", { class: "digits" }, text)];
}

/** What a voice says of a number beside its value. */
function cardWords(walk, id, place) {
  const at = walk.whereIs(id, place);
  const step = walk.step(at.key);
  if (!step) return tr("{title}: put in", { title: walk.title(at.key) });
  return sentenceOf(walk, step, { ...at, step: at.key, term: 0 });
}
