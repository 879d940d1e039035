"""Rows, classes and numbers as they are called in a sentence or a formula."""

import math
from string import ascii_uppercase

from ce_core.practice.cells import Cell
from ce_core.practice.reading import MINUS
from ce_core.rule import Rule

DECIMALS = 4


def figure(value: float) -> str:
    """A number for a sentence: at most four decimals, a true minus, no minus zero."""
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


def place(cell: Cell) -> str:
    """Where a cell stands, after a comma: ", row 0, class B"; "" for a single number."""
    row = "" if cell.row is None else f", row {cell.row}"
    return row if cell.column is None else f"{row}, class {class_name(cell.column)}"


def called(cell: Cell, rule: Rule) -> str:
    """A cell by the title of its step and its place."""
    return f"“{rule.title}”{place(cell)}"


def listed(words: list[str]) -> str:
    """One, two and three."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
