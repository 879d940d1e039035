/* The table: one sample with a row per class and a column per stage, or the batch with a row per
   sample. Steps that come later are not drawn. */

/** @returns {HTMLTableElement} */
function tableOf(walk, place, view) {
  const step = walk.step(place.step);
  const plan = view === "sample" ? sampleOf(walk, place) : step.axes === "cell" ? cellsOf(walk, place) : batchOf(walk, place);
  const table = el("table", { role: "grid" }, el("caption", {}, el("span", {}, plan.caption)));
  const head = el("tr", {}, el("td", { class: "corner" }));
  plan.columns.forEach((one) => head.append(headOf(walk, place, one)));
  table.append(el("thead", {}, head));
  const texts = plan.columns.map(({ ids }) => walk.shownColumn(ids));
  const body = el("tbody");
  plan.rows.forEach((row, r) => {
    const line = el("tr", { class: row.looked ? "looked" : null }, row.head);
    plan.columns.forEach((one, c) => line.append(cellOf(walk, place, one, one.ids[r], texts[c][r], row.spoken)));
    body.append(line);
  });
  if (plan.more)
    body.append(el("tr", { class: "fold" }, el("th", { colspan: plan.columns.length + 1 }, plan.more)));
  table.append(body);
  if (plan.feet.length) table.append(feetOf(walk, place, plan));
  return table;
}

function moreRows(count) {
  if (count <= 0) return "";
  return count === 1 ? tr("+ 1 more row") : tr("+ {count} more rows", { count });
}

function moreClasses(count) {
  if (count <= 0) return "";
  return count === 1 ? tr("+ 1 more class") : tr("+ {count} more classes", { count });
}

/** The inputs and steps up to the place's, of the given axes, in the order they are needed. */
function stagesTo(walk, place, kinds) {
  const keys = new Set();
  for (const step of walk.steps.slice(0, walk.indexOf.get(place.step) + 1))
    for (const key of [...step.reads.map(({ name }) => name), step.key]) if (kinds.includes(walk.axes(key))) keys.add(key);
  return [...keys];
}

function sampleOf(walk, place) {
  const { target } = walk.row(place.row);
  const keys = stagesTo(walk, place, ["cell", "class"]);
  const name = walk.rowName(place.row);
  return {
    caption: tr("{row}, a row for each class", { row: capital(name) }),
    columns: keys.map((key) => ({ key, ids: walk.classes.map((one) => walk.id(key, place.row, one)) })),
    rows: walk.classes.map((one) => ({
      head: rowHead(`class/${one}`, walk.className(one), one === target, one === place.class),
      spoken: tr("class {name}", { name: walk.className(one) }),
      looked: one === place.class,
    })),
    more: moreClasses(walk.moreClasses),
    feet: underneath(walk, place, keys, "row"),
    footName: name,
  };
}

function batchOf(walk, place) {
  // what only leads to a table of all classes belongs to one sample, as the row sum does
  const leads = (key) => walk.step(key) && walk.ofOneSample(walk.step(key)) && walk.steps.some(({ axes, reads }) => axes === "cell" && reads.some(({ name }) => name === key));
  const keys = stagesTo(walk, place, ["row"]).filter((key) => key === place.step || !leads(key));
  return {
    caption: tr("The whole batch, a row for each sample"),
    columns: keys.map((key) => ({ key, ids: walk.rows.map((row) => walk.id(key, row, place.class)) })),
    rows: walk.rows.map((row) => sampleRow(walk, place, row)),
    more: moreRows(walk.moreRows),
    feet: underneath(walk, place, keys, "one"),
    footName: tr("all rows"),
  };
}

function cellsOf(walk, place) {
  return {
    caption: tr("{title}, the whole batch: a row for each sample, a column for each class", { title: walk.title(place.step) }),
    columns: walk.classes.map((one) => ({
      key: place.step,
      class: one,
      ids: walk.rows.map((row) => walk.id(place.step, row, one)),
    })),
    rows: walk.rows.map((row) => sampleRow(walk, place, row)),
    more: [moreRows(walk.moreRows), moreClasses(walk.moreClasses)].filter(Boolean).join(", "),
    feet: [],
  };
}

