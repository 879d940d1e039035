"""A file of labels as columns: what parts its cells, and which one holds the labels."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

import numpy as np

from ce_core.words import words
from ui.choose.naming import tidy
from ui.lines import Lines
from ui.paste import PasteError
from ui.paste.record import shown

SAMPLE = 2**16  # letters looked at before the whole file is read
LINES = 200
SEPARATORS = "\t;,|"
NOT_IN_TEXT = "\x1f"  # parts nothing: the whole line is one cell
USUAL = ("target", "targets", "label", "labels", "class", "classes", "y", "category")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
MOST_COLUMNS = 1_000


@dataclass(frozen=True)
class Layout:
    """How a text is cut.

    Attributes:
        separator: what stands between cells.
        names: the columns' names, or their places where there is no heading.
        header: whether the first line is a heading.
        default: the column that is most likely the labels.
        flat: whether the text is one line, whose cells are the labels.
    """

    separator: str
    names: tuple[str, ...]
    header: bool
    default: int
    flat: bool = False


def layout(name: str, text: str, header: bool | None = None) -> Layout:  # noqa: FBT001 - None guesses
    """How the text is cut, from its first lines.

    Raises:
        PasteError: it holds nothing, or is no text.
    """
    if CONTROL.search(text, 0, 2**20):
        raise PasteError(
            words("{file} is no text. Save the labels as .csv or .npy.", file=shown(name))
        )
    lines = [line for line in _whole_lines(text) if line.strip()][:LINES]
    if not lines:
        raise PasteError(
            words("{file} is empty. It needs one label for each sample.", file=shown(name))
        )
    separator = _separator(lines)
    rows = _cells(lines, separator)
    if len(lines) == 1 and len(rows[0]) > 1:
        return Layout(separator, (words("labels"),), header=False, default=0, flat=True)
    if len(rows[0]) > MOST_COLUMNS:
        raise PasteError(
            words(
                "{file} has {count:,} columns, at most {most:,} can be read. Save the column of "
                "the labels alone.",
                file=shown(name),
                count=len(rows[0]),
                most=MOST_COLUMNS,
            )
        )
    heading = _is_heading(rows) if header is None else header
    places = [words("column {number}", number=k + 1) for k in range(len(rows[0]))]
    names = [tidy(cell) or place for cell, place in zip(rows[0], places, strict=True)]
    chosen = tuple(names) if heading else tuple(places)
    return Layout(separator, chosen, heading, likely(chosen))


def likely(names: tuple[str, ...]) -> int:
    """The column that is named like labels, else the last one."""
    lower = [name.lower() for name in names]
    return next((lower.index(word) for word in USUAL if word in lower), len(names) - 1)


def _whole_lines(text: str) -> list[str]:
    """The lines of the sample, without the last one where the sample cut it."""
    lines = text[:SAMPLE].splitlines()
    return lines[:-1] if len(text) > SAMPLE and len(lines) > 1 else lines


def _cells(lines: list[str], separator: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(lines, delimiter=separator, skipinitialspace=True))
    except csv.Error:  # a cell of more than 131,072 letters
        return [[line] for line in lines]
    return [[cell.strip() for cell in row] for row in rows if row] or [[""]]


def _separator(lines: list[str]) -> str:
    """The sign that cuts every line into as many cells, the most of them; else one in each line."""
    best, most, uneven = NOT_IN_TEXT, 1, ""
    for sign in SEPARATORS:
        widths = {len(row) for row in _cells(lines, sign)}
        if len(widths) == 1 and max(widths) > most:
            best, most = sign, max(widths)
        elif min(widths) > 1:
            uneven = uneven or sign
    return best if most > 1 else uneven or best


def _is_heading(rows: list[list[str]]) -> bool:
    first, rest = rows[0], rows[1:]
    if not rest or any(map(_is_number, first)):
        return False
    if any(cell.lower() in USUAL for cell in first):
        return True
    below = [[row[k] for row in rest if k < len(row)] for k in range(len(first))]
    if any(cells and all(map(_is_number, cells)) for cells in below):
        return True
    again = any(cell in cells for cell, cells in zip(first, below, strict=True))
    return len(first) > 1 and not again


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.lower() != "nan"


def flat_cells(text: str, separator: str) -> tuple[list[str], list[int]]:
    """The labels of a text of one line, brackets and quotes aside, and how often each is there."""
    (row,) = csv.reader(
        io.StringIO(" ".join(text.split("\n")).strip(" [](){}")), delimiter=separator
    )
    times = Counter(row)
    return [cell.strip().strip("'\"") for cell in times], list(times.values())


def check_widths(text: str, cut: Layout) -> None:
    """Refuse a table with a row that has more or fewer cells than the others.

    Quoted cells may hold separators: then the reader of the table has to notice.
    """
    signs = len(cut.names) - 1
    if not signs or '"' in text:
        return
    lines = Lines(text)
    found = lines.signs(cut.separator)
    odd = np.flatnonzero((found != signs) & lines.solid())
    if len(odd):
        raise PasteError(
            words(
                "Line {number} has {found} cells, the first one {first}. Mend the line, or "
                "put texts with separators in quotes.",
                number=int(odd[0]) + 1,
                found=int(found[odd[0]]) + 1,
                first=signs + 1,
            )
        )
