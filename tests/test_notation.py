"""Arrays and numbers as text come back as they were, and text that is none is refused in words."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stnp

from ui.notation import (
    MOST_OF_NONE,
    NotationError,
    read_array,
    read_number,
    shorten,
    write_array,
    write_number,
)

WRITTEN = {
    "0": 0.0,
    "-0": -0.0,
    "3": 3.0,
    "-2.5": -2.5,
    "0.1": 0.1,
    "1e-05": 1e-5,
    "1e+300": 1e300,
    "5e-324": 5e-324,  # the smallest number that float64 holds
    "inf": np.inf,
    "-inf": -np.inf,
    "nan": np.nan,
    "-9223372036854775808": -(2**63),  # the smallest number that int64 holds
}

READ = {
    " 2 ": 2.0,
    "+2": 2.0,
    "2.": 2.0,
    ".5": 0.5,
    "-.5e1": -5.0,
    "\u22121": -1.0,  # the true minus, as the page shows it
    "1E3": 1000.0,
    "Inf": np.inf,
    "NaN": np.nan,
}

NO_NUMBERS = (
    "", " ", ".", "-", "e5", "1e", "1_000", "0x10", "1,5", "--1", "1 2", "infinity", "½", "²", "٣",
    "ınf", "ɪnf", "1e999", "-1e999", "9" * 400, "__import__('os')", "1;", "\0", "1\0", "None",
)  # fmt: skip

TABLES = {
    "3,4;6,9": [[3.0, 4.0], [6.0, 9.0]],
    "1,0": [1, 0],
    "1,": [1],
    "1": 1,
    "3;": [[3]],
    "3,4;": [[3, 4]],
    "3;4": [[3], [4]],
    "0.4,0.36": [0.4, 0.36],
    "[[[1,2]]]": [[[1, 2]]],
    "[[[0.5]],[[-inf]]]": [[[0.5]], [[-np.inf]]],
    " 1, 2 ; 3, 4 ": [[1, 2], [3, 4]],
    "empty(0,5)": np.zeros((0, 5)),
    "empty(0)": np.zeros(0),
}

NO_ARRAYS = {
    "1,2;3": "its rows differ in length",
    "[[1,2],3]": "its rows differ in length",
    "[" * 30_000: "its brackets do not match",
    "[1,2": "its brackets do not match",
    "[1,,2]": "its brackets do not match",
    "[1] [2]": "its brackets do not match",
    "[1e999]": "'1e999' is beyond the largest number, about 1.8e308",
    "[eval(1)]": "only numbers, commas and brackets can stand in it",
    '["1"]': "only numbers, commas and brackets can stand in it",
    "1,x": "'x' is not a number",
    "1,,2": "'' is not a number",
    ";": "'' is not a number",
    "(1,2)": "'(1' is not a number",
    "1," * 20_001: "it is longer than 40,000 characters",
    "empty(2,3)": "empty(..) needs a 0 among its lengths",
    "empty(0,999999,999999,999999,999999,999999)": "its lengths are too large",
    "empty()": "'empty()' is not a number",
    "empty(-1)": "'empty(-1)' is not a number",
}

shapes = stnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=3)
floats = stnp.arrays(np.float64, shapes, elements=st.floats(width=64))
whole = stnp.arrays(np.int64, shapes, elements=st.integers(-(2**63), 2**63 - 1))


def same(one, other):
    """Whether two arrays have the same shape and values; -0.0 differs from 0.0, nan is nan."""
    if one.shape != other.shape:
        return False
    return np.array_equal(one, other, equal_nan=True) and np.array_equal(
        np.signbit(one) & (one == 0), np.signbit(other) & (other == 0)
    )


@pytest.mark.parametrize("text", WRITTEN)
def test_number_written(text):
    """A number is written by the shortest text that reads back as itself."""
    value = WRITTEN[text]
    assert write_number(value) == text
    assert same(np.asarray(read_number(text)), np.asarray(float(value)))


@pytest.mark.parametrize("text", READ)
def test_number_read(text):
    """The ways in which a person writes a number are read."""
    np.testing.assert_equal(read_number(text), READ[text])


@pytest.mark.parametrize("text", NO_NUMBERS, ids=lambda text: repr(text[:12]))
def test_no_number(text):
    """What is no number is refused, and not guessed at; neither is one too large for float64."""
    with pytest.raises(NotationError):
        read_number(text)


@pytest.mark.parametrize("text", TABLES)
def test_array_read(text):
    """The texts that a link holds give the arrays they look like, shape and all."""
    assert same(read_array(text), np.asarray(TABLES[text]))


@pytest.mark.parametrize("text", NO_ARRAYS, ids=lambda text: text[:24])
def test_no_array(text):
    """A text that is no array is refused with what is wrong with it, in a second at most."""
    started = time.process_time()
    with pytest.raises(NotationError) as raised:
        read_array(text)
    assert str(raised.value) == NO_ARRAYS[text]
    assert time.process_time() - started < 1


@given(floats)
def test_floats_survive(array):
    """Every float array, whatever its shape and extremes, reads back as it was written."""
    back = read_array(write_array(array))
    assert same(np.asarray(back, dtype=np.float64), array)


@given(whole)
def test_whole_numbers_survive(array):
    """Whole numbers come back exactly, also those that float64 cannot hold."""
    back = read_array(write_array(array))
    assert same(back, array)
    assert array.size == 0 or back.dtype == np.int64


@given(st.text() | st.text("0123456789.,;-+einfa[]() ", max_size=60))
def test_any_text(text):
    """A text of any kind is an array or a NotationError, and nothing else."""
    try:
        array = read_array(text)
    except NotationError as problem:
        assert str(problem)
    else:
        assert array.dtype in (np.float64, np.int64)


@given(st.text(), st.integers(1, 50))
def test_shorten(text, length):
    """A long text is cut to the length given and says so; a short one stays as it is."""
    short = shorten(text, length)
    assert len(short) <= length
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@pytest.mark.parametrize("text", ["0{}7,0{}8", "[0{}7,-0{}8]", "0{}7;0{}8;"])
def test_leading_zeros(text):
    """Thousands of zeros before a whole number are no digits; Python's int refuses so many."""
    array = read_array(text.replace("{}", "0" * 5_000))
    assert np.abs(array).reshape(-1).tolist() == [7, 8]


def test_vast_of_nothing():
    """An array without numbers has few enough classes that each can have a name."""
    assert read_array(f"empty(0,{MOST_OF_NONE})").shape == (0, MOST_OF_NONE)
    with pytest.raises(NotationError, match="too large"):
        read_array(f"empty(0,{MOST_OF_NONE + 1})")
