/* The keys: one table that both binds them and draws the help. */

/** @type {{press: string, shift?: boolean, ctrl?: boolean, where: "outside" | "table" | "both", say?: () => string, does?: () => string, act: string, by?: number[]}[]} */
const KEYS = [
  { press: "ArrowRight", where: "outside", say: () => "→", does: () => tr("Next step"), act: "forward" },
  { press: "ArrowLeft", where: "outside", say: () => "←", does: () => tr("Step back"), act: "back" },
  { press: "ArrowRight", shift: true, where: "both", say: () => tr("Shift →"), does: () => tr("Next step, from inside the table"), act: "forward" },
  { press: "ArrowLeft", shift: true, where: "both", say: () => tr("Shift ←"), does: () => tr("Step back, from inside the table"), act: "back" },
  { press: "ArrowRight", where: "table", say: () => "→ ← ↑ ↓", does: () => tr("Move over the table's cells"), act: "move", by: [0, 1] },
  { press: "ArrowLeft", where: "table", act: "move", by: [0, -1] },
  { press: "ArrowDown", where: "table", act: "move", by: [1, 0] },
  { press: "ArrowUp", where: "table", act: "move", by: [-1, 0] },
  { press: "Home", where: "table", say: () => tr("Home, End"), does: () => tr("First and last cell of the line"), act: "move", by: [0, -Infinity] },
  { press: "End", where: "table", act: "move", by: [0, Infinity] },
  { press: "Home", ctrl: true, where: "table", say: () => tr("Ctrl Home, Ctrl End"), does: () => tr("First and last cell of the table"), act: "move", by: [-Infinity, -Infinity] },
  { press: "End", ctrl: true, where: "table", act: "move", by: [Infinity, Infinity] },
  { press: "Enter", where: "table", say: () => tr("Enter or Space"), does: () => tr("Keep the card of a number, look at a row or class, go to a column's step"), act: "choose" },
  { press: " ", where: "table", act: "choose" },
  { press: "Escape", where: "both", say: () => tr("Esc"), does: () => tr("Let go of a number"), act: "letGo" },
];
// what a presenter's clicker sends, beside the arrows
const PRESENTING = [
  { press: "PageDown", where: "both", say: () => tr("Space, Page Down"), does: () => tr("Show the numbers, then the next step"), act: "forward" },
  { press: " ", where: "outside", act: "forward" },
  { press: "PageUp", where: "both", say: () => tr("Page Up"), does: () => tr("Step back"), act: "back" },
];
const STEPPING = ["forward", "back"];
// what needs the arrow keys itself
const TAKES_ARROWS =
  "input,textarea,select,canvas,audio,video,iframe,dialog,[contenteditable],[role=slider],[role=grid],[role=listbox]," +
  "[role=combobox],[role=menu],[role=tablist],[role=radiogroup],[role=spinbutton],[role=tree],[role=dialog]";

/** The keys of a ledger: a presented one has more, and one that shows a single step has fewer. */
function keysOf({ present, hide }) {
  const keys = present ? [...PRESENTING, ...KEYS] : KEYS;
  return hide.includes("stepping") && !present ? keys.filter(({ act }) => !STEPPING.includes(act)) : keys;
}

/** The entry of the table for a key press; undefined where it has another meaning. */
function keyOf(event, inTable, keys) {
  if (event.defaultPrevented || event.isComposing || event.altKey || event.metaKey) return undefined;
  const where = inTable ? "table" : "outside";
  return keys.find(
    (key) =>
      key.press === event.key &&
      (key.where === where || key.where === "both") &&
      Boolean(key.shift) === event.shiftKey &&
      Boolean(key.ctrl) === event.ctrlKey,
  );
}

/** Whether a key pressed somewhere on the page is free to step. */
function isFree(event) {
  const taken = event.key === " " ? `${TAKES_ARROWS},button,summary,a,[role=button]` : TAKES_ARROWS;
  return event.composedPath().every((node) => !(node instanceof Element) || !node.matches(taken));
}

function helpOf(keys) {
  const list = el("dl");
  for (const { say, does } of keys.filter((key) => key.say)) list.append(el("div", {}, el("dt", {}, el("kbd", {}, say())), el("dd", {}, does())));
  return el("details", { class: "keys" }, el("summary", {}, tr("Keys")), list);
}
