// Draws a batch: cards, sentence, bars, rectangles, rows. Text only ever enters as text.

function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// A number that can be pointed at, tapped and reached with the keyboard.
function number(book, name, cell = false) {
  const { called, concept } = book[name];
  const text = cell ? (book[name].cell ?? book[name].text) : book[name].text;
  return make(
    "button",
    { type: "button", class: `n ${concept}`, "data-n": name, "aria-label": `${text}, ${called}` },
    text,
  );
}

// A text of ours with **bold** and `code` in it.
function rich(text) {
  const tags = { "**": "strong", "`": "code" };
  return text.split(/(\*\*.+?\*\*|`.+?`)/).map((part) => {
    const mark = Object.keys(tags).find((one) => part.startsWith(one) && part.length > 2 * one.length);
    return mark ? make(tags[mark], {}, part.slice(mark.length, -mark.length)) : part;
  });
}

// A text with {fields} in parts: what stands in a field goes between the texts as it is.
function filled(text, values) {
  return text.split(/\{(\w+)\}/).map((part, k) => (k % 2 ? values[part] : part)).filter((part) => part !== "");
}

function sentence(book, parts) {
  return parts.map((part) => (typeof part === "string" ? part : number(book, part.n)));
}

function spoken(book, parts) {
  return parts.map((part) => (typeof part === "string" ? part : book[part.n].text)).join("");
}

function mark(kind) {
  return make("span", { class: `mark ${kind}`, "aria-hidden": "true" });
}

function fraction(book, [above, below]) {
  return make(
    "span",
    { class: "fraction" },
    make("span", {}, number(book, above)),
    make("span", { class: "line", role: "img", "aria-label": tr("divided by") }),
    make("span", {}, number(book, below)),
  );
}

function card(book, given, chosen) {
  const title = make("h3", {}, given.name);
  if (chosen) title.append(" ", make("span", { class: "chosen" }, tr("chosen")));
  const box = make(
    "article",
    { class: "card", "data-card": given.key, "data-rove": "", "aria-label": given.name },
    title,
    make("p", { class: "quiet" }, given.words),
  );
  box.append(make("p", { class: "ask" }, given.ask));
  if (given.list) {
    const items = given.list.map((name) => make("li", {}, number(book, name)));
    if (given.more) items.push(make("li", { class: "quiet" }, given.more));
    box.append(make("ul", { class: DECIMAL === "," ? "list apart" : "list" }, ...items));
  } else {
    box.append(make("p", { class: "big" }, number(book, given.value)));
  }
  if (given.fraction) {
    box.append(make("p", { class: "sum" }, fraction(book, given.fraction), " = ", number(book, given.value)));
  }
  if (given.verdict) {
    box.append(make("p", { class: "verdict" }, given.mark ? mark(given.mark) : null, given.verdict));
  }
  return box;
}

function drawCards(find, scene, chosen, hide) {
  const book = scene.numbers;
  const shown = scene.cards.filter((given) => !hide.includes(given.hide ?? given.key));
  find("cards").replaceChildren(...shown.map((given) => card(book, given, given.key === chosen)));
  const secret = ["sum", "mean", "plain"].some((part) => hide.includes(part)); // it tells all three
  find("sentence").replaceChildren(...(secret ? [] : sentence(book, scene.sentence)));
}

function drawLegend(find, scene) {
  const { width, height, each } = scene.letters;
  const text = tr("A bar for each row. Width: {width}, {each}. Height: {height}. Area: {area}, its weighted loss. The sum is the area of all bars. The mean is the height of one rectangle with the same area. How wide is that rectangle? That is the whole question.");
  find("legend").replaceChildren(
    ...filled(text, {
      each,
      width: make("b", { class: "weight" }, width),
      height: make("b", { class: "loss" }, height),
      area: make("b", { class: "loss" }, "L"),
    }),
  );
}

function bracketed(text) {
  return text.startsWith("−");
}

// "0.36 + 0.4 = 0.76": the terms so far; of many, the last ones.
const TERMS = 6;
function running(scene, built) {
  const { bars, numbers: book, letters } = scene;
  if (built === 0) return [tr("Nothing is added yet. Each press adds one row.")];
  const from = built > TERMS ? built - TERMS + 1 : 0;
  const { total } = letters;
  const parts = [built < bars.length ? tr("{total} so far: ", { total }) : tr("{total} is complete: ", { total })];
  if (from > 0) parts.push({ n: bars[from - 1].far }, tr(" ({count} rows)", { count: from }));
  for (let k = from; k < built; k += 1) {
    const name = bars[k].w;
    const minus = bracketed(book[name].text);
    if (k > 0) parts.push(" + ");
    if (minus && k > 0) parts.push("(", { n: name }, ")");
    else parts.push({ n: name });
    if (bars[k].together) parts.push(` ${bars[k].together}`);
  }
  if (built > 1) parts.push(" = ", { n: bars[built - 1].far });
  return parts;
}

function division(scene) {
  const names = Object.fromEntries(["sum", "below", "mean"].map((name) => [name, { n: name }]));
  return [" ", ...filled(tr("Then the sum of the losses over it: {sum} / {below} = {mean}."), names)];
}

function drawRunning(find, scene, built, divided, told) {
  const book = scene.numbers;
  const all = [...running(scene, scene.bars.length), ".", ...(told ? division(scene) : [])];
  const parts = divided ? all : [...running(scene, built), built ? "." : ""];
  find("running").classList.toggle("whole", divided);
  find("running").replaceChildren(...sentence(book, parts));
  find("running-whole").replaceChildren(...sentence(book, all));
  return spoken(book, parts);
}

function drawRows(find, scene) {
  const { letters, bars, numbers: book } = scene;
  const named = bars.some((bar) => bar.target);
  const head = make(
    "tr",
    {},
    make("th", { scope: "col" }, tr("row")),
    named ? make("th", { scope: "col" }, tr("target")) : null,
    make("th", { scope: "col" }, tr("width {letter}", { letter: letters.width })),
    make("th", { scope: "col" }, tr("height {letter}", { letter: letters.height })),
    make("th", { scope: "col" }, tr("area L")),
  );
  const rows = bars.map((bar) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, bar.called),
      named ? make("td", {}, bar.target) : null,
      ...[bar.w, bar.h, bar.L].map((name) => make("td", { class: "figure" }, number(book, name, true))),
    ),
  );
  find("rows").replaceChildren(
    make(
      "table",
      { "data-rove": "" },
      make("caption", { class: "spoken" }, tr("Width, height and area of each bar")),
      make("thead", {}, head),
      make("tbody", {}, ...rows),
    ),
  );
}

// A name stands over its bar only where it fits.
function fit(root) {
  for (const name of root.querySelectorAll(".bar .name")) {
    name.hidden = false;
    name.hidden = name.offsetWidth > name.parentElement.offsetWidth + 2;
  }
}
