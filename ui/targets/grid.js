/* The two grids drawn: a mask of letters and patterns, and the losses beside it. */

const IGNORED = "-";
const pattern = (letter) => (letter === IGNORED ? "out" : letter);

function made(kind, attributes = {}, ...children) {
  const element = document.createElement(kind);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A cell of the mask: its pattern, and its letter on top. */
function paintCell(cell, letter) {
  cell.className = `cell ${pattern(letter)}`;
  cell.replaceChildren(made("b", { "aria-hidden": "true" }, letter === IGNORED ? "–" : letter));
}

/** Both grids with empty cells; the mask's are those of a grid that is walked with the arrows. */
function buildGrids(mask, heat, { rows, columns }) {
  for (const grid of [mask, heat]) grid.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
  mask.setAttribute("aria-rowcount", rows);
  mask.setAttribute("aria-colcount", columns);
  const cells = [];
  const lines = Array.from({ length: rows }, (_, row) => {
    const line = Array.from({ length: columns }, (_none, column) => {
      const cell = made("div", { role: "gridcell", tabindex: row || column ? "-1" : "0", "data-k": row * columns + column, "aria-colindex": column + 1 });
      cells.push(cell);
      return cell;
    });
    return made("div", { role: "row", "aria-rowindex": row + 1 }, ...line);
  });
  mask.replaceChildren(...lines);
  const warm = cells.map((_, k) => made("div", { class: "cell", "data-k": k }));
  heat.replaceChildren(...warm);
  return { cells, warm };
}

/** The sentence with its {keys} as keys of a keyboard. */
function keyed(sentence, keys) {
  return sentence.split(/\{(\w+)\}/).map((part, k) => (k % 2 ? made("kbd", {}, keys[part] ?? part) : part));
}

/** The words around the grids, in the language of the page. */
function wording(part) {
  part("legend").textContent = tr("Brush");
  const how = tr("Paint with the mouse or a finger. With the keyboard: arrows move, Space paints, {first}, {second}, {third} paint that class, {i} ignores the pixel.");
  part("how").replaceChildren(...keyed(how, { first: "0", second: "1", third: "2" }));
  part("title").textContent = tr("Target: the mask");
  part("mask").setAttribute("aria-label", tr("Mask to paint"));
  part("beside").textContent = tr("Loss of each pixel");
}

/** One radio button per brush. */
function buildBrushes(box, classes) {
  for (const label of box.querySelectorAll("label")) label.remove();
  for (const [letter, name] of classes) {
    const cell = made("span", { "aria-hidden": "true" });
    paintCell(cell, letter);
    box.append(made("label", {}, made("input", { type: "radio", name: "brush", value: letter }), cell, name));
  }
}
