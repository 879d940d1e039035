"""Numbers typed with a decimal comma are read as such where that is plain, and else it is said."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stnp

from ui.notation import NotationError
from ui.typed import doubt, read_typed, read_typed_array, written, written_array
from ui.words import COMMA, speaking

NUMBERS = {
    "0,1": 0.1,
    "0.1": 0.1,
    ",5": 0.5,
    "−1,5e-3": -0.0015,
    "1.234,5": 1234.5,  # the last sign stands before the decimals, the other groups thousands
    "1,234.5": 1234.5,
    "12\u202f345,5": 12345.5,
    "1,234": 1.234,
    "-inf": -math.inf,
    " 7 ": 7.0,
}
SLIPS = ("", "1,2,3", "1,234,567", "0,4 0,36", "4 5", "1.2.3", "1,2.3,4", "x", "1,5x", "0x1")

# Text -> the array under a decimal point, the array under a decimal comma.
ARRAYS = {
    "0,4 0,36": ([0.4, 0.36], [0.4, 0.36]),
    "0,4; 0,36": ([[0, 4], [0, 36]], [0.4, 0.36]),
    "2,1; 3,4": ([[2, 1], [3, 4]], [2.1, 3.4]),
    "0,5 -1; 2 0,1": ([[0.5, -1], [2, 0.1]], [[0.5, -1], [2, 0.1]]),
    "0,5 -1;": ([[0.5, -1]], [[0.5, -1]]),
    "1,0": ([1, 0], 1.0),
    "1 0": ([1, 0], [1, 0]),
    "0.4, 0.36": ([0.4, 0.36], [0.4, 0.36]),
    "0.4,0.36": ([0.4, 0.36], [0.4, 0.36]),
    "1, 0": ([1, 0], [1, 0]),  # a space after the comma: it parts
    "1,2,3": ([1, 2, 3], [1, 2, 3]),
    "1;0": ([[1], [0]], [[1], [0]]),
    "5,": ([5], [5]),
    "[[1,2],[3,4]]": ([[1, 2], [3, 4]], [[1, 2], [3, 4]]),
    "empty(0,5)": (np.zeros((0, 5)), np.zeros((0, 5))),
    "7": (7, 7),
    "-inf nan": ([-np.inf, np.nan], [-np.inf, np.nan]),
}
arrays = stnp.arrays(np.float64, stnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=3))


@pytest.mark.parametrize("decimal", ["point", COMMA])
@pytest.mark.parametrize("text", NUMBERS)
def test_number(text, decimal):
    """A single number reads the same on every page: one comma stands before decimals."""
    with speaking(decimal=decimal):
        assert read_typed(text) == NUMBERS[text]


@pytest.mark.parametrize("text", SLIPS)
def test_no_number(text):
    """Several numbers, or none, are refused rather than guessed at."""
    with pytest.raises(NotationError):
        read_typed(text)


def test_doubt_is_said():
    """What could be thousands is said, unless the sign is the page's own."""
    assert doubt("1,234") == "'1,234' was read as 1.234, not as thousands."
    assert [doubt(text) for text in ("1.234", "0,234", "1,2345", "12", "1,23", "x")] == [""] * 6
    with speaking(decimal=COMMA):
        assert doubt("1.234") == "'1.234' was read as 1,234, not as thousands."
        assert doubt("1,234") == ""


@given(st.floats())
def test_field_gives_the_number_back(value):
    """What a field shows of a number is read as just that number, with either sign."""
    for decimal in ("point", COMMA):
        with speaking(decimal=decimal):
            np.testing.assert_equal(read_typed(written(value)), value)


@pytest.mark.parametrize("text", ARRAYS)
def test_array(text):
    """The page's sign decides what a comma is, where it could be both."""
    for decimal, wanted in zip(("point", COMMA), ARRAYS[text], strict=True):
        with speaking(decimal=decimal):
            found, _ = read_typed_array(text)
        np.testing.assert_array_equal(found, wanted)
        assert found.shape == np.shape(wanted)


def test_array_says_how_it_was_read():
    """It is said where a comma was decided on, and looks as if it were meant otherwise."""
    said = {text: read_typed_array(text)[1] for text in ARRAYS}
    assert [text for text, note in said.items() if note] == ["0,4; 0,36"]
    assert "parts two numbers" in said["0,4; 0,36"]
    with speaking(decimal=COMMA):
        said = {text: read_typed_array(text)[1] for text in ARRAYS}
    assert [text for text, note in said.items() if note] == ["0,4; 0,36", "2,1; 3,4", "1,0"]


def test_pair_beyond_the_largest_number():
    """5 and 1e308 are two numbers also where, as one with decimals, they are beyond the largest."""
    array, note = read_typed_array("5,1e+308;")
    assert (array.tolist(), note) == ([[5, 1e308]], "")


@given(arrays)
def test_field_gives_the_array_back(array):
    """What a field shows of an array is read as just that array, shape and all."""
    for decimal in ("point", COMMA):
        with speaking(decimal=decimal):
            back, _ = read_typed_array(written_array(array))
        np.testing.assert_array_equal(back, array)
        assert back.shape == array.shape


@pytest.mark.parametrize("text", ["", "a b", "0,4 x", "1;;2", "1,2;3,x"])
def test_no_array(text):
    """What is no array in either way is refused."""
    for decimal in ("point", COMMA):
        with speaking(decimal=decimal), pytest.raises(NotationError):
            read_typed_array(text)
