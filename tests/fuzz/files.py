"""Bytes that make files of NumPy and tables, shared by the targets that read files."""

import io
import zipfile
from typing import Any

import numpy as np

NUMPY = (
    b"\x93NUMPY", b"\x01\x00", b"\x02\x00", b"\x03\x00", b"'descr': ", b"'<f8'", b"'|O'", b"'>i4'",
    b"'S1000000000'", b"'<U9'", b"'|V8'", b"[('a', '<f8')]", b"('<f8', (99,))", b"'fortran_order': ",
    b"True", b"'shape': ", b"(2, 2)", b"(99999999999,)", b"(-1,)", b"(0, 99)", b"()", b"(True,)",
    b"'<M8[s]'", b"'<c16'", b"'<f2'", b"'|b1'", b"((((((((", b"{'a': " * 9, b"PK\x01\x02",
    b"PK\x05\x06", b"PK\x06\x06", b"PK\x03\x04", b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b".npy",
)  # fmt: skip
TEXT = (
    b",", b";", b"\t", b"|", b" ", b"\n", b"\r\n", b"\r", b'"', b"'", b"#", b"\x00", b"\x1f", b"1",
    b"2.5", b"0,5", b"nan", b"inf", b"1e999", b"-100", b"label", b"cat", b"dog", b"[", b"(", b"=",
    b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"+AGE-", b"\xe9", b"\xe2\x88\x92", b"9" * 30,
    b"a,b\n1,2\n", b"|--|", b"True", b"1_0", b"\x0c", b"\xc2\x85",
)  # fmt: skip
STARTS = (b"a.csv\n", b"a.csv\na,b\n1,2\n", b"a.txt\n1", b"a.npz\nPK\x03\x04")
TABLES = (
    b"a.csv\n3,4.5\n6,-9\n",
    b"a.csv\ncat,dog,label\n0.5,1.5,1\n2.5,3.5,0\n",
    b'a.csv\n"cat","dog"\n"3","4.5"\n"6","-9"\n',
    b"a.csv\nHund;Katze\n0,5;1.234,5\n-2,25;3\n",
    b"a.tsv\na\tb\n3,0\t4,5\n6,0\t-9,0\n",
    b"a.txt\n3 4.5\n6 -9\n",
    b"a.txt\ntensor([[ 3.0,  4.5],\n        [ 6.0, -9.0]])",
    b"a.csv\n" + "3,4.5\n6,\u22129\n".encode("utf-16"),
    b"a.csv\n" + "ca\xf1o,dog\n3,4.5\n".encode("latin-1"),
    b"labels.csv\nid,species\n1,cat\n2,dog\n3,cat\n",
    b"labels.csv\n0\n1\n1\n0\n-100\n",
    b"labels.txt\ncat\ndog\n\ncat\n",
    b"labels.csv\ncat, dog, dog, cat\n",
    b"own.csv\nwidth,height,kind\n1.2,3.4,common\n0.8,2.9,common\n4.1,1.0,rare\n",
)


def saved(array: Any) -> bytes:
    """The bytes of an .npy file."""
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def packed(**arrays: Any) -> bytes:
    """The bytes of an .npz file."""
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def deflated(**arrays: Any) -> bytes:
    """The same, compressed."""
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def zipped(entries: dict[str, bytes]) -> bytes:
    """A zip file of any entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return stream.getvalue()


ROWS = np.array([[3.0, 4.5], [6.0, -9.0]])
ARRAYS = (
    b"a.npy\n" + saved(ROWS),
    b"a.npy\n" + saved(ROWS.astype(">f4")),
    b"a.npy\n" + saved(np.asfortranarray(ROWS)),
    b"a.npy\n" + saved(np.array([1, 0, 2], dtype=np.int8)),
    b"a.npy\n" + saved(np.array([True, False])),
    b"a.npy\n" + saved(np.array(["cat", "dog", "cat"])),
    b"a.npy\n" + saved(np.array([b"cat", b"dog"])),
    b"a.npy\n" + saved(np.zeros((0, 5))),
    b"a.npy\n" + saved(np.float64(3)),
    b"a.npy\n" + saved(np.zeros(2, dtype=[("a", "<f8"), ("b", "<i4")])),
    b"a.npy\n" + saved(np.eye(3, dtype=np.uint8)),
    b"a.npz\n" + packed(logits=ROWS, target=np.array([1, 0]), weight=np.ones(2)),
    b"a.npz\n" + deflated(logits=ROWS, labels=np.array([1, 0])),
    b"a.npz\n" + zipped({"data.pkl": b"\x80\x02."}),
)


def named(data: bytes) -> tuple[str, bytes]:
    """The name and the bytes of a file: the first line is the name."""
    name, _, rest = data.partition(b"\n")
    return name.decode(errors="replace")[:80] or "a", rest
