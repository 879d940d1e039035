/* The formula three times, term under term: with symbols, with numbers, and what it makes. */

const MATHML = "http://www.w3.org/1998/Math/MathML";
const OPERATORS = ["−", "+", "⋅", "·"];
const MOST_TERMS = 8;
const parsedMath = new Map(); // source -> its parsed element; a walk draws the same few again and again

/** An element of MathML from our own source. */
function math(source) {
  if (!parsedMath.has(source)) {
    const text = `<math xmlns="${MATHML}" displaystyle="true">${source}</math>`;
    const root = new DOMParser().parseFromString(text, "application/xml").documentElement;
    if (root.localName !== "math" || root.querySelector("parsererror")) throw new Error("a formula is not MathML.");
    // a function's name stands off its argument, which MathML leaves to an invisible operator
    for (const name of root.querySelectorAll("mi")) if (name.textContent === "log") name.classList.add("function");
    parsedMath.set(source, root);
  }
  return document.importNode(parsedMath.get(source), true);
}

function ml(tag, ...children) {
  const made = document.createElementNS(MATHML, tag);
  made.append(...children);
  return made;
}

/** A number for a formula: 4.07 · 10^−7, ∞; in brackets if it is negative and follows an operator. */
function mathNumber(walk, id, bracketed) {
  const text = walk.shown(id);
  const [mantissa, power] = text.replace("inf", "∞").split("e");
  const made = ml("mrow", ml("mn", mantissa));
  if (power) made.append(ml("mo", "·"), ml("msup", ml("mn", "10"), ml("mn", power)));
  if (bracketed && text.startsWith(MINUS)) {
    made.prepend(ml("mo", "("));
    made.append(ml("mo", ")"));
  }
  linked(walk, made, id);
  return made;
}

function linked(walk, element, id) {
  element.dataset.id = id;
  element.classList.add("number", `c-${walk.concept(id.split("/")[0])}`);
}

/** Put the place's numbers into a line of a formula, and links on its letters. */
function filled(walk, step, place, source, before, added) {
  const root = math(source);
  for (const gap of [...root.querySelectorAll("[data-key], [data-word]")]) {
    const { key, word, many } = gap.dataset;
    const previous = gap.previousElementSibling?.textContent ?? (gap.parentNode === root ? before : "");
    if (word) gap.textContent = wordAt(walk, word, place);
    else if (many) gap.replaceWith(...several(walk, step, place, key, many, added));
    else if (gap.localName === "mn") gap.replaceWith(mathNumber(walk, walk.id(key, place.row, place.class), OPERATORS.includes(previous)));
    else {
      gap.dataset.column = key;
      gap.dataset.id = walk.id(key, place.row, place.class);
      gap.classList.add("symbol", `c-${walk.concept(key)}`);
    }
  }
  return root;
}

/* What a formula says of a place that is no input and no step. */
function wordAt(walk, word, place) {
  if (word === "classes") return walk.payload.case.classes;
  return word === "row_number" ? walk.row(place.row).label : place.class;
}

/** A list or a sum of many numbers, a long one with its middle left out. */
function several(walk, step, place, field, joint, added = Infinity) {
  const ids = walk.terms(step, field, place);
  const folded = step.axes === "one" ? walk.moreRows : walk.moreClasses;
  const short = ids.length > MOST_TERMS || folded;
  const last = Math.min(added, ids.length) - 1;
  const drawn = (k) => !short || k < 4 || k === last || k === ids.length - 1;
  const pieces = [];
  let gap = false;
  ids.forEach((id, k) => {
    if (!drawn(k)) {
      gap = true;
      return;
    }
    const joined = () => {
      const operator = ml("mo", joint === "," && DECIMAL === "," ? ";" : joint); // 7,4; 2,8
      operator.setAttribute("form", "infix"); // first in its row, it would be taken for a sign
      return operator;
    };
    if (gap || (folded && k === ids.length - 1)) pieces.push(ml("mrow", joined(), ml("mo", "⋯")));
    gap = false;
    const term = mathNumber(walk, id, joint === "+" && k > 0);
    const group = k ? ml("mrow", joined(), term) : ml("mrow", term);
    group.classList.add("term");
    if (k >= added) group.classList.add("later");
    pieces.push(group);
  });
  return pieces.length ? pieces : [ml("mn", "0")];
}

/* Each part at the top in a math of its own, so that a long sum can break into lines. */
function broken(root) {
  const parts = [...root.children];
  if (parts.filter((part) => part.classList.contains("term")).length < 4) return [root];
  return parts.map((part) => {
    const own = root.cloneNode();
    own.append(part);
    return own;
  });
}

/** The three lines as a grid: left side, equals sign, and a column for each term and operator. */
function equationOf(walk, step, place) {
  const added = place.term || Infinity;
  const cell = (row, column, name, ...children) => el("div", { class: name, style: `grid-row:${row};grid-column:${column}` }, ...children);
  const equals = (row) => cell(row, 2, "equals", math("<mo>=</mo>"));
  const made = el("div", { class: step.symbols.some((source) => source.includes("\u00a0")) ? "equation wordy" : "equation" });
  if (step.left) made.append(cell(1, 1, "left", filled(walk, step, place, step.left)), equals(1));
  step.symbols.forEach((source, k) => {
    const kind = step.numbers[k].includes("data-many") ? "part symbols sum" : "part symbols";
    made.append(cell(1, k + 3, kind, filled(walk, step, place, source)));
  });
  const bare = walk.asks(step.key) && walk.payload.present; // to a room the symbols come first
  if (!bare) made.append(equals(2));
  if (bare) made.append(cell(2, "3 / -1", "part numbers"));
  else if (isLeftOut(walk, step, place)) made.append(cell(2, "3 / -1", "part numbers sum", tr("ignored")));
  else step.numbers.forEach((source, k) => {
    const before = k ? math(step.numbers[k - 1]).textContent : "";
    made.append(cell(2, k + 3, "part numbers", ...broken(filled(walk, step, place, source, before, added))));
  });
  made.append(equals(3), cell(3, "3 / -1", "result", ...resultOf(walk, step, place)));
  made.style.setProperty("--columns", step.symbols.length);
  return made;
}

function resultOf(walk, step, place) {
  if (!place.term) return [ml("math", mathNumber(walk, walk.id(step.key, place.row, place.class)))];
  const { added, all } = walk.building(place);
  return [
    el("span", { class: `total c-${walk.concept(step.key)}` }, figure(totalOf(walk, added))),
    " ",
    el("span", { class: "so-far" }, tr("after {count} of {all} terms", { count: added.length, all: all.length })),
  ];
}

function totalOf(walk, ids) {
  return ids.reduce((sum, id) => sum + walk.number(id), 0);
}

/** One line: what made a number, for its card. */
function madeFrom(walk, step, place) {
  const line = el("span", { class: "made-from" });
  if (isLeftOut(walk, step, place)) return el("span", {}, tr("ignored"));
  step.numbers.forEach((source, k) => {
    const before = k ? math(step.numbers[k - 1]).textContent : "";
    line.append(...broken(filled(walk, step, place, source, before)));
  });
  return line;
}
