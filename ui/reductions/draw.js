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
    make("span", { class: "line", role: "img", "aria-label": "divided by" }),
    make("span", {}, number(book, below)),
  );
}

function card(book, given, chosen) {
  const title = make("h3", {}, given.name);
  if (chosen) title.append(" ", make("span", { class: "chosen" }, "chosen"));
  const box = make(
    "article",
    { class: "card", "data-card": given.key, "data-rove": "", "aria-label": given.name },
    title,
    make("p", { class: "quiet" }, given.words),
  );
  if (given.list) {
    const items = given.list.map((name) => make("li", {}, number(book, name)));
    if (given.more) items.push(make("li", { class: "quiet" }, given.more));
    box.append(make("ul", { class: "list" }, ...items));
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

function drawCards(find, scene, chosen) {
  const book = scene.numbers;
  find("cards").replaceChildren(
    ...scene.cards.map((given) => card(book, given, given.key === chosen)),
  );
  find("sentence").replaceChildren(...sentence(book, scene.sentence));
}

function drawLegend(find, scene) {
  const { width, height, each } = scene.letters;
  find("legend").replaceChildren(
    "A bar for each row. Width: ",
    make("b", { class: "weight" }, width),
    `, ${each}. Height: `,
    make("b", { class: "loss" }, height),
    ". Area: ",
    make("b", { class: "loss" }, "L"),
    ", its weighted loss. The sum is the area of all bars. The mean is the height of one rectangle with the same area. How wide is that rectangle? That is the whole question.",
  );
}

// Geometry: one scale for every plot, and for both scenes where they can share one.
function scales(scenes) {
  const high = Math.max(
    ...scenes.flatMap((scene) => [
      ...scene.bars.map((bar) => bar.height ?? 0),
      scene.right[1] ?? 0,
      scene.apart ? 0 : (scene.wrong[1] ?? 0),
    ]),
  );
  const wide = Math.max(
    ...scenes.flatMap((scene) => [scene.right[0] ?? 0, scene.apart ? 0 : (scene.wrong[0] ?? 0)]),
  );
  return { high: high || 1, wide: wide || 1 };
}

function place(element, scale, left, width, height) {
  element.style.left = `${(100 * left) / scale.wide}%`;
  element.style.width = `${(100 * width) / scale.wide}%`;
  element.style.height = `${(100 * height) / scale.high}%`;
}

function edges(width, height) {
  return [
    make("span", { class: "edge below", "data-n": width }),
    make("span", { class: "edge beside", "data-n": height }),
  ];
}

function drawBars(figure, scene, scale, built, divided) {
  const book = scene.numbers;
  let ground = figure.querySelector(".ground");
  if (!ground || ground.children.length !== scene.bars.length) {
    const level = make("div", { class: "level", "aria-hidden": "true" });
    ground = make("div", { class: "ground", role: "group", "aria-label": "A bar for each row" });
    for (const bar of scene.bars) {
      const box = make("button", { type: "button", class: "bar", "data-n": bar.L }, ...edges(bar.w, bar.h));
      box.append(make("span", { class: "name", "aria-hidden": "true" }, bar.short));
      ground.append(box);
    }
    figure.replaceChildren(
      make("figcaption", {}, make("strong", {}, "Each row"), make("span", { class: "quiet" })),
      make("div", { class: "plot" }, make("div", { class: "stage" }, ground, level)),
      make("div", { class: "under" }),
    );
  }
  let left = 0;
  scene.bars.forEach((bar, k) => {
    const box = ground.children[k];
    place(box, scale, left, bar.width, bar.height);
    left += bar.width;
    box.classList.toggle("later", k >= built);
    box.classList.toggle("flat", bar.width === 0);
    const [w, h, area] = [bar.w, bar.h, bar.L].map((name) => book[name].text);
    box.setAttribute("aria-label", `${bar.called}: width ${w}, height ${h}, area ${area}`);
  });
  const level = figure.querySelector(".level");
  level.hidden = !divided;
  place(level, scale, 0, scene.right[0], scene.right[1]);
  const caption = divided ? "in order; the dashed line is the mean, which levels them" : "in order";
  figure.querySelector("figcaption .quiet").textContent = caption;
  const under = figure.querySelector(".under");
  const last = built === 0 ? null : scene.bars[built - 1].far;
  under.replaceChildren(
    last
      ? bracket(scene, scale, Math.min(left, widthOf(scene, built)), last)
      : make("p", { class: "quiet" }, "no width yet"),
  );
}

function widthOf(scene, built) {
  return scene.bars.slice(0, built).reduce((total, bar) => total + bar.width, 0);
}

function bracket(scene, scale, width, name, letter = scene.letters.total) {
  const line = make("div", { class: "bracket", "aria-hidden": "true" });
  line.style.width = `${(100 * width) / scale.wide}%`;
  return make("div", {}, line, make("p", { class: "tag" }, `width ${letter} = `, number(scene.numbers, name)));
}

function drawRectangle(figure, scene, scale, given) {
  const caption = make(
    "figcaption",
    {},
    make("strong", {}, given.mark ? mark(given.mark) : null, given.title),
    make("span", { class: "quiet" }, given.words),
  );
  if (given.instead) {
    figure.replaceChildren(caption, make("p", { class: "instead" }, given.instead));
    return;
  }
  let plot = figure.querySelector(".plot");
  if (!plot) {
    const box = make("button", { type: "button" });
    const tags = make("div", { class: "tags" });
    plot = make("div", { class: "plot" }, make("div", { class: "ground" }, box, tags));
    figure.replaceChildren(plot);
  }
  const [box, tags] = plot.firstChild.children;
  const book = scene.numbers;
  box.className = `bar rect ${given.kind}`;
  box.dataset.n = "sum";
  box.setAttribute(
    "aria-label",
    `${given.title}: width ${book[given.width].text}, height ${book[given.height].text}, area ${book.sum.text}`,
  );
  box.replaceChildren(...edges(given.width, given.height));
  const [width, height] = given.size;
  place(box, scale, 0, width, height);
  tags.style.bottom = `${(100 * height) / scale.high}%`;
  tags.replaceChildren(
    make("p", { class: "tag" }, "height = ", number(book, given.height)),
    make("p", { class: "tag" }, "area Σ L = ", number(book, "sum")),
  );
  const under = make("div", { class: "under" }, bracket(scene, scale, width, given.width, given.letter));
  figure.replaceChildren(caption, plot, under);
}

function drawPlots(root, scene, scale, built, divided) {
  const plot = (name) => root.querySelector(`[data-plot=${name}]`);
  drawBars(plot("bars"), scene, scale, built, divided);
  const soft = scene.letters.total === "N";
  const waiting = divided ? "" : "Comes when all the widths are in.";
  drawRectangle(plot("right"), scene, scale, {
    title: "The mean",
    words: "the same area, levelled over all the widths",
    mark: "yes",
    kind: "right",
    size: scene.right,
    width: "below",
    height: "mean",
    letter: scene.letters.total,
    instead: waiting,
  });
  drawRectangle(plot("wrong"), scene, scale, {
    title: "Divided by N",
    words: scene.same
      ? soft
        ? "each row counts 1, so this is the same rectangle"
        : "the weights add up to N, so this is the same rectangle"
      : "the same area, but as wide as there are rows",
    mark: scene.same ? "yes" : "no",
    kind: scene.same ? "right" : "wrong",
    size: scene.wrong,
    width: "count",
    height: "plain",
    letter: "N",
    instead: waiting || scene.apart,
  });
}

function bracketed(text) {
  return text.startsWith("−");
}

// "0.36 + 0.4 = 0.76": the terms so far; of many, the last ones.
const TERMS = 6;
function running(scene, built) {
  const { bars, numbers: book, letters } = scene;
  if (built === 0) return ["Nothing is added yet. Each press adds one row."];
  const from = built > TERMS ? built - TERMS + 1 : 0;
  const parts = [`${letters.total} ${built < bars.length ? "so far" : "is complete"}: `];
  if (from > 0) parts.push({ n: bars[from - 1].far }, ` (${from} rows)`);
  for (let k = from; k < built; k += 1) {
    const name = bars[k].w;
    const minus = bracketed(book[name].text);
    if (k > 0) parts.push(" + ");
    if (minus && k > 0) parts.push("(", { n: name }, ")");
    else parts.push({ n: name });
    if (bars[k].rows > 1) parts.push(` (${bars[k].rows.toLocaleString("en")} rows)`);
  }
  if (built > 1) parts.push(" = ", { n: bars[built - 1].far });
  return parts;
}

function division(scene) {
  return [" Then the sum of the losses over it: ", { n: "sum" }, " / ", { n: "below" }, " = ", { n: "mean" }, "."];
}

function drawRunning(find, scene, built, divided) {
  const book = scene.numbers;
  const all = [...running(scene, scene.bars.length), ".", ...division(scene)];
  const parts = divided ? all : [...running(scene, built), built ? "." : ""];
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
    make("th", { scope: "col" }, "row"),
    named ? make("th", { scope: "col" }, "target") : null,
    make("th", { scope: "col" }, `width ${letters.width}`),
    make("th", { scope: "col" }, `height ${letters.height}`),
    make("th", { scope: "col" }, "area L"),
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
      make("caption", { class: "spoken" }, "Width, height and area of each bar"),
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
