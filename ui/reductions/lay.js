// Where the parts stand: what is left out, what is folded in a frame, and the switch beside them.

function lay(root, state, hides) {
  const { framed, present } = state.data;
  root.classList.toggle("framed", framed);
  root.classList.toggle("present", present);
  root.classList.toggle("asking", false);
  if (hides("picture")) state.areas.remove();
  else if (!state.areas.isConnected) root.insertBefore(state.areas, root.querySelector("[data-fold]"));
  const [row, rows] = ["controls", "rows"].map((part) => state.areas.querySelector(`[data-part=${part}]`));
  const label = [root, state.areas].map((one) => one.querySelector(".switch")).find((one) => one);
  if (framed && !hides("picture")) row.append(label, state.areas.querySelector("[data-do=rows]"));
  else root.querySelector("[data-part=head]").append(label);
  if (!framed) rows.before(state.areas.querySelector("[data-do=rows]"));
  root.querySelector("[data-do=reveal]").hidden = !present;
  for (const section of root.querySelectorAll("[data-fold]")) {
    const title = section.querySelector("h2");
    const open = !framed || state.open.has(title.id);
    section.querySelector("[data-body]").hidden = !open;
    const given = { type: "button", class: "do second", "data-do": "fold", "aria-expanded": String(open) };
    if (framed) title.replaceChildren(make("button", given, title.textContent));
  }
}
