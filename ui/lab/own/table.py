"""Reads a table of numbers and words, pasted or from a file, into named columns of text."""

import csv
import re
from dataclasses import dataclass
from functools import cached_property

from ce_core.words import words
from ui.lab.own.cells import holds_numbers, is_missing, number, values
from ui.paste import SIGNS, PasteError
from ui.paste.record import shown
from ui.upload import decoded

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELLS = 1_000_000
MOST_LABELS = 10
SEPARATORS = ("\t", ";", ",", "|")
LOOKED_AT = 50  # lines that tell which sign parts the cells
BOX = str.maketrans({**{code: sign for code, sign in SIGNS.items() if sign}, ord("\ufeff"): ""})


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of text, all of one length, none longer than MAX_ROWS; a short row is filled up."""

    names: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return len(self.columns[0]) if self.columns else 0

    @cached_property
    def numeric(self) -> tuple[int, ...]:
        """The columns that hold numbers wherever they hold something."""
        return tuple(k for k, cells in enumerate(self.columns) if holds_numbers(cells))

    @cached_property
    def labelling(self) -> tuple[int, ...]:
        """The columns with so few different values that they can be labels."""
        return tuple(
            k for k, cells in enumerate(self.columns) if 2 <= len(values(cells)) <= MOST_LABELS
        )


def read_file(name: str, data: bytes) -> Table:
    """The table in a file of text.

    Raises:
        PasteError: it is no text, or no table, or has too many rows.
    """
    if data.startswith((b"\x93NUMPY", b"PK\x03\x04", b"\x1f\x8b", b"\x80")):
        raise PasteError(
            words(
                "{name} is no text. Save the table as .csv, with a line for each sample.",
                name=shown(name),
            )
        )
    return read_table(decoded(data))


def read_table(text: str) -> Table:
    """The table in a text: a line for each row, cells between tabs, semicolons, commas or spaces.

    Raises:
        PasteError: it is no table, or has too many rows or columns.
    """
    if (count := text.count("\n")) > 2 * MAX_ROWS:  # empty lines and all, before there is a list
        raise _too_many_lines(count)
    lines = [line for line in text.translate(BOX).splitlines() if line.strip(" \t,;|")]
    if len(lines) < 2:
        raise PasteError(
            words(
                "There is no table: it needs a line for each sample, with two numbers and a label."
            )
        )
    if len(lines) > MAX_ROWS + 1:
        raise _too_many_lines(len(lines))
    rows = _cells(lines)
    width = max(map(len, rows))
    if width > MAX_COLUMNS:
        raise PasteError(
            words(
                "The table has {count:,} columns, and at most {most} can be read. Keep two columns "
                "of numbers and the label.",
                count=width,
                most=MAX_COLUMNS,
            )
        )
    if width * len(rows) > MAX_CELLS:
        raise _too_many_cells(width * len(rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    head = rows.pop(0) if _is_header(rows) else [""] * width
    columns = tuple(zip(*rows, strict=True))
    return Table(_names(head), columns)


def _too_many_lines(count: int) -> PasteError:
    return PasteError(
        words(
            "The table has {count:,} lines, and at most {most:,} can be read. Take a random "
            "part of them.",
            count=count,
            most=MAX_ROWS,
        )
    )


def _too_many_cells(count: int) -> PasteError:
    return PasteError(
        words(
            "The table has {count:,} cells, and at most {most:,} can be read. Keep two columns "
            "of numbers and the label.",
            count=count,
            most=MAX_CELLS,
        )
    )


def _cells(lines: list[str]) -> list[list[str]]:
    separator = _separator(lines[:LOOKED_AT])
    signs = sum(line.count(separator or " ") for line in lines)
    if signs > 4 * MAX_CELLS:  # in quotes or beside each other some signs part nothing
        raise _too_many_cells(signs)
    if separator is None:
        return [line.split() for line in lines]
    try:
        rows = list(csv.reader(lines, delimiter=separator, skipinitialspace=True))
    except csv.Error as error:
        raise PasteError(
            words(
                "The table cannot be read: a quotation mark is open, or a cell is too long. Save "
                "it as .csv again."
            )
        ) from error
    return [[cell.strip() for cell in row] for row in rows if row]


def _separator(lines: list[str]) -> str | None:
    """The sign that stands in every line looked at; None where only spaces part the cells."""
    for sign in SEPARATORS:
        if all(sign in line for line in lines):
            return sign
    return None


def _is_header(rows: list[list[str]]) -> bool:
    """Whether the first line holds names: a word stands where the next rows hold numbers."""
    first, rest = rows[0], rows[1 : LOOKED_AT + 1]
    for k, cell in enumerate(first):
        below = [row[k] for row in rest if not is_missing(row[k])]
        numeric = below and all(number(text) is not None for text in below)
        if numeric and number(cell) is None and not is_missing(cell):
            return True
    return False


def _names(head: list[str]) -> tuple[str, ...]:
    """Names for the columns: none empty, no two the same, none too long to be shown."""
    names: list[str] = []
    for k, cell in enumerate(head):
        typed = shown(re.sub(r"[\x00-\x1f\x7f]", " ", cell), 30)
        name = typed or words("column {number}", number=k + 1)
        if name in names:
            name = words("{name} again", name=name)
        place = k
        while name in names:  # of more numbers than there are columns one is free
            place += 1
            name = words("column {number}", number=place)
        names.append(name)
    return tuple(names)
