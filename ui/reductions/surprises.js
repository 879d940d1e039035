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
          make("th", { scope: "col" }, tr("weight of its class")),
          make("th", { scope: "col" }, tr("sum / Σ w")),
          make("th", { scope: "col" }, tr("mean loss")),
        ),
      ),
      make("tbody", {}, ...rows),
    ),
  );
}


function drawTrap(find, root, trap, guess, shown) {
  for (const button of root.querySelectorAll("[data-do=guess]")) {
    button.setAttribute("aria-pressed", String(button.dataset.guess === guess));
  }
  const said = {
    stays: tr("Yes. It stays, whatever the weight."),
    up: tr("You said it goes up. It stays, whatever the weight."),
    down: tr("You said it goes down. It stays, whatever the weight."),
  }[guess] ?? "";
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
  next.textContent = trap.acts[shown]?.enter ?? "";
  const last = trap.acts[shown - 1];
  if (!last) return "";
  const means = last.rows.map((row) => trap.numbers[row.mean].text).join(DECIMAL === "," ? "; " : ", ");
  const told = tr("{act}: the mean loss is {means}. {why}", { act: last.title, means, why: last.why });
  return shown === 1 ? `${said} ${told}` : told;
}

function result(book, kind, title, name, words) {
  return make(
    "article",
    { class: "card", "data-result": name.replace(/^cut\d+-/, "") },
    make("h3", {}, title),
    make("p", { class: "big" }, number(book, name)),
    words,
    kind ? make("p", { class: "verdict" }, mark(kind), kind === "yes" ? tr("the mean of the batch") : tr("wrong: not the mean of the batch")) : null,
  );
}

function drawParts(find, cut) {
  const book = cut.numbers;
  const name = (key) => `cut${cut.size}-${key}`;
  const rows = cut.parts.map((part) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, part.name, make("span", { class: "quiet" }, part.rows)),
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
        make("caption", { class: "spoken" }, tr("Sum, weights and mean of each part")),
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            make("th", { scope: "col" }, tr("part")),
            make("th", { scope: "col" }, tr("sum / Σ w")),
            make("th", { scope: "col" }, tr("its mean")),
          ),
        ),
        make("tbody", {}, ...rows),
      ),
    ),
    make(
      "div",
      { class: "cards three", "data-rove": "" },
      result(book, cut.same === null ? "" : cut.same ? "yes" : "no", tr("Average of the parts’ means"), name("averaged"), make("p", { class: "quiet" }, tr("every part counts the same"))),
      result(book, cut.same === null ? "" : "yes", tr("Sums first, one division"), name("fixed"), make("p", { class: "sum" }, fraction(book, [name("sum"), name("below")]))),
      result(book, "", tr("torch’s mean over the whole batch"), name("whole"), make("p", { class: "quiet" }, tr("all rows at once"))),
    ),
  );
  find("parts-answer").textContent = cut.why;
  const [averaged, whole] = ["averaged", "whole"].map((key) => book[name(key)].text);
  return tr("The parts’ means average to {averaged}. The mean of the whole batch is {whole}. {why}", { averaged, whole, why: cut.why });
}
