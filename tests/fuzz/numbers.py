"""Numbers and arrays typed into a field, with a decimal point or a decimal comma."""

import numpy as np

from ce_core import CaseError
from ce_core.practice import reading
from tests.fuzz.claims import read_or_refused, short
from tests.fuzz.record import Target, encoded
from ui.mistake.typed import read_field
from ui.notation import NotationError, read_array, read_number, write_array, write_number
from ui.typed import doubt, read_typed, read_typed_array, written, written_array
from ui.words import COMMA, speaking
from ui.words.speaking import POINT

MOST = 40_000
SEEDS = encoded(
    *("0.5", "-1,234.5", "1.234,5", "1,234", "1e-3", "\u22122,5", "inf", "nan", "1 000,5", "1/3"),
    *("0,4 0,36; 1 2", "3,4;6,9", "[[[1,2],[3,4]]]", "empty(0,5)", "1,", "1;", "0.5, -1, 2"),
    *("0,4;0,36", "[1, 2]\n[3, 4]", "tensor([0.5, 0.25])", "25 %", "-0", "9" * 19, "1,5;2"),
)
TOKENS = encoded(
    *("0", "1", "9", ".", ",", ";", "-", "+", "e", "E", "/", " ", "\n", "[", "]", "(", ")", "inf"),
    *("nan", "empty(", "%", "\u2212", "\u00a0", "\u202f", "\u0663", "1e999", "1e308", "0" * 30),
)


def _typed_array(text: str) -> np.ndarray:
    return read_typed_array(text)[0]


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether both hold the same numbers, -0 and nan included; 1. may be written 1."""
    return one.shape == other.shape and repr(one.astype(float)) == repr(other.astype(float))


def run(data: bytes) -> None:
    """A number or an array reads back from how it is written; a step's number says what it took."""
    text = data.decode(errors="replace")
    for decimal in (POINT, COMMA):
        with speaking(decimal=decimal):
            _typed(text)
    understood = read_or_refused(lambda: reading.read(text))
    short((understood.text, understood.fault))
    read_or_refused(lambda: read_field("input", text), CaseError)


def _typed(text: str) -> None:
    for read, write in ((read_number, write_number), (read_typed, written)):
        value = read_or_refused(lambda read=read: read(text), NotationError)
        if value is not None:
            assert repr(read(write(value))) == repr(value)
            short((doubt(text),) if len(text) < 100 else ())
    for read_all, write_all in ((read_array, write_array), (_typed_array, written_array)):
        array = read_or_refused(lambda read_all=read_all: read_all(text), NotationError)
        if array is not None:
            assert same(read_all(write_all(array)), array)


TARGET = Target("numbers", run, SEEDS, TOKENS, MOST)
