"""A file gives the same tensors as its text would, and nothing in it can run, swell or crash."""

import io
import time
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.npy import MAX_BYTES, MAX_NUMBERS
from ui.paste import PasteError
from ui.upload import read_file

ROWS = np.array([[3.0, 4.5], [6.0, -9.0]])


def saved(array, **options):
    """The bytes of an .npy file."""
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def packed(**arrays):
    """The bytes of an .npz file."""
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def written(array, delimiter=",", fmt="%.4f"):
    """The array as a text table."""
    stream = io.StringIO()
    np.savetxt(stream, array, fmt=fmt, delimiter=delimiter)
    return stream.getvalue()


TEXTS = {
    "comma.csv": b"3,4.5\n6,-9\n",
    "windows.csv": b"3,4.5\r\n6,-9\r\n",
    "header.csv": b"cat,dog\n3,4.5\n6,-9\n",
    "quoted.csv": b'"cat","dog"\n"3","4.5"\n"6","-9"\n',
    "pandas.csv": b",cat,dog\n0,3,4.5\n1,6,-9\n",
    "europe.csv": b"3;4,5\n6;-9,0\n",
    "excel.csv": "Käse;Öl\r\n3;4,5\r\n6;-9\r\n".encode("cp1252"),
    "excel with a mark.csv": "\ufeffKäse;Öl\r\n3,0;4,5\r\n6,0;-9,0\r\n".encode(),
    "excel, semicolons at the end.csv": b"3,0;4,5;\n6,0;-9,0;\n",
    "tab, commas.tsv": b"a\tb\n3,0\t4,5\n6,0\t-9,0\n",
    "tab.tsv": b"3\t4.5\n6\t-9\n",
    "space.txt": b"3 4.5\n6 -9\n",
    "list.txt": b"[[3, 4.5], [6, -9]]",
    "print.txt": b"tensor([[ 3.0000,  4.5000],\n        [ 6.0000, -9.0000]])",
    "marked.csv": b"\xef\xbb\xbf3,4.5\n6,-9\n",
    "utf16.csv": "3,4.5\n6,\u22129\n".encode("utf-16"),
    "latin.csv": "ca\xf1o,dog\n3,4.5\n6,-9\n".encode("latin-1"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_file(name):
    """Tables and texts in the usual encodings give their numbers."""
    (tensor,) = read_file(name, TEXTS[name]).tensors
    np.testing.assert_array_equal(tensor.values, ROWS)


@pytest.mark.parametrize(
    ("dtype", "kind", "said"),
    [
        ("float16", "f", "float16"),
        ("float32", "f", "float32"),
        (">f8", "f", "float64"),
        ("int32", "i", "int32"),
        ("int64", "i", "int64"),
        ("uint8", "i", "uint8"),
        ("bool", "b", "bool"),
    ],
)
def test_array_file(dtype, kind, said):
    """An .npy file gives its array, its dtype in torch's words and its own name."""
    made = np.array([[3, 4], [6, 9]]).astype(dtype)
    (tensor,) = read_file("logits.npy", saved(made)).tensors
    np.testing.assert_array_equal(tensor.values, made)
    assert (tensor.name, tensor.dtype, tensor.values.dtype.kind) == ("logits", said, kind)
    assert not tensor.values.flags.writeable


def test_several_arrays_get_their_roles_by_name():
    """An .npz file with named arrays fills the whole case."""
    pasted = read_file("case.npz", packed(w=np.ones(2), labels=np.array([1, 0]), outputs=ROWS))
    assert dict(pasted.roles) == {"logits": 2, "target": 1, "weight": 0}


def test_label_column_becomes_the_target():
    """A table whose one whole-numbered column is named as a label is split in two."""
    pasted = read_file("a.csv", b"cat,dog,label\n0.5,1.5,1\n2.5,3.5,0\n")
    assert dict(pasted.roles) == {"logits": 0, "target": 1}
    np.testing.assert_array_equal(pasted.tensors[1].values, [1, 0])
    assert pasted.tensors[0].columns == ("cat", "dog")


def test_german_excel():
    """Semicolons part the cells, commas stand before the decimals, points between thousands."""
    text = "Hund;Katze;Label\r\n0,5;1.234,5;1\r\n-2,25;3;0\r\n"
    pasted = read_file("werte.csv", text.encode("cp1252"))
    assert dict(pasted.roles) == {"logits": 0, "target": 1}
    logits, target = pasted.tensors
    np.testing.assert_array_equal(logits.values, [[0.5, 1234.5], [-2.25, 3]])
    np.testing.assert_array_equal(target.values, [1, 0])
    assert logits.columns == ("Hund", "Katze")


def test_one_row_below_names_with_semicolons():
    """Names with semicolons between them say that the one row below holds cells, too."""
    (tensor,) = read_file("a.csv", b"cat;dog\n0,5;1,25\n").tensors
    np.testing.assert_array_equal(tensor.values, [[0.5, 1.25]])


def test_large_table_with_decimal_commas():
    """A large table is read quickly with decimal commas as well, each number as it was written."""
    made = np.random.default_rng(7).normal(size=(20_000, 5)).round(4)
    text = "a;b;c;d;e\n" + written(made, ";").replace(".", ",")
    (tensor,) = read_file("gross.csv", text.encode()).tensors
    np.testing.assert_array_equal(tensor.values, made)


def test_point_among_decimal_commas():
    """1.500 in a table with decimal commas may be 1500 or 1.5, so it is refused."""
    with pytest.raises(PasteError, match=r"Line 2, column 1: '1\.500' has a point"):
        read_file("a.csv", b"0,5;1,5\n1.500;2,5\n")


@pytest.mark.parametrize("delimiter", [",", "\t", " ", ";"])
def test_large_table_is_exact_and_quick(delimiter):
    """A million numbers arrive in seconds, each as it was written."""
    made = np.random.default_rng(7).normal(size=(5000, 200)).round(4)
    start = time.process_time()
    (tensor,) = read_file("big.csv", written(made, delimiter).encode()).tensors
    assert time.process_time() - start < 5  # 0.3 s here; room for a slower machine
    np.testing.assert_array_equal(tensor.values, made)


def test_ten_million_numbers_fit():
    """10,000 rows of 1,000 classes, the size the bound was made for."""
    made = np.random.default_rng(7).integers(0, 9, size=(10_000, 1_000))
    assert read_file("a.csv", written(made, fmt="%d").encode()).tensors[0].values.size == 10**7
    assert read_file("a.npy", saved(made.astype(np.float16))).tensors[0].values.size == 10**7


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1,2,3,4", "Line 30001: row 30001 has 4 numbers and row 1 has 3"),
        ("1,2", "Line 30001: row 30001 has 2 numbers and row 1 has 3"),
        ("1,dog,3", "Line 30001, column 2: 'dog' stands where a number must be"),
        ("1,,3", "Line 30001, column 2: nothing stands where a number must be"),
    ],
)
def test_fault_in_a_large_table_is_located(line, message):
    """A row that does not fit is named also where the quick way of reading cannot name it."""
    text = "0.25,0.5,0.75\n" * 30_000 + line + "\n" + "1,2,3\n" * 10
    with pytest.raises(PasteError) as caught:
        read_file("a.csv", text.encode())
    assert message in str(caught.value)


