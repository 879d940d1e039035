"""What the commas in a person's numbers are: decimal signs, marks of thousands, or between two."""

import re
from dataclasses import dataclass

INNER = re.compile(r"(?<=\d),(?=\d)")
PART = re.compile(r"[^\s;()\[\]]+")  # what neither a space nor a semicolon nor a bracket parts
APART = re.compile(r"\d(?:\s|;|,\s)\s*[-+\u2212]?\d")  # two numbers with more than a comma between
PAIR = re.compile(r"(?:0|[-+\u2212]?[1-9]\d*),(?:0|[1-9]\d*),?")  # may be two whole numbers


@dataclass(frozen=True)
class Decided:
    """A text whose commas have been read.

    Attributes:
        text: the same with points before the decimals; a comma that is left parts two numbers.
        doubtful: whether the commas may have been meant otherwise.
    """

    text: str
    doubtful: bool = False


def decide(text: str, *, comma: bool) -> Decided:
    """Read the commas of a text with numbers in it.

    A comma between digits is a decimal sign where no point stands for one and no number would
    have two of them. Inside brackets it parts two numbers, as in Python, unless decimal commas
    are asked for and something else parts them: [0,4; 0,36].

    Args:
        text: one number or several.
        comma: whether the person writes decimal commas.
    """
    text = _without_thousands(text)
    parts = [part for part in PART.findall(text) if INNER.search(part)]
    if not parts or "." in text or any(len(INNER.findall(part)) > 1 for part in parts):
        return Decided(text)
    either = all(PAIR.fullmatch(part) for part in parts)
    brackets, apart = "[" in text, bool(APART.search(text))
    pointed = INNER.sub(".", text)
    if not brackets:
        return Decided(pointed, either and not comma)
    if not either or (comma and apart):
        return Decided(pointed)
    return Decided(text, apart or comma)


def _without_thousands(text: str) -> str:
    """1,752.9 and 1.752,9 without the marks between the thousands."""
    bare = text.strip()
    if re.fullmatch(r"[-+\u2212]?\d{1,3}(,\d{3})+\.\d+", bare):
        return bare.replace(",", "")
    if re.fullmatch(r"[-+\u2212]?\d{1,3}(\.\d{3})+,\d+", bare):
        return bare.replace(".", "").replace(",", ".")
    return text
