"""A typed text as a number, said back as it was understood; what cannot be read is never wrong."""

import math
import re
from dataclasses import dataclass

from ce_core.words import Numeral, Words, words

MINUS = "−"
LONGEST = 40
LARGEST = 308  # powers of ten beyond are no floats; 0e999 is typed, and is 0
# Signs and digits as keyboards and word processors write them, to the ones that are read.
PLAIN = {
    **{ord(sign): "-" for sign in "−–—‐‑‒﹣"},
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width ASCII
    ord("∞"): "inf",
    ord("⁄"): "/",
    ord("∕"): "/",
}
DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,4})?", re.ASCII)
AFTER_SIGN = re.compile(r"^([+-])\s+")
LONE_POINT = re.compile(r"(?<=\d)\.(?!\d)")  # the last one of "5.", which says no more than "5"
OTHER_SIGN = re.compile(r"[^\d.e+/\s-]", re.ASCII)  # what no fraction has in it
PUNCTUATION = " ;:!?.,…'\"`)]}="
NOTHING = ("-", "--", "ignore", "ignored", "none", "nothing", "null", "n/a", "na")
UNSAID = words("")
NAMED = {"inf": math.inf, "infinity": math.inf, "nan": math.nan}
TOO_LARGE = words(
    "It is larger than any float, about {most}. Type inf for that.",
    most=Numeral(1.8e308, "1.8e308"),
)


@dataclass(frozen=True)
class Reading:
    """A typed text, understood or not.

    Attributes:
        value: the number; None where there is none.
        text: how it was understood, "read as −1.70"; "" where it was not.
        fault: what is wrong and what to type instead; "" where nothing is, or nothing was typed.
        tolerance: half a unit of the last digit typed, 0.005 for "−1.70"; 0 for a fraction.
    """

    value: float | None
    text: Words = UNSAID
    fault: Words = UNSAID
    tolerance: float = 0.0


def read(text: str) -> Reading:
    """The number in a text: a decimal with point or comma, a fraction, 1e-3, inf or nan."""
    plain = text.translate(PLAIN).strip().lower()
    if not plain:
        return Reading(None)
    if fault := _fault(plain):
        return Reading(None, fault=fault)
    plain = AFTER_SIGN.sub(r"\1", LONE_POINT.sub("", plain.replace(",", ".")))
    if "/" in plain and not OTHER_SIGN.search(plain):
        return _fraction(plain)
    sign, name = (plain[0], plain[1:]) if plain[0] in "+-" else ("", plain)
    if name in NAMED:
        value = -NAMED[name] if sign == "-" else NAMED[name]
        if math.isnan(value):
            return Reading(value, words("read as nan, not a number"))
        return Reading(value, _read_as(value, _signed(value, "∞")))
    if not DECIMAL.fullmatch(plain):
        return Reading(
            None,
            fault=words(
                "'{text}' is not a number. Type digits, such as {example:.2f}; 1/3, 1e-3, inf and "
                "nan are read too.",
                text=_short(plain),
                example=0.31,
            ),
        )
    value = float(plain)
    if math.isinf(value):
        return Reading(None, fault=TOO_LARGE)
    read_as = _read_as(value, _signed(value, plain.lstrip("+-")))
    return Reading(value, read_as, tolerance=_half_unit(plain))


def _read_as(value: float, digits: str) -> Words:
    return words("read as {number}", number=Numeral(value, digits))


def _fault(plain: str) -> Words:
    """What makes a text unreadable although there are digits in it."""
    if len(plain) > LONGEST:
        return words(
            "This is longer than {most} characters. Type one number with a few digits.",
            most=LONGEST,
        )
    if plain in NOTHING:
        return words("Type a number; 0 where nothing counts.")
    if rest := _after_number(plain):
        return words("There is '{rest}' after the number. Type the number alone.", rest=rest)
    if "." in plain and "," in plain:
        return words(
            "It has a point and a comma. Use one of them as the decimal mark, and no other."
        )
    if (
        plain.count(",") > 1
        or re.search(r"\d\s*;.*\d", plain)
        or re.search(r"\d,?\s+[-+.\d]", plain)
    ):
        return words("There is more than one number in it. Type one, without spaces.")
    if plain.count(".") > 1 and "/" not in plain:
        return words("It has two points. Use one decimal mark and no other.")
    if "%" in plain:
        return words("A percent sign is not read. Type {quarter:.2f} for 25 %.", quarter=0.25)
    return UNSAID


def _after_number(plain: str) -> str:
    """The punctuation after what could be read without it; "" where there is none."""
    number = plain.rstrip(PUNCTUATION)
    if number == plain or DECIMAL.fullmatch(plain.replace(",", ".")):
        return ""
    return plain[len(number) :].strip() if read(number).value is not None else ""


def _fraction(plain: str) -> Reading:
    parts = [part.strip() for part in plain.split("/")]
    if len(parts) != 2 or not all(DECIMAL.fullmatch(part) for part in parts):
        return Reading(
            None,
            fault=words(
                "'{text}' is not a fraction. Type it like 1/3, or as a decimal.",
                text=_short(plain),
            ),
        )
    top, bottom = (float(part) for part in parts)
    if bottom == 0 or math.isinf(top) or math.isinf(bottom):
        return Reading(
            None,
            fault=words(
                "This fraction has no value that is finite. Type inf or nan if you mean that."
            ),
        )
    value = top / bottom
    if math.isinf(value):
        return Reading(None, fault=TOO_LARGE)
    above, below = (Numeral(float(part), _signed(float(part), part.lstrip("+-"))) for part in parts)
    return Reading(
        value,
        words(
            "read as {above}/{below} = {number}",
            above=above,
            below=below,
            number=Numeral(value, _signed(value, f"{abs(value):.4g}")),
        ),
    )


def _half_unit(plain: str) -> float:
    """Half a unit of the last digit: 0.005 for "1.70", 0.5 for "3", 0.0005 for "1e-3"."""
    digits, _, exponent = plain.partition("e")
    decimals = len(digits.partition(".")[2])
    return 0.5 * 10.0 ** min(int(exponent or 0) - decimals, LARGEST)


def _signed(value: float, size: str) -> str:
    """A number's text with a true minus; -0 has none."""
    return f"{MINUS if value < 0 else ''}{size}"


def _short(plain: str) -> str:
    return plain if len(plain) <= 12 else plain[:11] + "…"
