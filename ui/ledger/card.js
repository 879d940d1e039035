/* The card of one number: what made it, all its digits, and what torch gave. */

function cardOf(walk, id, place) {
  const at = walk.whereIs(id, place);
  const step = walk.step(at.key);
  const here = { ...at, step: at.key, term: 0 };
  const value = walk.number(id);
  const card = el(
    "div",
    { class: "about" },
    el("p", { class: `name c-${walk.concept(at.key)}` }, mark(walk.concept(at.key)), letter(walk, at.key), el("span", { class: "title" }, `${walk.title(at.key)}${placeName(walk, id, at)}`)),
  );
  if (value === undefined) {
    card.append(el("p", {}, "This number is among those left out here."));
    return card;
  }
  const rows = el("dl");
  const fact = (name, ...what) => rows.append(el("dt", {}, name), el("dd", {}, ...what));
  if (step) fact("made from", madeFrom(walk, step, here));
  else fact("made from", "nothing: it is an input");
  fact("in full", el("span", { class: "digits" }, full(value)));
  const theirs = walk.number(id, walk.payload.torch);
  if (step && theirs !== undefined) fact("torch", ...torchSays(value, theirs));
  if (step) fact("in torch", el("code", {}, step.torch));
  card.append(rows);
  return card;
}

function placeName(walk, id, at) {
  const [, row, one] = id.split("/");
  return (row === "" ? "" : `, ${walk.rowName(at.row)}`) + (one === "" ? "" : `, class ${walk.className(at.class)}`);
}

function torchSays(ours, theirs) {
  if (Object.is(ours, theirs) || ours === theirs) return ["the same number"];
  const apart = Math.abs(ours - theirs);
  return [el("span", { class: "digits" }, full(theirs)), Number.isFinite(apart) ? `, ${figure(apart)} apart` : ", which differs"];
}

/** What a voice says of a number beside its value. */
function cardWords(walk, id, place) {
  const at = walk.whereIs(id, place);
  const step = walk.step(at.key);
  if (!step) return `${walk.title(at.key)}: put in`;
  return sentenceOf(walk, step, { ...at, step: at.key, term: 0 });
}
