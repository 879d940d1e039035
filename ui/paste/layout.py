"""How a table of bare numbers is cut: what parts its cells and rows, and what a comma means."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ce_core.words import words
from ui.words.speaking import COMMA, tongue

from .record import PasteError, shown

PAIR = re.compile(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?")
PADDED = re.compile(r"[-+]?\d+,0\d+")
WHOLE = re.compile(r"[-+]?\d+")


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


def layout(
    lines: Sequence[tuple[int, str]], header: str | None = None
) -> tuple[list[tuple[int, str]], Style]:
    """The lines that are rows, and how to cut them; names between semicolons part cells."""
    rows = [(line, text.strip("\r\n ")) for line, text in lines]
    rows = [(line, text) for line, text in rows if text and not re.fullmatch(r"[|:\s-]+|#.*", text)]
    texts = [text for _, text in rows]
    if any("|" in text for text in texts):
        return rows, Style("|")
    if not any(";" in text for text in texts):
        return rows, _by_commas(texts)
    inside = any(";" in text.rstrip(" ;\t") for text in texts)
    spaced = any(re.search(r"[^\s;,]\s+[^\s;,]", text) for text in texts[:1000])
    several = len(texts) > 1 or ";" in (header or "") or _numbers_of_one_row(texts[0])
    if several and inside and not spaced:
        return rows, _by_semicolons(texts)
    rows = [(line, part) for line, text in rows for part in text.split(";") if part.strip()]
    parts = [part.strip() for _, part in rows]
    return [(line, part.strip()) for line, part in rows], _by_commas(parts)


def _by_semicolons(texts: Iterable[str]) -> Style:
    """Several lines with semicolons inside: cells, so that a comma can only be a decimal one."""
    return Style(";", decimal=any("," in text for text in texts))


def _numbers_of_one_row(text: str) -> bool:
    """Whether a line such as 1,5;2;3,5 can only be numbers: as rows they would differ."""
    cells = [cell.strip() for cell in text.strip(" ;\t").split(";")]
    pairs = sum(PAIR.fullmatch(cell) is not None for cell in cells)
    wholes = sum(WHOLE.fullmatch(cell) is not None for cell in cells)
    return pairs > 0 and wholes > 0 and pairs + wholes == len(cells)


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
                words(
                    "'{text}' has commas and spaces between numbers: it cannot be told where a row "
                    "ends. Put each row on a line of its own.",
                    text=shown(first, 40),
                )
            )
        note = words("Commas were read as decimal points, spaces as what parts the numbers.")
        return Style(None, decimal=True, note=note)
    cells = [text.strip(" ,") for text in texts]
    if not all(PAIR.fullmatch(cell) for cell in cells):
        return Style(",")
    if tongue().decimal == COMMA or any(PADDED.fullmatch(cell) for cell in cells):
        note = words(
            "'{text}' was read as one number with a decimal comma. Put a space after a comma that "
            "parts two numbers.",
            text=cells[0],
        )
        return Style(None, decimal=True, note=note)
    doubtful = any(re.match(r"[-+]?0,\d", cell) for cell in cells) and set("".join(cells)) - set(
        "01,"
    )
    if doubtful:
        one, other = cells[0].split(",")
        note = words(
            "'{text}' was read as two numbers, {one} and {other}. To have commas read as decimal "
            "points, put a tab or a space between the numbers; or write decimal points.",
            text=cells[0],
            one=one,
            other=other,
        )
        return Style(",", note=note)
    return Style(",")
