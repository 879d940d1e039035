"""One cell of a table: a number, a word, or nothing."""

import re
from collections.abc import Iterable

MISSING = {"", "na", "n/a", "nan", "null", "none", "?", "-"}
NUMBER = re.compile(r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d{1,4})?", re.ASCII)


def is_missing(text: str) -> bool:
    """Whether the cell says that there is no value."""
    return text.strip().lower() in MISSING


def number(text: str) -> float | None:
    """The cell's number, with a decimal point or comma; None where it holds no finite one."""
    text = text.strip()
    if not NUMBER.fullmatch(text):
        return None
    value = float(text.replace(",", "."))
    return value if abs(value) < float("inf") else None


def holds_numbers(cells: Iterable[str]) -> bool:
    """Whether there are numbers, also infinite ones, wherever there is something."""
    there = [text for text in cells if not is_missing(text)]
    return bool(there) and all(number(text) is not None or _infinite(text) for text in there)


def _infinite(text: str) -> bool:
    return text.strip().lstrip("+-").lower() in ("inf", "infinity")


def values(cells: Iterable[str]) -> set[str]:
    """The different things that stand in cells."""
    return {text for text in cells if not is_missing(text)}
