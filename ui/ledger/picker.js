/* Which row is looked at: a list, and for rows with several axes a small picture to pick from. */

const MOST_SQUARES = 400;

function pickerOf(walk) {
  const select = el("select", { "data-pick": "row" });
  walk.rows.forEach((row) => select.append(el("option", { value: row }, rowText(walk, row))));
  return el("label", { class: "pick" }, el("span", { class: "what" }, tr("Row")), select);
}

function rowText(walk, row) {
  const { label, target, ignored } = walk.row(row);
  const asked = target === null ? "" : ignored ? ` · ${tr("ignored")}` : ` · ${walk.className(target)}`;
  return label + asked;
}

/** A square for each position, the darker the larger its loss; undefined where there is one axis. */
function positionsOf(walk, place) {
  const { shape } = walk.payload.case;
  const count = shape.reduce((product, size) => product * size, 1);
  if (shape.length < 2 || count > MOST_SQUARES) return undefined;
  const wide = shape.at(-1);
  const high = shape.length > 2 ? shape.at(-2) : 1;
  const losses = walk.rows.map((row) => walk.number(walk.id("losses", row))).filter(Number.isFinite);
  const largest = Math.max(0, ...losses) || 1;
  const picture = el("div", { class: "positions", role: "group", "aria-label": tr("Positions by their loss") });
  for (let first = 0; first < count; first += wide * high) {
    const sheet = el("div", { class: "positions-of" });
    sheet.style.setProperty("--wide", wide);
    for (let row = first; row < first + wide * high; row += 1) sheet.append(squareOf(walk, place, row, largest));
    picture.append(sheet);
  }
  return picture;
}

function squareOf(walk, place, row, largest) {
  const known = walk.row(row);
  if (!known) return el("span", { class: "square" });
  const id = walk.id("losses", row);
  const loss = walk.number(id);
  const square = el("button", {
    type: "button",
    class: `square${known.ignored ? " ignored" : ""}`,
    "data-go-row": row,
    tabindex: -1,
    "aria-pressed": row === place.row ? "true" : "false",
    "aria-label": tr("{row}, loss {number}", { row: walk.rowName(row), number: spoken(walk.shown(id)) }),
  });
  square.style.setProperty("--share", walk.veiled("losses") ? 0 : Number.isFinite(loss) ? Math.max(0, loss / largest) : 1);
  return square;
}
