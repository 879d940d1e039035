/* Rows of buttons, one of each pressed; a press is told to Python. */

function button({ value, label, lang }, row, tell) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  if (lang) made.lang = lang;
  if (row.label) made.setAttribute("aria-pressed", String(value === row.chosen));
  made.dataset.at = `${row.name} ${value}`;
  made.onclick = () => {
    if (value !== row.chosen) tell({ name: row.name, value });
  };
  return made;
}

function line(row, tell) {
  const made = document.createElement("div");
  made.className = "row";
  if (row.label) {
    const label = document.createElement("span");
    label.textContent = row.label;
    label.id = `of-${row.name}`;
    made.setAttribute("role", "group");
    made.setAttribute("aria-labelledby", label.id);
    made.append(label);
  }
  made.append(...row.buttons.map((one) => button(one, row, tell)));
  return made;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const element = parentElement.querySelector(".wce-language");
  const held = element.getRootNode().activeElement?.dataset.at; // keeps its focus over the redrawing
  element.replaceChildren(...data.rows.map((row) => line(row, (sent) => setTriggerValue("chosen", sent))));
  if (held) element.querySelector(`[data-at="${held}"]`)?.focus();
}
