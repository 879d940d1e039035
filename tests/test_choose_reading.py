"""Counts are read from what people type; what can be read in two ways is refused, never guessed."""

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ce_core import CaseError
from ui.choose import reading
from ui.choose.naming import join, names_fault, split, tidy, told_apart
from ui.choose.typed_table import read_table
from ui.notation import NotationError

PLAIN = {
    "9000, 41000": [9000, 41000],
    "9000,41000": [9000, 41000],
    "9000 41000": [9000, 41000],
    "9000\n41000": [9000, 41000],
    "9000;41000": [9000, 41000],
    "9000,\r\n41000,": [9000, 41000],
    "[9000, 41000]": [9000, 41000],
    "tensor([ 9000, 41000])": [9000, 41000],
    "np.array([9000, 41000], dtype=int64)": [9000, 41000],
    "9e3, 4.1e4": [9000, 41000],
    "9,000 41,000": [9000, 41000],
    "9,000, 41,000": [9000, 41000],
    "9_000, 41_000": [9000, 41000],
    "9'000, 41'000": [9000, 41000],
    "9\u202f000, 41\u00a0000": [9000, 41000],
    "1,016\n12,852\n296": [1016, 12852, 296],  # no count begins with 0
    "100,200,300": [100, 200, 300],
    "9000.0, 3.": [9000, 3],
    "7": [7],
}
NAMED = {
    "cat: 9000\ndog: 41000": ("cat", "dog"),
    "cat 9000\ndog 41000": ("cat", "dog"),
    "cat\t9000\ndog\t41000": ("cat", "dog"),
    "cat,9000\ndog,41000": ("cat", "dog"),
    "class,count\ncat,9000\ndog,41000": ("cat", "dog"),
    "cat;9000\ndog;41000": ("cat", "dog"),
    "| cat | 9000 |\n|-----|------|\n| dog | 41000 |": ("cat", "dog"),
    "cat = 9,000, dog = 41,000": ("cat", "dog"),
    "{'cat': 9000, 'dog': 41000}": ("cat", "dog"),
    'OrderedDict([("cat", 9000), ("dog", 41000)])': ("cat", "dog"),
    "cat, 9000, dog, 41000": ("cat", "dog"),
    "   9000 cat\n  41000 dog": ("cat", "dog"),
    "cat     9000\ndog    41000\nName: count, dtype: int64": ("cat", "dog"),
    "Counter({1: 41000, 0: 9000})": ("0", "1"),  # most frequent first; put in order
    "target\n1    41000\n0     9000\nName: count, dtype: int64": ("0", "1"),
    "New York: 9000\nRio de Janeiro: 41000": ("New York", "Rio de Janeiro"),
    "<b>: 9000\n<i>: 41000": ("<b>", "<i>"),
}
REFUSED = {
    "": "no count was found",
    "hello": "'hello' is no count",
    "900,100": "one number or several",
    "12,852\n12,888": "one number or several",
    "12 852, 3": "one number or two",
    "12 852\n13 111": "one number or two",
    "9000/41000": "is no count",
    "1\n" * (10_001): "at most 10,000 classes",
    "1 " * 150_000: "at most 200,000 characters",
}


@pytest.mark.parametrize("text", PLAIN)
def test_plain(text):
    """Numbers alone, with whatever parts them."""
    assert list(reading.read(text).counts) == PLAIN[text]
    assert reading.read(text).names == ()


@pytest.mark.parametrize("text", NAMED)
def test_named(text):
    """Names and counts, as tables, dicts and prints have them."""
    found = reading.read(text)
    assert (found.names, list(found.counts)) == (NAMED[text], [9000, 41000])


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text)[:20])
def test_refused(text):
    """What is no count, or could be two, is refused with a way to write it."""
    with pytest.raises(CaseError) as caught:
        reading.read(text)
    assert REFUSED[text] in str(caught.value)
    assert caught.value.remedy


@settings(deadline=None)
@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=20), st.sampled_from([", ", "\n", "; "])
)
def test_whole_numbers_come_back(counts, sign):
    """Counts written plainly are read as they are, unless a row could be thousands."""
    assert list(reading.read(sign.join(map(str, counts))).counts) == counts


HOSTILE = (
    ("a", " ", "b"), ("a", ",", "b"), ("", "1", "x"), ("1", "\t", "x"), ("0 1\n1", "\t", ";x"),
    ("1", ",234", "x"), ("a: 1, ", " ", "b"), ("", "'", ":"), ("a", "=", ""), ("", "1 ", "a"),
    ("0", "0", " 5\n1 6"), ("", ", ", "dtype"), ("1", "\u00a0", "x"),
)  # fmt: skip


@pytest.mark.parametrize("parts", HOSTILE, ids=repr)
def test_hostile_text_is_answered_soon(parts):
    """As many letters as the field takes are answered at once, whatever is repeated in them."""
    start, piece, end = parts
    text = start + piece * ((reading.MAX_TEXT - 20) // len(piece)) + end
    began = time.process_time()
    with suppress(CaseError):
        reading.read(text)
    assert time.process_time() - began < 2  # 0.2 s here; minutes with a pattern that goes back


def test_row_too_long_for_thousands():
    """Ten groups of three digits are no number that anybody counts to, so they are counts."""
    row = "9," + ",".join(["100"] * 9)
    assert reading.read(row).counts == (9.0, *[100.0] * 9)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text(text):
    """Any text is counts or a CaseError."""
    try:
        assert reading.read(text).counts
    except CaseError as problem:
        assert problem.remedy


@settings(deadline=None)
@given(st.lists(st.text(max_size=50), min_size=1, max_size=8))
def test_names_go_through_a_link(names):
    """Names made fit differ, can be a link, and come back from it."""
    made = told_apart(names)
    assert names_fault(made, len(names)) == ""
    assert split(join(made)) == made


def test_tidy():
    """A name stays on one line, without what cannot be seen."""
    assert tidy("cat\nimport os") == "cat import os"
    assert tidy("\u202ecat\x00 dog") == "cat dog"
    assert len(tidy("x" * 99)) == 40


TABLES = {
    "0, 2\n1, 0": ((0, 2), (1, 0)),
    "0 2; 1 0": ((0, 2), (1, 0)),
    "[[0, 2], [1, 0]]": ((0, 2), (1, 0)),
    "np.array([[0, 2.5],\n [1, 0]])": ((0, 2.5), (1, 0)),
    "| 0 | 2 |\n| 1 | 0 |": ((0, 2), (1, 0)),
    "": (),
}


@pytest.mark.parametrize("text", TABLES)
def test_table(text):
    """Costs and counts of images are typed as a small table."""
    assert read_table(text) == TABLES[text]


@pytest.mark.parametrize("text", ["a, b", "0, -1", "0, nan", "1\n" * 1001, "0, 1e400"])
def test_table_refused(text):
    """What is no number from 0 on is refused."""
    with pytest.raises(NotationError):
        read_table(text)
