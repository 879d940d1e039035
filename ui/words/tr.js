/* A text in the language of the page; Python's ui/words finds these texts by their calls. */

let WORDS = {};
let DECIMAL = ".";

/** What Python sends along: payload.words and payload.decimal. */
function speak({ words = {}, decimal = "point" }) {
  WORDS = words;
  DECIMAL = decimal === "comma" ? "," : ".";
}

/** The text with its {fields} filled in. */
function tr(text, values = {}) {
  const said = WORDS[text] ?? text;
  return said.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
