"""Rows, classes and numbers as they are called in a sentence or a formula."""

import math
from string import ascii_uppercase

from ce_core.practice.cells import Cell
from ce_core.practice.reading import MINUS
from ce_core.rule import Rule
from ce_core.words import Numeral, Words, joined, told, words

DECIMALS = 4


def figure(value: float) -> Words:
    """A number for a sentence: at most four decimals, a true minus, no minus zero."""
    return words("{number}", number=Numeral(value, _digits(value)))


def _digits(value: float) -> str:
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return f"{MINUS}∞" if value < 0 else "∞"
    return plain(value).replace("-", MINUS)


def plain(value: float) -> str:
    """A finite number with at most four decimals, and 0 for what is less."""
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def latex(value: float) -> str:
    """The same number for a formula."""
    if math.isnan(value):
        return r"\text{nan}"
    if math.isinf(value):
        return r"-\infty" if value < 0 else r"\infty"
    return plain(value)


def class_name(column: int) -> str:
    """A, B, C, .."""
    return ascii_uppercase[column]


def place(cell: Cell) -> Words | None:
    """Where a cell stands: "row 0, class B"; None for a single number."""
    if cell.row is None:
        return None
    if cell.column is None:
        return words("row {row}", row=cell.row)
    return words("row {row}, class {name}", row=cell.row, name=class_name(cell.column))


def called(cell: Cell, rule: Rule) -> Words:
    """A cell by the title of its step and its place."""
    title, at = quoted(rule.title), place(cell)
    return title if at is None else words("{title}, {place}", title=title, place=at)


def quoted(title: str) -> Words:
    """A title in quotation marks."""
    return words("“{title}”", title=told(title))


def listed(parts: list[Words]) -> Words:
    """One, two and three."""
    if len(parts) == 1:
        return parts[0]
    return words("{first} and {last}", first=joined(parts[:-1], ", "), last=parts[-1])
