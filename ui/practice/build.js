/* The walk as a page: what is given, then a section for each step with its formula and its table,
   and a field in each cell that is to be filled in. */

const MATH = "http://www.w3.org/1998/Math/MathML";

/** A formula from our own source. */
function mathOf(source) {
  const root = new DOMParser().parseFromString(source, "application/xml").documentElement;
  if (root.localName !== "math" || root.namespaceURI !== MATH) throw new Error("a formula is not MathML.");
  // a function's name stands off its argument, which MathML leaves to an invisible operator
  for (const name of root.querySelectorAll("mi")) if (/^(log|exp|max|ln)$/.test(name.textContent)) name.classList.add("function");
  return document.importNode(root, true);
}

/** The whole walk, empty of what is typed. */
function walkOf(data) {
  const steps = el("ol", { class: "steps" }, data.steps.map(stepOf));
  return [
    el("aside", { class: "given", "aria-label": tr("What is given") }, el("h2", {}, tr("Given")), data.given.map(givenOf), el("p", { class: "what" }, data.note)),
    data.steps.some((step) => step.tolerance)
      ? el("div", { class: "start what" }, el("p", { class: "keys" }, tr("Enter goes to the next field, Ctrl + Enter asks for a hint.")), el("p", {}, data.keeps))
      : undefined,
    el("div", { class: "walk", role: "group", "aria-label": tr("The steps"), tabindex: -1 }, steps, endOf(data)),
    el("p", { class: "spoken", role: "status" }),
  ].filter(Boolean);
}

function givenOf(table) {
  return el("div", { class: `sheet c-${table.concept}` }, tableOf(table, "given"));
}

function stepOf(step) {
  const asks = Boolean(step.tolerance);
  return el(
    "li",
    { class: `step${asks ? " asks" : ""}`, "data-title": step.title },
    el(
      "div",
      { class: "told" },
      el("h2", {}, el("span", { class: "count" }, `${step.number}. `), step.title),
      el("div", { class: "formula" }, mathOf(step.formula)),
      el("p", { class: "why" }, step.why),
      step.worked.length ? workedOf(step) : undefined,
    ),
    el(
      "div",
      { class: "done" },
      el("div", { class: `sheet c-${step.concept}` }, tableOf(step, "step")),
      asks ? answersOf(step) : undefined,
    ),
  );
}

/** How the numbers of a filled step were made: the first at once, the others on demand. */
function workedOf(step) {
  const line = ({ name, math }) => el("li", {}, el("span", { class: "what" }, name), mathOf(math));
  const [first, ...others] = step.worked;
  return el(
    "div",
    { class: "worked" },
    el("ul", { role: "list" }, line(first)),
    others.length ? el("details", {}, el("summary", {}, tr("The other numbers")), el("ul", { role: "list" }, others.map(line))) : undefined,
  );
}

/** Below the fields: how exact, help, and what there is to say of what was typed. */
function answersOf(step) {
  return [
    el("p", { class: "about" }, el("span", { class: "what" }, step.tolerance), el("button", { type: "button", "data-part": "hint" })),
    el("ul", { class: "says", role: "list" }),
    el("ol", { class: "hints", role: "list" }),
  ];
}

function tableOf(table, kind) {
  const head = table.heads.length
    ? el("thead", {}, el("tr", {}, table.rows[0].name ? el("td") : undefined, table.heads.map((name) => el("th", { scope: "col" }, name))))
    : undefined;
  const lines = table.rows.map((row) =>
    el("tr", {}, row.name ? el("th", { scope: "row" }, row.name, askedOf(row)) : undefined, row.cells.map((cell) => cellOf(cell, kind))),
  );
  const caption = kind === "given" ? [mark(table.concept), letterOfKey(table), el("span", {}, table.title), table.says && el("span", { class: "of" }, table.says)] : el("span", { class: "spoken" }, table.title);
  const columns = table.rows[0].cells.length;
  return el("table", { class: columns > 2 ? "wide" : undefined, style: `--columns: ${columns}` }, el("caption", {}, caption), head, el("tbody", {}, lines));
}

/** The letter that stands for it in the formulas, where there is one. */
function letterOfKey({ key, concept }) {
  const [base, index] = LETTERS[key] ?? [];
  return base && base !== key ? el("span", { class: `letter c-${concept}` }, base, index && el("sub", {}, index)) : undefined;
}

/** The class that a row's target names, as a reminder. */
function askedOf(row) {
  return el("span", { class: "asked" }, row.asked ? [mark("target"), el("span", { class: "spoken" }, `${tr("target")} `), row.asked] : tr("ignored"));
}

function cellOf(cell, kind) {
  if (kind === "given" || cell.text !== null) return el("td", { class: "number", "data-cell": cell.id, "data-text": cell.text }, cell.text);
  return el(
    "td",
    { class: "blank" },
    el("input", {
      type: "text",
      inputmode: cell.keys,
      autocomplete: "off",
      spellcheck: "false",
      enterkeyhint: "next",
      "data-cell": cell.id,
      "aria-label": cell.label,
    }),
    el("span", { class: "verdict", id: `verdict-${cell.id}` }),
  );
}

function endOf(data) {
  if (!data.next) return undefined;
  return el("p", { class: "next" }, el("button", { type: "button", "data-part": "next", "data-mode": data.next.mode }, data.next.label), el("span", {}, data.next.says));
}
