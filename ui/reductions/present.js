// For a room: a card's numbers stay covered until they are asked for, one card after the other.

const ONWARD = [" ", "ArrowRight", "PageDown"];
const BACK = ["ArrowLeft", "PageUp"];
const TYPED_IN = "input, select, textarea, [contenteditable=true]";

// The cards that are still covered; sentence and picture, which tell them all, come after the last.
function veil(root, shown) {
  const cards = [...root.querySelectorAll(".cards:not(.three) > .card")];
  cards.forEach((card, k) => card.classList.toggle("veiled", k >= shown));
  root.classList.toggle("asking", shown <= cards.length);
  return cards.length + 1 - shown;
}

// How far a key goes: 1 is to the next card, -1 back, 0 is not meant for the cards.
function stride(event, left) {
  const [target] = event.composedPath();
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return 0;
  if (target.matches?.(TYPED_IN) || (event.key === " " && target.matches?.("button, a, summary"))) return 0;
  if (ONWARD.includes(event.key)) return left > 0 ? 1 : 0;
  return BACK.includes(event.key) && (left > 0 || event.key === "ArrowLeft") ? -1 : 0;
}
