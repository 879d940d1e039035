"""Labels in a file are counted, whatever they are; what is no label is refused, and nothing runs."""

import io
import time
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_upload import bomb, huge_header, packed, saved
from ui.choose import labels
from ui.choose.labels import count_file
from ui.npy import MAX_BYTES, MAX_NUMBERS
from ui.paste import PasteError

# file -> (names, counts, missing)
FILES = {
    "words.txt": (b"cat\ndog\ncat\n", ("cat", "dog"), (2, 1), 0),
    "missing.csv": (
        b"x,target\n1,cat\n2,\n3,nan\n4,None\n5,NA\n6,dog\n7,cat\n",
        ("cat", "dog"),
        (2, 1),
        4,
    ),
    "numbers.csv": (b"0\n1\n1\n\n0\n1\n", ("0", "1"), (2, 3), 1),
    "floats.csv": (b"y\n1.0\n0\n1\n", ("0", "1"), (1, 2), 0),
    "ten.csv": (
        b"\n".join(b"%d" % (k % 11) for k in range(22)),
        tuple(map(str, range(11))),
        (2,) * 11,
        0,
    ),
    "last.tsv": (b"id\tname\n1\tb\n2\ta\n3\tb\n", ("a", "b"), (1, 2), 0),
    "named.csv": (b"Label,other\nb,1\na,2\nb,3\n", ("a", "b"), (1, 2), 0),
    "europe.csv": (b"a;class\n1,5;x\n2,5;y\n", ("x", "y"), (1, 1), 0),
    "quoted.csv": (b'"label"\n"a,b"\n"c"\n"a,b"\n', ("a,b", "c"), (2, 1), 0),
    "list.txt": (b"[0, 1, 1, 0, 1]", ("0", "1"), (2, 3), 0),
    "marked.csv": (b"\xef\xbb\xbflabel\nb\na\n", ("a", "b"), (1, 1), 0),
    "utf16.txt": ("ja\nnein\nja\n".encode("utf-16"), ("ja", "nein"), (2, 1), 0),
    "spaces.txt": (b"cat \n cat\ndog\n", ("cat", "dog"), (2, 1), 0),
    "ignored.csv": (b"-100\n0\n1\n1\n", ("0", "1"), (1, 2), 0),
    "windows.csv": (b"cat\r\ndog\r\ncat\r\n", ("cat", "dog"), (2, 1), 0),
    "ints.npy": (saved(np.array([0, 2, 1, 2])), ("0", "1", "2"), (1, 1, 2), 0),
    "bytes.npy": (saved(np.array([1, 0, 1], np.uint8)), ("0", "1"), (1, 2), 0),
    "bools.npy": (saved(np.array([True, False, True])), ("0", "1"), (1, 2), 0),
    "floats.npy": (saved(np.array([0, 1, np.nan, 1])), ("0", "1"), (1, 2), 1),
    "words.npy": (saved(np.array(["b", "a", "b", "nan", ""])), ("a", "b"), (1, 2), 2),
    "latin.npy": (saved(np.array([b"b", b"a"])), ("a", "b"), (1, 1), 0),
    "column.npy": (saved(np.array([[0], [1], [1]])), ("0", "1"), (1, 2), 0),
    "masks.npy": (saved(np.zeros((2, 3, 4), np.int64)), ("0",), (24,), 0),
    "hot.npy": (saved(np.eye(3)[[0, 1, 1, 2]]), ("0", "1", "2"), (1, 2, 1), 0),
    "one.npz": (packed(anything=np.array([1, 0, 1])), ("0", "1"), (1, 2), 0),
    "two.npz": (packed(x=np.ones((3, 2)), label=np.array([1, 0, 1])), ("0", "1"), (1, 2), 0),
}


@pytest.mark.parametrize("name", FILES)
def test_counted(name):
    """Numbers are in order of size, words by the alphabet; what is missing is counted apart."""
    data, names, counts, missing = FILES[name]
    tally = count_file(name, data).tally
    assert (tally.names, tally.counts, tally.missing) == (names, counts, missing)


def test_order_is_numpys():
    """Words are in the order in which np.unique numbers them."""
    words = ["b", "B", "ä", "a", "10", "9"]
    tally = count_file("a.txt", "\n".join(words).encode()).tally
    assert tally.names == tuple(np.unique(words).tolist())


def test_column_can_be_chosen():
    """The columns are named, the likely one is counted, and any other can be."""
    data = b"kind,target,size\na,0,5\nb,1,5\na,1,6\n"
    first = count_file("a.csv", data)
    assert (first.columns, first.chosen, first.header) == (("kind", "target", "size"), 1, True)
    assert count_file("a.csv", data, column=0).tally.names == ("a", "b")
    assert count_file("a.csv", data, column=2).tally.names == ("5", "6")


