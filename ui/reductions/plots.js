// Draws the areas: a bar for each row, and the two rectangles.

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

function drawBars(figure, scene, scale, built, divided, levelled) {
  const book = scene.numbers;
  let ground = figure.querySelector(".ground");
  if (!ground || ground.children.length !== scene.bars.length) {
    const level = make("div", { class: "level", "aria-hidden": "true" });
    ground = make("div", { class: "ground", role: "group", "aria-label": tr("A bar for each row") });
    for (const bar of scene.bars) {
      const box = make("button", { type: "button", class: "bar", "data-n": bar.L }, ...edges(bar.w, bar.h));
      box.append(make("span", { class: "name", "aria-hidden": "true" }, bar.short));
      ground.append(box);
    }
    figure.replaceChildren(
      make("figcaption", {}, make("strong", {}, tr("Each row")), make("span", { class: "quiet" })),
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
    box.setAttribute("aria-label", tr("{name}: width {w}, height {h}, area {area}", { name: bar.called, w, h, area }));
  });
  const level = figure.querySelector(".level");
  level.hidden = !divided || !levelled;
  place(level, scale, 0, scene.right[0], scene.right[1]);
  const caption = divided && levelled ? tr("in order; the dashed line is the mean, which levels them") : tr("in order");
  figure.querySelector("figcaption .quiet").textContent = caption;
  const under = figure.querySelector(".under");
  const last = built === 0 ? null : scene.bars[built - 1].far;
  under.replaceChildren(
    last
      ? bracket(scene, scale, Math.min(left, widthOf(scene, built)), last)
      : make("p", { class: "quiet" }, tr("no width yet")),
  );
}

function widthOf(scene, built) {
  return scene.bars.slice(0, built).reduce((total, bar) => total + bar.width, 0);
}

function bracket(scene, scale, width, name, letter = scene.letters.total) {
  const line = make("div", { class: "bracket", "aria-hidden": "true" });
  line.style.width = `${(100 * width) / scale.wide}%`;
  return make("div", {}, line, make("p", { class: "tag" }, tr("width {letter} = ", { letter }), number(scene.numbers, name)));
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
    tr("{name}: width {w}, height {h}, area {area}", { name: given.title, w: book[given.width].text, h: book[given.height].text, area: book.sum.text }),
  );
  box.replaceChildren(...edges(given.width, given.height));
  const [width, height] = given.size;
  place(box, scale, 0, width, height);
  tags.style.bottom = `${(100 * height) / scale.high}%`;
  tags.replaceChildren(
    make("p", { class: "tag" }, tr("height = "), number(book, given.height)),
    make("p", { class: "tag" }, tr("area Σ L = "), number(book, "sum")),
  );
  const under = make("div", { class: "under" }, bracket(scene, scale, width, given.width, given.letter));
  figure.replaceChildren(caption, plot, under);
}

function drawPlots(plots, scene, scale, built, divided, hide) {
  const plot = (name) => plots.querySelector(`[data-plot=${name}]`);
  drawBars(plot("bars"), scene, scale, built, divided, !hide.includes("mean"));
  for (const [name, part] of [["right", "mean"], ["wrong", "plain"]]) {
    plot(name).hidden = hide.includes(part);
    plot(name).replaceChildren(...(hide.includes(part) ? [] : plot(name).children));
  }
  const soft = scene.letters.total === "N";
  const waiting = divided ? "" : tr("Comes when all the widths are in.");
  if (!hide.includes("mean")) drawRectangle(plot("right"), scene, scale, {
    title: tr("The mean"),
    words: tr("the same area, levelled over all the widths"),
    mark: "yes",
    kind: "right",
    size: scene.right,
    width: "below",
    height: "mean",
    letter: scene.letters.total,
    instead: waiting,
  });
  if (!hide.includes("plain")) drawRectangle(plot("wrong"), scene, scale, {
    title: tr("Divided by N"),
    words: scene.same
      ? soft
        ? tr("each row counts 1, so this is the same rectangle")
        : tr("the weights add up to N, so this is the same rectangle")
      : tr("the same area, but as wide as there are rows"),
    mark: scene.same ? "yes" : "no",
    kind: scene.same ? "right" : "wrong",
    size: scene.wrong,
    width: "count",
    height: "plain",
    letter: "N",
    instead: waiting || scene.apart,
  });
}