function sampleRow(walk, place, row) {
  const { label, target, ignored } = walk.row(row);
  const asked = target === null ? "" : ignored ? tr("ignored") : walk.className(target);
  const head = rowHead(`row/${row}`, label, false, row === place.row);
  if (asked) head.append(" ", el("span", { class: "asked" }, ignored ? undefined : mark("target"), asked));
  return { head, spoken: walk.rowName(row), looked: row === place.row };
}

function rowHead(ref, text, target, looked) {
  return el(
    "th",
    { scope: "row", "data-ref": ref, tabindex: -1, "aria-selected": looked ? "true" : "false" },
    el("span", { class: "name" }, text),
    target ? [mark("target"), el("span", { class: "spoken" }, tr(", the target"))] : undefined,
  );
}

function headOf(walk, place, { key, class: one }) {
  const now = key === place.step;
  const isStep = walk.indexOf.has(key);
  const name = one === undefined ? undefined : walk.className(one);
  return el(
    "th",
    {
      scope: "col",
      class: `${now ? "now " : ""}c-${walk.concept(key)}`,
      "data-ref": one === undefined ? `step/${key}` : `class/${one}`,
      "data-step": isStep,
      tabindex: -1,
    },
    name === undefined
      ? [el("span", { class: "head" }, mark(walk.concept(key)), letter(walk, key)), el("span", { class: "title" }, walk.title(key))]
      : el("span", { class: "head name" }, name),
  );
}

function cellOf(walk, place, { key, class: one }, id, text, rowSpoken) {
  const named = one === undefined ? rowSpoken : tr("{row}, class {class}", { row: rowSpoken, class: walk.className(one) });
  return el(
    "td",
    {
      class: `${key === place.step ? "now " : ""}number c-${walk.concept(key)}`,
      "data-id": id,
      "data-ref": id,
      tabindex: -1,
      "aria-label": `${spokenLetter(walk, key)}, ${named}: ${spoken(text)}`,
    },
    text,
  );
}

/** Which numbers of the whole row (or batch) stand under which column: under what they are made of. */
function underneath(walk, place, keys, axes) {
  const columnOf = new Map(keys.map((key, k) => [key, k]));
  const feet = [];
  for (const step of walk.steps.slice(0, walk.indexOf.get(place.step) + 1)) {
    if (step.axes !== axes) continue;
    const read = step.reads.map(({ name }) => name).filter((name) => columnOf.has(name));
    const alike = read.find((name) => walk.concept(name) === walk.concept(step.key));
    const under = columnOf.get(alike ?? read[0]) ?? (axes === "row" ? 0 : keys.length - 1);
    const line = feet.filter((foot) => foot.column === under).length;
    columnOf.set(step.key, under);
    feet.push({ key: step.key, column: under, line });
  }
  return feet;
}

function feetOf(walk, place, { columns, feet, footName }) {
  const lines = Math.max(...feet.map(({ line }) => line)) + 1;
  const foot = el("tfoot");
  for (let line = 0; line < lines; line += 1) {
    const row = el("tr", {}, line ? el("td") : el("th", { scope: "row", class: "of-all" }, footName));
    columns.forEach((_, c) => {
      const found = feet.find((one) => one.line === line && one.column === c);
      row.append(found ? footCell(walk, place, found.key, footName) : el("td"));
    });
    foot.append(row);
  }
  return foot;
}

function footCell(walk, place, key, footName) {
  const id = walk.id(key, place.row, place.class);
  const part = place.term && key === place.step;
  const text = part ? figure(totalOf(walk, walk.building(place).added)) : walk.shown(id);
  const said = part ? tr("{number} so far", { number: spoken(text) }) : spoken(text);
  return el(
    "td",
    {
      class: `${key === place.step ? "now " : ""}number foot c-${walk.concept(key)}`,
      "data-id": id,
      "data-ref": id,
      tabindex: -1,
      "aria-label": `${spokenLetter(walk, key)}, ${walk.title(key)}, ${footName}: ${said}`,
    },
    el("span", { class: "pair" }, letter(walk, key), el("span", { class: "value" }, text)),
  );
}