def test_heading_can_be_chosen():
    """A first line taken for names, or not taken for them, can be turned round."""
    data = b"cat\ndog\ncat\n"
    assert count_file("a.csv", data).header is False
    found = count_file("a.csv", data, header=True)
    assert (found.columns, found.tally.counts) == (("cat",), (1, 1))
    data = b"a,b\nc,d\n"
    assert count_file("a.csv", data).header is True
    assert count_file("a.csv", data, header=False).tally.counts == (1, 1)


def test_notes():
    """Gaps, ignored labels and the order of words are said."""
    assert "without a gap" in count_file("a.csv", b"1\n2\n5\n").tally.notes[0]
    assert "1 row has the label −100" in count_file("a.csv", FILES["ignored.csv"][0]).tally.notes[0]
    assert "LabelEncoder" in count_file("a.csv", b"x\ny\n").tally.notes[0]
    assert "no whole numbers" in count_file("a.csv", b"0.5\n1\n0.5\n").tally.notes[0]


def cut_zip():
    """A checkpoint's zip file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("data.pkl", b"\x80\x02.")
    return stream.getvalue()


def claims(text):
    """A header that claims what the bytes behind it do not hold."""
    return b"\x93NUMPY\x01\x00\x76\x00" + text.ljust(117) + b"\n"


REFUSED = {
    "pickle": ("a.pkl", lambda: b"\x80\x04K\x01.", "np.save"),
    "renamed pickle": ("y.csv", lambda: b"\x80\x04K\x01.", "np.save"),
    "objects": ("y.npy", lambda: saved(np.array(["a", None]), allow_pickle=True), "never read"),
    "objects in npz": ("y.npz", lambda: packed(y=np.array([{}])), "never read"),
    "checkpoint": ("a.pt", cut_zip, "which is no array"),
    "bomb": ("a.npz", bomb, f"at most {MAX_NUMBERS:,} numbers"),
    "claim": ("a.npy", huge_header, f"at most {MAX_NUMBERS:,} numbers"),
    "wide claim": (
        "a.npy",
        lambda: claims(b"{'descr': '<U99999999', 'fortran_order': False, 'shape': (9999999,), }"),
        "damaged",
    ),
    "bytes": ("a.csv", lambda: b"1" * (MAX_BYTES + 1), "at most 20 MB"),
    "garbage": ("a.csv", lambda: bytes(range(256)) * 10, "is no text"),
    "complex": ("a.npy", lambda: saved(np.zeros(2, complex)), "must be real numbers"),
    "dates": ("a.npy", lambda: saved(np.zeros(2, "M8[D]")), "must be real numbers"),
    "records": ("a.npy", lambda: saved(np.zeros(2, "i4,i4")), "must be real numbers"),
    "nothing": ("a.csv", lambda: b"\n\n", "is empty"),
    "all missing": ("a.csv", lambda: b"y\nnan\n\n", "no label"),
    "measurements": (
        "a.csv",
        lambda: "\n".join(f"{k / 7:.3f}" for k in range(300)).encode(),
        "looks like measurements",
    ),
    "few fractions": (
        "a.npy",
        lambda: saved(np.repeat(np.arange(30) / 7, 100)),
        "looks like measurements",
    ),
    "names of samples": (
        "a.csv",
        lambda: "\n".join(f"photo{k}.jpg" for k in range(300)).encode(),
        "texts or names of samples",
    ),
    "too many classes": (
        "a.npy",
        lambda: saved(np.tile(np.arange(10_001), 3)),
        "at most 10,000 classes",
    ),
    "long cell": ("a.csv", lambda: b"a,b," + b"c" * 200_000, "larger than field limit"),
    "no code points": (
        "a.npy",
        lambda: saved(np.array(["ab"])).replace(b"b\0\0\0", b"\xff" * 4),
        "damaged or cut off",
    ),
    "half a pair": (
        "a.npy",
        lambda: saved(np.array(["ab"])).replace(b"b\0", b"\0\xd8"),
        "damaged or cut off",
    ),
    "vast texts": (
        "a.npy",
        lambda: saved(np.array(["a"])).replace(b"<U1'", b"<U900000000'"),
        "damaged or cut off",
    ),
    "open quote": ("a.csv", lambda: b'a\n"b\nc\n' * 3, "cannot be read as a table"),
    "ragged": ("a.csv", lambda: b"a,b\n" * 300 + b"1,2,3\n", "Line 301 has 3 cells"),
    "wide": ("a.csv", lambda: b",".join([b"a"] * 2000) + b"\n" + b"," * 1999, "at most 1,000"),
}


@pytest.mark.parametrize("key", REFUSED)
def test_refused(key):
    """What is unsafe, damaged, too large or no label is refused in words."""
    name, data, message = REFUSED[key]
    with pytest.raises(PasteError) as caught:
        count_file(name, data())
    assert message in str(caught.value)


LARGE = {
    "numbers": lambda: b"0\n1\n" * (MAX_BYTES // 4),
    "words": lambda: b"cat\ndog\n" * (MAX_BYTES // 8),
    "array": lambda: saved(np.tile(np.arange(10, dtype=np.uint8), 10**6)),
    "measurements": lambda: "\n".join(map(str, range(2_000_000))).encode(),
}


@pytest.mark.parametrize("key", LARGE)
def test_large(key):
    """Ten million rows are counted, or refused, within seconds."""
    data = LARGE[key]()
    start = time.process_time()
    try:
        assert len(count_file("y.npy" if key == "array" else "y.csv", data).tally.counts) in (2, 10)
    except PasteError as error:
        assert "measurements" in str(error)
        assert key == "measurements"
    assert time.process_time() - start < 15  # 3 s here; room for a slower machine


STARTS = [b"", b"\x93NUMPY", b"PK\x03\x04", saved(np.array([1, 0])), b"a,b\n1,2\n", b"\xff\xfe"]


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(STARTS),
    st.binary(max_size=60),
    st.integers(0, 200),
    st.sampled_from(["a.csv", "a.npy", "a.npz", "a.txt", "a"]),
)
def test_any_bytes(start, noise, at, name):
    """Any bytes are counted or refused, never another error."""
    try:
        tally = count_file(name, start[:at] + noise + start[at + len(noise) :]).tally
    except PasteError as error:
        assert str(error)
    else:
        assert len(tally.names) == len(tally.counts) == len(set(tally.names))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["a.csv", "a.txt", "a.tsv"]))
def test_any_text(text, name):
    """So is any text, quotes, commas and odd line ends included."""
    try:
        assert count_file(name, text.encode()).tally.counts
    except PasteError as error:
        assert str(error)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["cat", "dog", "äh, so", 'a "b"', "", "nan", "0"]), min_size=1))
def test_csv_round_trip(labels):
    """What pandas writes is counted as it was."""
    import pandas as pd

    text = pd.DataFrame({"x": range(len(labels)), "label": labels}).to_csv(index=False)
    there = [label for label in labels if label not in ("", "nan")]
    if not there:
        return
    tally = count_file("a.csv", text.encode()).tally
    assert dict(zip(tally.names, tally.counts, strict=True)) == {
        label: there.count(label) for label in there
    }
    assert tally.missing == len(labels) - len(there)


def test_parts_of_a_file_are_added(monkeypatch):
    """A long file is read in parts; labels, and missing ones, of all parts are counted."""
    monkeypatch.setattr(labels, "ROWS_AT_ONCE", 3)
    found = count_file("y.csv", b"y\ncat\ndog\n\ncat\nbird\nnan\ncat\n").tally
    assert (found.names, found.counts, found.missing) == (("bird", "cat", "dog"), (1, 3, 1), 2)


def test_measurements_after_a_quiet_start(monkeypatch):
    """Where different values begin late, reading stops at the part where they do."""
    monkeypatch.setattr(labels, "ROWS_AT_ONCE", 1_000)
    rows = [b"0"] * 1_000 + [b"%d" % k for k in range(9_000)]
    # the second part makes 1,000 of 2,000, not yet more than half
    with pytest.raises(PasteError, match="2,000 different values in 3,000 rows") as caught:
        count_file("y.csv", b"\n".join([*rows, b"0"]))
    assert "Choose another column" in str(caught.value)


def test_uneven_table():
    """A table with a cell too many is refused by its line, not counted as one odd column."""
    with pytest.raises(PasteError, match="Line 3 has 3 cells, the first one 2"):
        count_file("y.csv", b"a,b\n1,2\n1,2,3\n")


def test_one_long_line():
    """Labels of one line are counted with their quotes and spaces aside."""
    found = count_file("y.txt", b"['cat', 'dog',  'cat', cat]").tally
    assert (found.names, found.counts) == (("cat", "dog"), (3, 1))


def test_parts_of_an_array_of_words(monkeypatch):
    """Words of an array are counted part by part, and refused when too many differ."""
    monkeypatch.setattr(labels, "ROWS_AT_ONCE", 2)
    found = count_file("y.npy", saved(np.array(["b", "a", "", "a", "b", "b"]))).tally
    assert (found.names, found.counts, found.missing) == (("a", "b"), (2, 3), 1)
    monkeypatch.setattr(labels, "ROWS_AT_ONCE", 1_000)
    with pytest.raises(PasteError, match="1,000 different values in 1,000 rows"):
        count_file("y.npy", saved(np.array([f"w{k}" for k in range(5_000)])))
