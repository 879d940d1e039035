"""A large table of numbers: read in one go, or what is wrong with it told by its line.

What a careful reading of a pasted text does cell by cell would take minutes and gigabytes here.
"""

import io
import re

import numpy as np

from ce_core.words import words
from ui.lines import Lines
from ui.npy import FEWER, MAX_NUMBERS
from ui.paste import PasteError
from ui.paste.build import uneven
from ui.paste.layout import Style, layout
from ui.paste.numeric import LINE
from ui.paste.table import Table, named, number_in, split_header

HEAD, SAMPLE = 2**16, 200  # letters and lines that are looked at to know how the table is cut
WIDE = 3_000  # cells of a row; pandas keeps each column apart, which is slow for more
COMMENTS = 10_000  # lines between the numbers that are stepped over
LONGEST_CELL = 1_000  # letters of a cell at fault that are looked at

Parts = tuple[str | None, list[tuple[int, str]]]


def read_large(text: str) -> Table | None:
    """A rectangular table; None if it is not one, to be read with care."""
    parts = _parts(text)
    if parts is None:
        return None
    header, numbered = parts
    rows, style = layout(numbered, header)
    if len(rows) != len(numbered):
        return None
    body = text[_start_of(text, numbered[0][0]) :]
    try:
        read = _wide if len(style.cells(numbered[0][1])) > WIDE else _tall
        values = read(body, style)
    except (ValueError, OverflowError):
        return None
    if values is None:
        return None
    if values.size > MAX_NUMBERS:
        raise PasteError(
            words("The table holds {count:,} numbers: {fewer}", count=values.size, fewer=FEWER)
        )
    notes = [style.note] if style.note else []
    return named(Table(values, notes=notes), style.names(header))


def fault_in(text: str) -> PasteError | None:
    """What keeps a large text from being a table, by its line; None if it is no table at all."""
    parts = _parts(text)
    if parts is None:
        return None
    header, numbered = parts
    first = numbered[0][0] - 1
    at = _odd(text.replace('"', " "), _start_of(text, first + 1))
    if at is not None:
        return _odd_cell(text, at, layout(numbered, header)[1])
    counts = Lines(text).numbers()
    lines = np.flatnonzero(counts[first:]) + first
    odd = np.flatnonzero(counts[lines] != counts[lines[0]])
    if not len(odd):
        return None
    row, line = int(odd[0]), int(lines[odd[0]])
    return PasteError(uneven(line + 1, row + 1, int(counts[line]), int(counts[lines[0]])))


def _odd_cell(text: str, at: int, style: Style) -> PasteError | None:
    """What is said of the cell at that place; None if it can be read by itself."""
    start = text.rfind("\n", 0, at) + 1
    parting = re.compile(re.escape(style.cell) if style.cell else r"\s++")
    begin, column = start, 0
    for found in parting.finditer(text, start, at):
        begin, column = found.end(), column + 1
    end = min(place for place in (text.find("\n", at), len(text)) if place >= 0)
    last = parting.search(text, at, end)
    cell = text[begin : last.start() if last else end].strip(' \t"')[:LONGEST_CELL]
    try:
        number_in(cell, style, text.count("\n", 0, start) + 1, column)
    except PasteError as problem:
        return problem
    return None


def _parts(text: str) -> Parts | None:
    """The header and the first rows, as far as they show how the table is cut."""
    cut = HEAD
    for _ in range(3):  # three lines at least, however long
        found = text.find("\n", cut if cut > HEAD else 0) if text.count("\n", 0, cut) < 3 else -1
        cut = max(cut, found + 1)
    head = text[:cut].replace("\r\n", "\n").replace("\r", "\n").split("\n")[:SAMPLE]
    return split_header(head[:-1] if cut < len(text) and len(head) > 1 else head)


def _start_of(text: str, line: int) -> int:
    """Where a line, counted from 1, begins."""
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
    return at


def _tall(body: str, style: Style) -> np.ndarray | None:
    import pandas as pd

    frame = pd.read_csv(
        io.StringIO(body),
        sep=style.cell or r"\s+",
        header=None,
        decimal="," if style.decimal else ".",
        comment="#",
        na_filter=False,
        index_col=False,
        low_memory=False,
    )
    return None if any(kind.kind not in "fiub" for kind in frame.dtypes) else frame.to_numpy()


def _wide(body: str, style: Style) -> np.ndarray:
    """A table of few long rows."""
    if style.decimal:
        body = body.replace(",", ".")
    whole = not re.search(r"[.eEaAiI]", body)
    return np.loadtxt(
        io.StringIO(body),
        dtype=np.int64 if whole else np.float64,
        delimiter=style.cell,
        ndmin=2,
        quotechar='"',
    )


def _odd(text: str, start: int) -> int | None:
    """Where something stands that is no number; comments and rules of a table aside."""
    at = start
    for _ in range(COMMENTS):
        found = LINE.match(text, at)
        at = found.end() if found else at
        if at >= len(text):
            return None
        begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        line = text[begin : len(text) if end < 0 else end].strip()
        if not line.startswith("#") and not re.fullmatch(r"\|[|:\s-]+", line):
            return at
        if end < 0:
            return None
        at = end + 1
    return at
