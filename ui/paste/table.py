"""Reads a table of bare numbers, with or without names above its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ce_core.words import words

from .build import uneven
from .layout import Style, layout
from .numeric import CELL, is_numeric
from .record import MAX_NUMBERS, NOTHING, PasteError, shown

POINTED = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+")  # where a comma stands before the decimals
THOUSANDS = re.compile(POINTED.pattern + r",\d+")


@dataclass
class Table:
    """The numbers, the names above the columns, and what was decided on the way."""

    values: np.ndarray
    columns: tuple[str, ...] | None = None
    notes: list[str] = field(default_factory=list)


def read_table(
    lines: Sequence[tuple[int, str]], most: int = MAX_NUMBERS, header: str | None = None
) -> Table:
    """The table in these (line number, text) pairs; `header` is the line above them."""
    rows, style = layout(lines, header)
    if not rows:
        raise PasteError(words(NOTHING))
    table = Table(np.array([]), notes=[style.note] if style.note else [])
    numbers: list[list[float]] = []
    for place, (line, text) in enumerate(rows):
        cells = style.cells(text)
        numbers.append([number_in(cell, style, line, column) for column, cell in enumerate(cells)])
        if len(numbers[-1]) != len(numbers[0]):
            raise PasteError(uneven(line, place + 1, len(numbers[-1]), len(numbers[0])))
        if len(numbers) * len(numbers[0]) > most:
            raise PasteError(
                words(
                    "The table holds more than {most:,} numbers, the most that can be read here. "
                    "Take fewer rows, or upload it as a .csv or .npy file.",
                    most=most,
                )
            )
    table.values = np.array(numbers)
    return named(table, style.names(header))


def named(table: Table, names: tuple[str, ...] | None) -> Table:
    """The table with its header: an index column goes, one column or one bare row becomes 1-D."""
    values, width = table.values, table.values.shape[1]
    if names is not None:
        if len(names) == width - 1:
            names = ("", *names)
        if len(names) != width:
            raise PasteError(
                words(
                    "The first line has {names} names and the rows have {width} numbers. "
                    "Give each column one name, or take the line out.",
                    names=len(names),
                    width=width,
                )
            )
        if not names[0].strip():
            values, names = values[:, 1:], names[1:]
            table.notes.append(
                words("The first column has no name and was left out as the row index.")
            )
        listed = shown(", ".join(names))
        table.notes.append(words("The first line was read as names: {names}.", names=listed))
        table.columns = names
    if values.shape[1] == 1:
        values = values[:, 0]
    elif len(values) == 1 and names is None:
        values = values[0]
    table.values = values
    return table


def number_in(cell: str, style: Style, line: int, column: int) -> float:
    """The number of a cell; its line counts from 1 and its column from 0.

    Raises:
        PasteError: it holds none.
    """
    if style.decimal:
        cell = _with_point(cell, line, column)
    if not CELL.fullmatch(cell):
        found = (
            "Line {line}, column {column}: '{text}' stands where a number must be. "
            "Write a number, or nan, or take the row out."
        )
        empty = (
            "Line {line}, column {column}: nothing stands where a number must be. "
            "Write a number, or nan, or take the row out."
        )
        said, text = (found, shown(cell, 30)) if cell else (empty, "")
        raise PasteError(words(said, line=line, column=column + 1, text=text))
    digits = cell.replace("_", "")
    if not digits.lstrip("+-").isdigit():
        return float(digits)
    if len(digits) > 20 or not -(2**63) <= int(digits) < 2**63:
        raise PasteError(
            words(
                "Line {line}, column {column}: {text} is beyond the largest whole number that "
                "torch can hold (int64). Write it with a decimal point, or smaller.",
                line=line,
                column=column + 1,
                text=shown(cell, 24),
            )
        )
    return int(digits)


def _with_point(cell: str, line: int, column: int) -> str:
    """A number with a decimal comma, as 1.234,5 or 2,5, written with a point."""
    if POINTED.fullmatch(cell):
        raise PasteError(
            words(
                "Line {line}, column {column}: '{text}' has a point, and other numbers of the "
                "table have a decimal comma: it cannot be told whether it is a thousand. Write "
                "all with commas, or all with points.",
                line=line,
                column=column + 1,
                text=shown(cell, 30),
            )
        )
    whole = cell.replace(".", "") if THOUSANDS.fullmatch(cell) else cell
    return whole.replace(",", ".", 1)


def split_header(lines: Sequence[str]) -> tuple[str | None, list[tuple[int, str]]] | None:
    """A header, if there is one, and the rows, if the whole text is one table; else None."""
    rows = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
    rows = [(n, line) for n, line in rows if not line.lstrip().startswith("#")]
    rows = [(n, line) for n, line in rows if not re.fullmatch(r"\s*\|[|:\s-]+", line)]
    if not rows:
        return None
    start = 0 if _bare(rows[0][1]) else 1
    if len(rows) <= start or not all(_bare(line) for _, line in rows[start:]):
        return None
    if not start:
        return None, rows
    header = rows[0][1]
    title = len(header.replace(",", " ").replace(";", " ").replace("|", " ").split()) == 1
    wide = len(re.split(r"[\s,;|]+", rows[1][1].strip(" ,;|\t"))) > 1
    if re.search(r"[\[\](){}=:]", header) or (title and wide):
        return None
    return header, rows[1:]


def _bare(line: str) -> bool:
    return is_numeric(line.replace('"', ""))
