/* Numbers as people read them: a true minus, no minus zero, few decimals. The texts are the same
   as those of ui/figures.py, to the last digit, with the decimal sign of the page. */

const DECIMALS = 4;
const SMALL = 1e-4;
const LARGE = 1e6;
const NOISE = 1e-12; // of the value: what float64 leaves of a short decimal, 0.30000000000000004
const MINUS = "\u2212";
const NAMED = { nan: NaN, inf: Infinity, "-inf": -Infinity }; // JSON has no number for these

/** A value of the payload as a number. */
function numberOf(value) {
  return typeof value === "string" ? (NAMED[value] ?? Number(value)) : Number(value);
}

/** A number for a sentence: at most four decimals, fewer where those are exact. */
function figure(value, decimals = DECIMALS) {
  return signed(plain(value, decimals));
}

/** Numbers for a column of a table, with as many decimals each, so that the points line up. */
function column(values, decimals = DECIMALS) {
  const texts = values.map((value) => plain(value, decimals));
  const decimal = /^-?\d*\.?\d*$/;
  const needed = Math.max(
    0,
    ...texts.map((text) => (text.includes("e") ? 0 : (text.split(".")[1] ?? "").length)),
  );
  return texts.map((text, k) =>
    signed(decimal.test(text) ? fixed(values[k], needed) : text),
  );
}

/** All the digits of a float64, as Python writes them. */
function full(value) {
  if (!Number.isFinite(value)) return signed(plain(value, 0));
  const exponent = value ? Number(value.toExponential().split("e")[1]) : 0;
  if (exponent >= -4 && exponent < 16) return signed(String(value));
  const mantissa = value.toExponential().split("e")[0];
  const sign = exponent < 0 ? "-" : "+";
  const digits = String(Math.abs(exponent)).padStart(2, "0");
  return signed(`${mantissa}e${sign}${digits}`);
}

function signed(text) {
  return text.replaceAll("-", MINUS).replace(".", DECIMAL);
}

/** A number's text for a voice: many read neither U+2212 nor a bare e. */
function spoken(text) {
  if (text === "nan") return tr("not a number");
  const [mantissa, power] = text.split("e");
  if (power === undefined) return minus(text.replace("inf", tr("infinity")));
  return tr("{number} times ten to the {power}", { number: minus(mantissa), power: minus(power.replace("+", "")) });
}

function minus(text) {
  return text.startsWith(MINUS) ? tr("minus {number}", { number: text.slice(1) }) : text;
}

/** What a person typed as a number, with a decimal point or comma; undefined if it is none. */
function numberTyped(text) {
  const plain = text.trim().toLowerCase().replaceAll(MINUS, "-");
  if (plain in NAMED) return NAMED[plain];
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d{1,3})?$/.test(plain)) return undefined;
  return Number(plain.replace(",", "."));
}

function plain(value, decimals) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  const size = Math.abs(value);
  if (size < LARGE) {
    let text = "";
    for (let places = 0; places <= decimals; places += 1) {
      text = fixed(value, places);
      if (Math.abs(Number(text) - value) <= NOISE * size) return Number(text) ? text : "0";
    }
    if (size >= SMALL) return text;
  }
  const [mantissa, exponent] = exponential(value).split("e");
  return `${mantissa}e${Number(exponent)}`;
}

/* JavaScript rounds a tie away from zero, Python to the even digit: 0.03125 is 0.0312. */
function fixed(value, places) {
  const text = value.toFixed(places);
  const size = Math.abs(value);
  // a tie at this place is an odd number of halves of it, and so of 2^-(places + 1)
  if ((size * 2 ** (places + 1)) % 2 !== 1) return text;
  const below = Math.floor(size * 10 ** places);
  if (below % 2) return text;
  return (value < 0 ? "-" : "") + (below / 10 ** places).toFixed(places);
}

function exponential(value) {
  const [mantissa, exponent] = value.toExponential(60).split("e");
  const [, kept, rest] = /^(-?\d\.\d\d)(\d*)$/.exec(mantissa);
  const even = "02468".includes(kept.at(-1));
  return even && /^50*$/.test(rest) ? `${kept}e${exponent}` : value.toExponential(2);
}
