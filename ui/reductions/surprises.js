// Two surprises of the weighted mean: a sample alone, and a batch in parts.

function actTable(book, act) {
  const rows = act.rows.map((row) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, number(book, row.given, true)),
      make(
        "td",
        { class: "figure wide" },
        number(book, row.sum, true),
        " / ",
        number(book, row.below, true),
      ),
      make("td", { class: "figure" }, number(book, row.mean, true)),
    ),
  );
  return make(
    "div",
    { class: "scroll" },
    make(
      "table",
      { "data-rove": "" },
      make("caption", { class: "spoken" }, act.title),
      make(
        "thead",
        {},
        make(
          "tr",
          {},
          make("th", { scope: "col" }, "weight of its class"),
          make("th", { scope: "col" }, "sum / Σ w"),
          make("th", { scope: "col" }, "mean loss"),
        ),
      ),
      make("tbody", {}, ...rows),
    ),
  );
}

const NEXT = ["", "Now with label smoothing 0.1", "Instead, add a sample of another class"];

function drawTrap(find, root, trap, guess, shown) {
  for (const button of root.querySelectorAll("[data-do=guess]")) {
    button.setAttribute("aria-pressed", String(button.dataset.guess === guess));
  }
  const said = !guess
    ? ""
    : guess === "stays"
      ? "Yes. It stays, whatever the weight."
      : `You said it ${guess}. It stays, whatever the weight.`;
  find("guess-answer").textContent = said;
  find("acts").replaceChildren(
    ...trap.acts.map((act, k) =>
      make(
        "article",
        { class: "card printed", "data-act": act.key, hidden: k >= shown },
        make("h3", {}, act.title),
        actTable(trap.numbers, act),
        make("p", {}, act.why),
      ),
    ),
  );
  const next = root.querySelector("[data-do=act]");
  next.hidden = !guess || shown >= trap.acts.length;
  next.textContent = NEXT[shown] ?? "";
  const last = trap.acts[shown - 1];
  if (!last) return "";
  const means = last.rows.map((row) => trap.numbers[row.mean].text).join(", ");
  return `${shown === 1 ? said : ""} ${last.title}: the mean loss is ${means}. ${last.why}`;
}

function result(book, kind, title, name, words) {
  return make(
    "article",
    { class: "card", "data-result": name.replace(/^cut\d+-/, "") },
    make("h3", {}, title),
    make("p", { class: "big" }, number(book, name)),
    words,
    kind ? make("p", { class: "verdict" }, mark(kind), kind === "yes" ? "the mean of the batch" : "wrong: not the mean of the batch") : null,
  );
}

function drawParts(find, cut) {
  const book = cut.numbers;
  const name = (key) => `cut${cut.size}-${key}`;
  const rows = cut.parts.map((part, k) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, `part ${k + 1}`, make("span", { class: "quiet" }, part.rows)),
      make("td", { class: "figure wide" }, number(book, part.sum, true), " / ", number(book, part.below, true)),
      make("td", { class: "figure" }, number(book, part.mean, true)),
    ),
  );
  find("parts").replaceChildren(
    make(
      "div",
      { class: "scroll" },
      make(
        "table",
        { "data-rove": "" },
        make("caption", { class: "spoken" }, "Sum, weights and mean of each part"),
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            make("th", { scope: "col" }, "part"),
            make("th", { scope: "col" }, "sum / Σ w"),
            make("th", { scope: "col" }, "its mean"),
          ),
        ),
        make("tbody", {}, ...rows),
      ),
    ),
    make(
      "div",
      { class: "cards three", "data-rove": "" },
      result(book, cut.same === null ? "" : cut.same ? "yes" : "no", "Average of the parts’ means", name("averaged"), make("p", { class: "quiet" }, "every part counts the same")),
      result(book, cut.same === null ? "" : "yes", "Sums first, one division", name("fixed"), make("p", { class: "sum" }, fraction(book, [name("sum"), name("below")]))),
      result(book, "", "torch’s mean over the whole batch", name("whole"), make("p", { class: "quiet" }, "all rows at once")),
    ),
  );
  find("parts-answer").textContent = cut.why;
  const [averaged, whole] = ["averaged", "whole"].map((key) => book[name(key)].text);
  return `The parts’ means average to ${averaged}. The mean of the whole batch is ${whole}. ${cut.why}`;
}
