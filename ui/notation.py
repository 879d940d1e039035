"""Arrays as short text that a person can read and type: `3,4;6,9`, `[[[1,2]]]`, `empty(0,5)`.

Rows are separated by ";" and numbers by ",". A trailing ";" marks a table of one row, a
trailing "," a list of one number. Deeper shapes are nested brackets. Numbers are written by
`repr` without a trailing ".0".
"""

import json
import math
import re
from collections.abc import Callable

import numpy as np

from ce_core.arrays import Array
from ce_core.words import words

MAX_TEXT = 40_000
NUMBER = re.compile(
    r"[-+\u2212]?(?:[0-9]+(?:\.[0-9]*)?(?:e[-+]?[0-9]+)?|\.[0-9]+(?:e[-+]?[0-9]+)?|inf|nan)",
    re.IGNORECASE | re.ASCII,
)
MOST_OF_NONE = 10_000  # lengths of an empty array, its zeros aside: each class of it has a name


class NotationError(ValueError):
    """A text that is no number or array; the message says why.

    Attributes:
        says: the message, Words where a page may say it in its language.
    """

    def __init__(self, says: str) -> None:
        self.says = says
        super().__init__(says)


def write_number(value: float) -> str:
    """The shortest text that reads back as the same number: 3.0 is "3", 0.1 is "0.1"."""
    if isinstance(value, int):
        return str(value)
    if value == 0:
        return "-0" if math.copysign(1, value) < 0 else "0"
    text = repr(float(value))
    return text.removesuffix(".0")


def read_number(text: str) -> float:
    """A number as the link writes it."""
    text = text.strip()
    if not NUMBER.fullmatch(text):
        raise NotationError(words("'{text}' is not a number", text=shorten(text)))
    value = float(text.replace("\u2212", "-"))
    if math.isinf(value) and "inf" not in text.lower():
        raise NotationError(
            words("'{text}' is beyond the largest number, about 1.8e308", text=shorten(text))
        )
    return value


def write_array(array: Array) -> str:
    """The array as text that keeps its shape."""
    if array.size == 0:
        return f"empty({','.join(map(str, array.shape))})"
    if array.ndim == 0:
        return write_number(array.item())
    if array.ndim == 1:
        text = ",".join(map(write_number, array.tolist()))
        return text if len(array) > 1 else text + ","
    if array.ndim == 2:
        text = ";".join(",".join(map(write_number, row)) for row in array.tolist())
        return text if len(array) > 1 else text + ";"
    return "[" + ",".join(_nested(part) for part in array) + "]"


def _nested(array: Array) -> str:
    if array.ndim == 0:
        return write_number(array.item())
    return "[" + ",".join(_nested(part) for part in array) + "]"


def read_array(text: str) -> Array:
    """An array from its text: int64 when every number is written whole, else float64."""
    text = text.strip()
    if len(text) > MAX_TEXT:
        raise NotationError(words("it is longer than {most:,} characters", most=MAX_TEXT))
    empty = re.fullmatch(r"empty\((\d{1,6}(?:,\d{1,6}){0,5})\)", text)
    if empty:
        shape = tuple(map(int, empty[1].split(",")))
        if 0 not in shape:
            raise NotationError(words("empty(..) needs a 0 among its lengths"))
        if math.prod(filter(None, shape)) > MOST_OF_NONE:
            raise NotationError(words("its lengths are too large"))
        return np.zeros(shape)
    try:
        array = np.asarray(_read(text, read_number), dtype=np.float64)
    except NotationError:
        raise
    except ValueError as problem:
        raise NotationError(words("its rows differ in length")) from problem
    whole = not re.search(r"[.einEIN]|[-\u2212]0", text)  # -0 is a float
    try:
        return np.asarray(_read(text, _whole), dtype=np.int64) if whole else array
    except OverflowError:
        return array


def _whole(text: str) -> int:
    """A whole number; leading zeros go first, since Python refuses more than 4,300 digits."""
    plain = text.strip().replace("\u2212", "-")
    size = int(plain.lstrip("+-").lstrip("0") or "0")
    return -size if plain.startswith("-") else size


def _read(text: str, read: Callable[[str], float]) -> object:
    return _read_brackets(text, read) if text.startswith("[") else _read_table(text, read)


def _read_table(text: str, read: Callable[[str], float]) -> object:
    if ";" in text:
        rows = text.removesuffix(";").split(";")
        return [[read(cell) for cell in row.split(",")] for row in rows]
    if "," in text:
        return [read(cell) for cell in text.removesuffix(",").split(",")]
    return read(text)


def _read_brackets(text: str, read: Callable[[str], float]) -> object:
    if not re.fullmatch(r"[-+\u2212\d.,eEinfINFaA\[\]\s]*", text):
        raise NotationError(words("only numbers, commas and brackets can stand in it"))
    plain = NUMBER.sub(lambda found: json.dumps(read(found[0])), text)
    try:
        return json.loads(plain)
    except (ValueError, RecursionError) as problem:
        raise NotationError(words("its brackets do not match")) from problem


def shorten(text: str, length: int = 40) -> str:
    """The text, cut where it is too long to be shown whole."""
    return text if len(text) <= length else text[: length - 1] + "…"
