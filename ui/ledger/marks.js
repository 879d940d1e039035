/* The letter and the mark of each concept, so that none is known by its colour alone. */

const SVG = "http://www.w3.org/2000/svg";
// input or step -> its letter in the formulas, and the letter's index
const LETTERS = {
  logits: ["z"],
  row_max: ["m"],
  shifted: ["s"],
  exps: ["e"],
  partition: ["S"],
  probs: ["p"],
  log_probs: ["log p"],
  target: ["y"],
  ignore_index: ["ignore_index"],
  label_smoothing: ["ε"],
  kept: ["k"],
  target_log_prob: ["log p", "y"],
  nll: ["ℓ"],
  weight: ["w"],
  sample_weight: ["w", "y"],
  target_dist: ["q"],
  weighted_terms: ["t"],
  losses: ["L", "i"],
  sum_loss: ["Σ L", "i"],
  denominator: ["W"],
  mean_loss: ["L"],
  share: ["a"],
  gradient: ["∂L/∂z"],
};
const SHAPES = {
  logits: "M1.5 1.5h9v9h-9z",
  probs: "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
  target: "M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6M3.6 6.2l1.8 1.9l3.2-3.9",
  weight: "M6 .5L11.5 6L6 11.5L.5 6z",
  loss: "M1 3.5h10M1 8.5h10",
};
const LINES = ["target", "loss"]; // drawn with a pen, the others filled

/** An element; a child that is text stays text, whatever is in it. */
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "style") made.style.cssText = value; // as an attribute a content policy may refuse it
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return made;
}

function mark(concept) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 12 12");
  picture.setAttribute("class", `mark c-${concept}${LINES.includes(concept) ? " pen" : ""}`);
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[concept] ?? "");
  picture.append(path);
  return picture;
}

function letterOf(walk, key) {
  const [base, index] = LETTERS[key] ?? [key];
  return [key === "denominator" ? walk.divisor : base, index];
}

/** The letter as the formulas write it, in its concept's colour. */
function letter(walk, key) {
  const [base, index] = letterOf(walk, key);
  return el("span", { class: `letter c-${walk.concept(key)}` }, base, index && el("sub", {}, index));
}

function spokenLetter(walk, key) {
  const [base, index] = letterOf(walk, key);
  return [base, index].filter(Boolean).join(" ").replace("ε", "epsilon").replace("ℓ", "l").replace("Σ", tr("sum of"));
}
