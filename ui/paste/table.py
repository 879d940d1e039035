"""Reads a table of bare numbers: which sign parts cells, which parts rows, what a comma means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from .numeric import CELL, is_numeric
from .record import MAX_NUMBERS, PasteError, shown

PAIR = re.compile(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?")
PADDED = re.compile(r"[-+]?\d+,0\d+")
HOW = (
    "To have commas read as decimal points, put a tab or a space between the numbers; "
    "or write decimal points."
)


@dataclass
class Table:
    """The numbers, the names above the columns, and what was decided on the way."""

    values: np.ndarray
    columns: tuple[str, ...] | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Style:
    """How the rows are cut: by `cell` (None: by spaces), with `decimal` commas or without."""

    cell: str | None
    decimal: bool = False
    note: str = ""

    def cells(self, line: str) -> list[str]:
        """The cells of a row, without a separator that only ends the line."""
        if self.cell is None:
            return line.split()
        line = line.strip(" " if self.cell == "\t" else None)
        line = line.strip("|") if self.cell == "|" else line
        return [cell.strip().strip('"') for cell in line.removesuffix(self.cell).split(self.cell)]

    def names(self, header: str | None) -> tuple[str, ...] | None:
        """The names in the line above the rows."""
        return None if header is None else tuple(self.cells(header))


def read_table(
    lines: Sequence[tuple[int, str]], most: int = MAX_NUMBERS, header: str | None = None
) -> Table:
    """The table in these (line number, text) pairs; `header` is the line above them."""
    rows, style = layout(lines)
    table = Table(np.array([]), notes=[style.note] if style.note else [])
    numbers: list[list[float]] = []
    for place, (line, text) in enumerate(rows):
        cells = style.cells(text)
        numbers.append([_number(cell, style, line, column) for column, cell in enumerate(cells)])
        if len(numbers[-1]) != len(numbers[0]):
            raise PasteError(
                f"Line {line}: row {place + 1} has {len(numbers[-1])} numbers and row 1 has "
                f"{len(numbers[0])}: every row needs the same number. Fill the row, or take it out."
            )
        if len(numbers) * len(numbers[0]) > most:
            raise PasteError(
                f"The table holds more than {most:,} numbers, the most that can be read here. "
                "Take fewer rows, or upload it as a .csv or .npy file."
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
                f"The first line has {len(names)} names and the rows have {width} numbers. "
                "Give each column one name, or take the line out."
            )
        if not names[0].strip():
            values, names = values[:, 1:], names[1:]
            table.notes.append("The first column has no name and was left out as the row index.")
        table.notes.append(f"The first line was read as names: {shown(', '.join(names))}.")
        table.columns = names
    if values.shape[1] == 1:
        values = values[:, 0]
    elif len(values) == 1 and names is None:
        values = values[0]
    table.values = values
    return table


def layout(lines: Sequence[tuple[int, str]]) -> tuple[list[tuple[int, str]], Style]:
    """The lines that are rows, and how to cut them."""
    rows = [(line, text.strip("\r\n ")) for line, text in lines]
    rows = [(line, text) for line, text in rows if text and not re.fullmatch(r"[|:\s-]+|#.*", text)]
    texts = [text for _, text in rows]
    if any("|" in text for text in texts):
        return rows, Style("|")
    if not any(";" in text for text in texts):
        return rows, _by_commas(texts)
    inside = any(";" in text.rstrip(" ;\t") for text in texts)
    spaced = any(re.search(r"[^\s;,]\s+[^\s;,]", text) for text in texts[:1000])
    if len(texts) > 1 and inside and not spaced:
        return rows, _by_semicolons(texts)
    rows = [(line, part) for line, text in rows for part in text.split(";") if part.strip()]
    parts = [part.strip() for _, part in rows]
    return [(line, part.strip()) for line, part in rows], _by_commas(parts)


def _by_semicolons(texts: Iterable[str]) -> Style:
    """Several lines with semicolons inside: cells, so that a comma can only be a decimal one."""
    return Style(";", decimal=any("," in text for text in texts))


def _by_commas(texts: Sequence[str]) -> Style:
    """Cells between commas, tabs or spaces, and whether a comma is a decimal point."""
    if any("\t" in text for text in texts) and not any(re.search(r",\s", text) for text in texts):
        return Style("\t", decimal=any("," in text for text in texts))
    if not any("," in text for text in texts):
        return Style(None)
    spaced = any(re.search(r"[^\s,]\s+[^\s,]", text) for text in texts)
    if spaced:
        cells = [cell for text in texts for cell in text.split()]
        if any(re.search(r",\s|\s,", text.rstrip(" ,")) for text in texts) or not all(
            PAIR.fullmatch(cell) or ("," not in cell and "." not in cell) for cell in cells
        ):
            first = next(text for text in texts if "," in text)
            raise PasteError(
                f"'{shown(first, 40)}' has commas and spaces between numbers: it cannot be told "
                "where a row ends. Put each row on a line of its own."
            )
        note = "Commas were read as decimal points, spaces as what parts the numbers."
        return Style(None, decimal=True, note=note)
    cells = [text.strip(" ,") for text in texts]
    if not all(PAIR.fullmatch(cell) for cell in cells):
        return Style(",")
    if any(PADDED.fullmatch(cell) for cell in cells):
        note = (
            f"'{cells[0]}' was read as one number with a decimal comma. Put a space after a comma "
            "that parts two numbers."
        )
        return Style(None, decimal=True, note=note)
    doubtful = any(re.match(r"[-+]?0,\d", cell) for cell in cells) and set("".join(cells)) - set(
        "01,"
    )
    if doubtful:
        example = cells[0].replace(",", " and ")
        return Style(",", note=f"'{cells[0]}' was read as two numbers, {example}. {HOW}")
    return Style(",")


def _number(cell: str, style: Style, line: int, column: int) -> float:
    if style.decimal:
        cell = cell.replace(",", ".", 1)
    if not CELL.fullmatch(cell):
        what = f"'{shown(cell, 30)}' stands" if cell else "nothing stands"
        raise PasteError(
            f"Line {line}, column {column + 1}: {what} where a number must be. "
            "Write a number, or nan, or take the row out."
        )
    digits = cell.replace("_", "")
    if not digits.lstrip("+-").isdigit():
        return float(digits)
    if len(digits) > 20 or not -(2**63) <= int(digits) < 2**63:
        raise PasteError(
            f"Line {line}, column {column + 1}: {shown(cell, 24)} is beyond the largest whole "
            "number that torch can hold (int64). Write it with a decimal point, or smaller."
        )
    return int(digits)


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
