"""Numbers as people type them: with a point or with a comma before the decimals.

In a link a comma always parts two numbers; in a field it may stand before decimals instead. Where a
text could be meant in two ways, the page's own decimal sign decides, and what was decided is said.
"""

import re

import numpy as np

from ce_core.arrays import Array
from ce_core.words import Words, words
from ui.notation import NotationError, read_array, read_number, shorten, write_array, write_number
from ui.words import COMMA, tongue

SPACES = "\u00a0\u2009\u202f"  # between digits they group thousands
GROUPED = {  # thousands in groups, and then decimals: which sign is which is plain
    ",": re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+"),
    ".": re.compile(r"[-+]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+"),
}
THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}([,.])[0-9]{3}")  # 1,234: 1234, or less than two?
DECIMAL = re.compile(r"[-+]?(?:[0-9]+,[0-9]+|[0-9]+|,[0-9]+)(?:e[-+]?[0-9]+)?", re.IGNORECASE)
OTHERS = re.compile(r"[-+]?(?:inf|nan)", re.IGNORECASE)


def written(value: float) -> str:
    """The shortest text of a number for a field, with the decimal sign of the page."""
    text = write_number(value)
    return text.replace(".", ",") if tongue().decimal == COMMA else text


def read_typed(text: str) -> float:
    """A number with a decimal point or a decimal comma.

    Raises:
        NotationError: it is no number, or two.
    """
    return read_number(_with_point(_bare(text)))


def doubt(text: str) -> Words:
    """How a number was read that could be thousands to somebody; "" for any other text."""
    found = THOUSANDS.fullmatch(_bare(text))
    if not found or found[1] == ("," if tongue().decimal == COMMA else "."):
        return words("")
    return words(
        "'{text}' was read as {number}, not as thousands.",
        text=text.strip(),
        number=written(read_typed(text)),
    )


def _bare(text: str) -> str:
    text = text.strip().replace("\u2212", "-")
    return re.sub(rf"(?<=[0-9])[{SPACES}](?=[0-9])", "", text)


def _with_point(text: str) -> str:
    for sign, grouped in GROUPED.items():
        if grouped.fullmatch(text):
            return text.replace("." if sign == "," else ",", "").replace(",", ".")
    return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text


def written_array(array: Array) -> str:
    """An array for a field: as a link writes it, or with decimal commas, "0,4 0,36; 1 2"."""
    plain = array.ndim not in (1, 2) or array.shape[-1] == 1 or array.size == 0
    if tongue().decimal != COMMA or plain:
        return write_array(array)
    rows = [" ".join(map(written, row)) for row in np.atleast_2d(array).tolist()]
    ends = ";" if array.ndim == 2 and len(rows) == 1 else ""
    return "; ".join(rows) + ends


def read_typed_array(text: str) -> tuple[Array, Words]:
    """The array of a field, and how it was read where it could be read in two ways.

    Raises:
        NotationError: it is neither a link's array nor one with decimal commas.
    """
    cells = _cells(text)
    if cells is None:
        return read_array(text), words("")
    try:
        decimal = read_array(_as_link(cells, text))
    except NotationError:  # 5,1e308 is two numbers: as one it is beyond the largest
        return read_array(text), words("")
    try:
        linked = read_array(text)
    except NotationError:
        return decimal, words("")
    if "," not in text:
        return linked, words("")
    if tongue().decimal == COMMA:
        return decimal, words("Commas were read as decimal commas, '{text}'.", text=shorten(text))
    if not _likely(cells):
        return linked, words("")
    return linked, words(
        "Commas were read as what parts two numbers. To have them read as decimal commas, choose "
        "that sign in the menu, or part the numbers by spaces."
    )


def _likely(cells: list[list[str]]) -> bool:
    """Whether the commas look like decimal ones: after a 0, and before more than a 0 or a 1."""
    flat = [cell.lstrip("-+") for row in cells for cell in row]
    return any(re.match("0,", cell) for cell in flat) and bool(set("".join(flat)) - set("01,"))


def _cells(text: str) -> list[list[str]] | None:
    """The rows of a text that can be read with decimal commas; None for any other."""
    bare = _bare(text)
    if not bare or "." in bare or re.search(r"[\[\]()]|,\s|\s,", bare):
        return None
    rows = [row.split() for row in re.split(r";|\n", bare.removesuffix(";"))]
    fits = all(DECIMAL.fullmatch(cell) or OTHERS.fullmatch(cell) for row in rows for cell in row)
    return rows if fits and all(rows) else None


def _as_link(rows: list[list[str]], text: str) -> str:
    """The same numbers as a link has them; of single numbers between semicolons, one list."""
    pointed = [[cell.replace(",", ".") for cell in row] for row in rows]
    table = text.strip().endswith(";") or any(len(row) > 1 for row in pointed[1:])
    if table or len({len(row) for row in pointed}) > 1:
        return ";".join(",".join(row) for row in pointed) + (";" if len(pointed) == 1 else "")
    numbers = [cell for row in pointed for cell in row]
    if len(numbers) == 1:
        return numbers[0]
    return ",".join(numbers)