def test_nan_in_a_large_table_stays():
    """A large table may hold nan and inf."""
    text = "0.25,0.5\n" * 30_000 + "nan,-inf\n"
    values = read_file("a.csv", text.encode()).tensors[0].values
    np.testing.assert_array_equal(values[-1], [np.nan, -np.inf])


def bomb():
    """A small file that unpacks to 400 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("logits.npy", bytes(400_000_000))
    return stream.getvalue()


def huge_header():
    """A few bytes that claim 10 ** 11 numbers."""
    text = b"{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,), }"
    return b"\x93NUMPY\x01\x00\x76\x00" + text.ljust(117) + b"\n"


def header(descr, shape, body=b""):
    """A file that says so of itself."""
    text = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}".encode()
    text = text.ljust(-(-(len(text) + 11) // 64) * 64 - 11) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + body


def lying(says):
    """A small file that unpacks to 400 MB and says that it unpacks to so many bytes."""
    data = bytearray(bomb())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.rfind(mark) + at
        data[place : place + 4] = says.to_bytes(4, "little")
    return bytes(data)


def overlapping(times):
    """A small file whose entries are all the same 9 MB."""
    data = zipped("logits.npy", saved(np.zeros(9 * 2**17)))
    entry, end = data.rfind(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    directory = data[entry:end] * times
    count, size = times.to_bytes(2, "little"), len(directory).to_bytes(4, "little")
    tail = b"PK\x05\x06" + bytes(4) + count * 2 + size + entry.to_bytes(4, "little") + bytes(2)
    return data[:entry] + directory + tail


BOUNDED = {
    "a bomb": (bomb, 2),
    "a bomb that says it is small": (lambda: lying(100), 2),
    "a bomb that says it is empty": (lambda: lying(0), 2),
    "a bomb that says it is just small enough": (lambda: lying(90_000_000), 300),
    "entries over each other": (lambda: overlapping(20), 2),
    "numbers that are not there": (lambda: header("'<f8'", "(12000000,)"), 2),
    "texts of a gigabyte": (lambda: header("'S1000000000'", "(1,)"), 2),
    "rows of a gigabyte": (lambda: header("[('a', '<f8', (99999999,))]", "(1,)"), 2),
    "less than nothing": (lambda: header("'<f8'", "(-9, -9)"), 2),
    "classes of no rows": (lambda: header("'<f8'", "(0, 999999999)"), 2),
    "thousands of digits": (lambda: header("'<f8'", f"({'9' * 4_000},)"), 2),
    "thousands of brackets": (lambda: b"\x93NUMPY\x02\x00\x00\x20\x00\x00" + b"(" * 8192, 8),
    "a header of the whole file": (lambda: b"\x93NUMPY\x02\x00" + b"(" * MAX_BYTES, 60),
}


@pytest.mark.parametrize("kind", BOUNDED)
def test_memory_is_bounded(kind):
    """What claims or unpacks to a lot is refused with few megabytes of memory, in few letters."""
    make, most = BOUNDED[kind]
    data = make()[:MAX_BYTES]
    name = "a.npz" if data.startswith(b"PK") else "a.npy"
    tracemalloc.start()
    with pytest.raises(PasteError) as caught:
        read_file(name, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < most * 2**20
    assert len(str(caught.value)) < 300


LARGE = {
    "one long row": ("1,2.5," * 300_000 + "3", (600_001,), ""),
    "two long rows": (("1;2,5;" * 90_000 + "3\n") * 2, (2, 180_001), ""),
    "long names": ("\n".join([",".join(f"class{k}" for k in range(30_000)), "1," * 29_999 + "1"]),
                   (1, 30_000), ""),
    "a word at the end": ("1\n" * 600_000 + "x\n", None, "Line 600001, column 1: 'x'"),
    "a word in a long row": ("1," * 600_000 + "x", None, "Line 1, column 600001: 'x'"),
    "a word after comments": ("1,2\n" * 300_000 + "#\n# a\n3,x\n", None, "Line 300003, column 2"),
    "a short row": ("1,2\n" * 300_000 + "1\n3,4\n", None, "Line 300001: row 300001 has 1 number"),
    "Windows": ("1,2\r\n" * 300_000 + "1,2,3\r\n", None, "Line 300001: row 300001 has 3 numbers"),
    "spaces": ("1  2\n" * 300_000 + " 1 2 3\n", None, "Line 300001: row 300001 has 3 numbers"),
    "no table": ("cat\n" * 300_000, None, "is no plain table"),
}  # fmt: skip


@pytest.mark.parametrize("kind", LARGE)
def test_large_file(kind):
    """A large table is read in one go however long its rows are, or its fault is named, soon."""
    text, shape, message = LARGE[kind]
    start = time.process_time()
    if shape:
        assert read_file("a.csv", text.encode()).tensors[0].values.shape == shape
    else:
        with pytest.raises(PasteError) as caught:
            read_file("a.csv", text.encode())
        assert message in str(caught.value)
    assert time.process_time() - start < 5  # 0.3 s here; room for a slower machine


REFUSED = {
    "objects": ("a.npy", lambda: saved(np.array([{}]), allow_pickle=True), "never read"),
    "objects in npz": ("a.npz", lambda: packed(a=np.array([{}])), "never read"),
    "pickle": ("a.pkl", lambda: b"\x80\x04K\x01.", "np.save"),
    "renamed pickle": ("a.npy", lambda: b"\x80\x04K\x01.", "np.save"),
    "complex": ("a.npy", lambda: saved(np.zeros(2, complex)), "must be real numbers"),
    "words": ("a.npy", lambda: saved(np.array(["a"])), "must be real numbers"),
    "cut": ("a.npy", lambda: saved(ROWS)[:-3], "damaged or cut off"),
    "cut npz": ("a.npz", lambda: packed(a=ROWS)[:-30], "damaged"),
    "checkpoint": ("a.pt", lambda: zipped("data.pkl"), "which is no array"),
    "bomb": ("a.npz", bomb, f"at most {MAX_NUMBERS:,} numbers"),
    "claim": ("a.npy", huge_header, f"at most {MAX_NUMBERS:,} numbers"),
    "numbers": ("a.npy", lambda: saved(np.zeros(MAX_NUMBERS + 1, bool)), f"{MAX_NUMBERS:,}"),
    "bytes": ("a.csv", lambda: b"1" * (MAX_BYTES + 1), "at most 20 MB"),
    "beyond int64": ("a.npy", lambda: saved(np.array([2**63], np.uint64)), "int64"),
    "empty": ("a.csv", lambda: b"", "No numbers were found"),
    "only a comment": ("a.csv", lambda: b"a\n#\n", "No numbers were found"),
    "only a rule": ("a.csv", lambda: b"a\n|--|\n", "No numbers were found"),
    "names": ("a.csv", lambda: b"cat,0.1,0.2\ndog,0.3,0.4\n", "'dog' stands where a number"),
    "long text": ("a.txt", lambda: b"x = [1, 2]\n" * 100_000, "at most 1,000,000"),
}


def zipped(name, data=b"\x80\x02."):
    """A zip file with one entry."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize("key", REFUSED)
def test_refused(key):
    """What is unsafe, damaged or too large is refused, with the bound and a way out."""
    name, data, message = REFUSED[key]
    with pytest.raises(PasteError) as caught:
        read_file(name, data())
    assert message in str(caught.value)


STARTS = [b"", b"\x93NUMPY", b"PK\x03\x04", saved(ROWS), packed(a=ROWS), b"1,2\n", b"\xff\xfe"]


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(STARTS),
    st.binary(max_size=60),
    st.integers(0, 200),
    st.sampled_from(["a.csv", "a.npy", "a.npz", "a.txt", "a"]),
)
def test_any_bytes_are_read_or_refused(start, noise, at, name):
    """Any bytes under any name give tensors or a PasteError, never another error."""
    try:
        read_file(name, start[:at] + noise + start[at + len(noise) :])
    except PasteError as error:
        assert str(error)
