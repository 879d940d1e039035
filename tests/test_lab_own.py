"""A person's own table in the lab: read, its columns found, its gaps counted, its size bounded."""

import tracemalloc

import pytest

from ui.lab.own.columns import Chosen, guessed, rows
from ui.lab.own.table import MAX_CELLS, MAX_ROWS, read_file, read_table
from ui.npy import MAX_BYTES
from ui.paste import PasteError

PLAIN = "width,height,kind\n1,2,common\n3,4.5,rare\n-1e-3,0,common\n"
SEPARATED = {
    "commas": PLAIN,
    "tabs": PLAIN.replace(",", "\t"),
    "semicolons": PLAIN.replace(",", ";"),
    "decimal commas": PLAIN.replace(",", ";").replace("4.5", "4,5"),
    "bars": PLAIN.replace(",", " | "),
    "spaces": PLAIN.replace(",", "  "),
    "Windows": PLAIN.replace("\n", "\r\n"),
    "quoted": PLAIN.replace("common", '"common"').replace("rare", '"rare"'),
    "empty lines": PLAIN.replace("\n", "\n\n"),
    "true minus": PLAIN.replace("-1e", "−1e"),
}


@pytest.mark.parametrize("text", SEPARATED.values(), ids=SEPARATED)
def test_read(text):
    """However its cells are parted, a table gives the same columns, guess and rows."""
    table = read_table(text)
    assert table.names == ("width", "height", "kind")
    assert guessed(table) == Chosen(0, 1, 2)
    found = rows(table, guessed(table))
    assert found.points == ((1, 2), (3, 4.5), (-0.001, 0))
    assert found.labels == ("common", "rare", "common")
    assert found.left_out == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_file(encoding):
    """A file's text is read in the usual encodings, umlauts included."""
    table = read_file("mine.csv", PLAIN.replace("kind", "Größe").encode(encoding))
    assert table.names == ("width", "height", "Größe")


def test_without_names():
    """A table without a line of names has numbered columns."""
    table = read_table("1,2,a\n3,4,b\n5,6,a")
    assert table.names == ("column 1", "column 2", "column 3")
    assert table.rows == 3


def test_numbers_as_labels():
    """A column of 0 and 1 that is called target is the label, wherever it stands."""
    table = read_table("target,a,b\n" + "".join(f"{k % 2},{k},{k * k}\n" for k in range(20)))
    assert guessed(table) == Chosen(1, 2, 0)
    assert table.numeric == (0, 1, 2)
    assert table.labelling == (0,)


def test_missing():
    """Rows that lack a number or the label are left out and counted; infinity is no number."""
    gaps = "1,,a\n,2,a\n3,4,\nnan,1,a\nNA,1,b\ninf,1,b\n?,1,b\n"
    table = read_table("x,y,kind\n1,2,a\n3,5,b\n" + gaps)
    found = rows(table, guessed(table))
    assert found.points == ((1, 2), (3, 5))
    assert found.left_out == 7


REFUSED = {
    "nothing": ("", "needs a line for each sample"),
    "one line": ("x,y,kind", "needs a line for each sample"),
    "no label": ("".join(f"{k},{k}\n" for k in range(20)), "No column can be the label"),
    "one number": ("x,kind\n1,a\n2,b\n3,a", "one column of numbers; two are needed"),
    "words": ("a,b,kind\nx,y,p\nz,w,q", "no column of numbers; two are needed"),
    "open quote": ('x,y,kind\n1,2,"' + "a,\n" * 100_000, "cannot be read"),
    "wide": (",".join("1" * 300) + "\n" + ",".join("2" * 300), "at most 200 can be read"),
}


@pytest.mark.parametrize(("text", "says"), REFUSED.values(), ids=REFUSED)
def test_refused(text, says):
    """What is no such table is refused with what is missing."""
    with pytest.raises(PasteError, match=says):
        guessed(read_table(text))


def test_too_many_rows():
    """A table of more rows than can be read is refused with the bound."""
    with pytest.raises(PasteError, match=rf"at most {MAX_ROWS:,} can be read"):
        read_table("1,2,a\n" * (MAX_ROWS + 2))


def test_too_many_cells():
    """A wide table is bounded by its cells, though its rows are few enough."""
    with pytest.raises(PasteError, match=rf"at most {MAX_CELLS:,} can be read"):
        read_table((",".join("1" * 100) + "\n") * 10_001)


@pytest.mark.parametrize("data", [b"\x93NUMPY\x01\x00", b"PK\x03\x04rest", b"\x80\x04\x95pickle"])
def test_no_text(data):
    """What is no text is never taken apart."""
    with pytest.raises(PasteError, match="is no text"):
        read_file("mine.csv", data)


def test_names_are_told_apart():
    """Columns of one name, or of none, get names that differ."""
    table = read_table("a,a,,kind\n1,2,3,p\n4,5,6,q")
    assert table.names == ("a", "a again", "column 3", "kind")


def test_many_columns_of_one_name():
    """Also of many equal names all differ, and none grows too long to be shown."""
    table = read_table((",".join(["name"] * 200) + "\n") + (",".join("1" * 200) + "\n") * 2)
    assert table.names[:3] == ("name", "name again", "column 3")
    assert len(set(table.names)) == 200
    assert max(map(len, table.names)) < 40


@pytest.mark.parametrize("line", ["\n", "1,", "1 "])
def test_large_file_is_refused_before_it_is_cut(line):
    """Twenty megabytes of lines or of cells are refused without a list of them."""
    text = "1,2,a\n" + line * (MAX_BYTES // len(line))
    tracemalloc.start()
    with pytest.raises(PasteError, match="can be read"):
        read_table(text + "\n1,2,b\n")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * MAX_BYTES  # the text again, translated; a list of its cells takes 400 MB
