/* Numbers as people type them, and as the field shows them. */

const MINUS = "−";
const POINT = /\./g;

/** The number a text holds, or NaN: a decimal comma and the true minus are read, 1e3 too. */
function numberOf(text) {
  const plain = text.trim().replace(/[\u2212\u2013]/g, "-").replace(/^([-+]?\d*),(\d+)(e[-+]?\d+)?$/i, "$1.$2$3").replace(/(?<=\d)[\s\u00a0\u202f](?=\d)/g, "");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}

/** A number without noise, with the decimal sign of the page: 0.30000000000000004 is 0.3. */
function textOf(value) {
  return String(Number(value.toPrecision(12))).replace(/-/g, MINUS).replace(POINT, DECIMAL);
}

/** Why a text cannot be the slider's number; "" where it can. */
function faultOf(text, { low, high, whole }) {
  const value = numberOf(text);
  if (Number.isFinite(value) && low <= value && value <= high && (!whole || Number.isInteger(value))) return "";
  const ends = { low: textOf(low), high: textOf(high) };
  return whole
    ? tr("This must be a whole number from {low} to {high}, so it stays at the last one.", ends)
    : tr("This must be a number from {low} to {high}, so it stays at the last one.", ends);
}

/** Where a number stands on the slider; over powers of ten, its distance from zero counts in them. */
function placeOf(value, { powers }) {
  return powers ? Number((Math.sign(value) * Math.log10(1 + Math.abs(value))).toFixed(4)) : value;
}

/** The number at a place; over powers of ten, one of three digits. */
function numberAt(place, { powers, low, high, step }) {
  if (!powers) return place;
  const value = Math.sign(place) * (10 ** Math.abs(place) - 1);
  return Math.abs(value) < step / 2 ? 0 : Math.min(Math.max(Number(value.toPrecision(3)), low), high);
}
