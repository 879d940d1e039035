"""Reads an uploaded file, CSV, TSV, text, .npy or .npz, into the same tensors as a paste."""

import io
import zipfile
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from math import prod
from pathlib import PurePath

import numpy as np

from ui import paste
from ui.paste import Pasted, PasteError, Tensor
from ui.paste.finish import from_table
from ui.paste.record import MAX_NDIM, freeze, shown
from ui.paste.roles import guess, role_of
from ui.paste.table import Style, Table, layout, named, read_table, split_header

MAX_BYTES = 20 * 2**20
MAX_NUMBERS = 12_000_000
MAX_ENTRIES = 100
SAMPLE = 200
QUICK = 100_000
REAL, WORDS = "fiub", "US"  # NumPy's kinds of dtype: real numbers and bools; texts
FEWER = f"at most {MAX_NUMBERS:,} numbers can be read from a file. Take fewer rows."


def read_file(name: str, data: bytes) -> Pasted:
    """The tensors in a file.

    Args:
        name: the file's name; its ending says what it is.
        data: at most MAX_BYTES bytes.

    Raises:
        PasteError: the file is too large, damaged, or holds something else than numbers.
    """
    arrays = arrays_in(name, data)
    return _text(name, decoded(data)) if arrays is None else _pasted(arrays)


def arrays_in(name: str, data: bytes, kinds: str = REAL) -> list[tuple[str, np.ndarray]] | None:
    """The arrays of a file that NumPy wrote, by name; None where the file is a text.

    Args:
        name: the file's name.
        data: at most MAX_BYTES bytes.
        kinds: which of NumPy's kinds of dtype are taken.

    Raises:
        PasteError: the file is too large, damaged, or holds something else.
    """
    if len(data) > MAX_BYTES:
        raise PasteError(
            f"{shown(name)} has {len(data) / 2**20:.1f} MB, at most {MAX_BYTES // 2**20} MB can be "
            "uploaded. Take fewer rows, or save it as .npz with np.savez_compressed."
        )
    if data.startswith(b"\x93NUMPY"):
        return [(PurePath(name).stem, _array(name, data, kinds=kinds))]
    if data.startswith(b"PK\x03\x04") or name.lower().endswith(".npz"):
        return _arrays(name, data, kinds)
    if name.lower().endswith(".npy") or data.startswith((b"\x80", b"\x1f\x8b", b"BZh")):
        raise PasteError(
            f"{shown(name)} is not what numpy.save writes. Save it with np.save('logits.npy', "
            "logits.numpy()), or as text."
        )
    return None


def _pasted(arrays: list[tuple[str, np.ndarray]]) -> Pasted:
    tensors = tuple(
        Tensor(name, freeze(values), str(values.dtype.newbyteorder("="))) for name, values in arrays
    )
    if not tensors:
        raise PasteError("The file holds no array. Save it with np.savez('mine.npz', logits=...).")
    return Pasted(tensors, {}, guess(tensors, {}))


def _array(name: str, data: bytes, left: int = MAX_NUMBERS, *, kinds: str = REAL) -> np.ndarray:
    """One array in NumPy's own format; its header is read and judged before its numbers."""
    stream = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(stream)
        read_header = np.lib.format.read_array_header_1_0
        if version != (1, 0):
            read_header = np.lib.format.read_array_header_2_0
        shape, _, dtype = read_header(stream)
        _check(name, shape, dtype, left, kinds=kinds)
        values = np.load(io.BytesIO(data), allow_pickle=False)
    except PasteError:
        raise
    except Exception as error:  # NumPy's reader has many ways to say damage
        raise PasteError(
            f"{shown(name)} is damaged or cut off, NumPy cannot read it. Save it again."
        ) from error
    if values.dtype.kind == "u" and values.size and values.max() >= 2**63:
        raise PasteError(f"{shown(name)} holds whole numbers beyond int64. Save it as float64.")
    long = values.dtype.itemsize > 8 and values.dtype.kind in REAL
    return np.asarray(values, np.float64) if long else values


def _check(name: str, shape: tuple[int, ...], dtype: np.dtype, left: int, *, kinds: str) -> None:
    """Refuse what is not numbers, or too many, while only the header was read."""
    if dtype.hasobject:
        raise PasteError(
            f"{shown(name)} holds Python objects, which could run code when read: they are never "
            "read. Save plain numbers with np.save('logits.npy', np.asarray(logits, float))."
        )
    if dtype.kind not in kinds:
        raise PasteError(
            f"{shown(name)} holds {dtype}, must be real numbers or bools. Save it as float or int."
        )
    if len(shape) > MAX_NDIM:
        raise PasteError(f"{shown(name)} has {len(shape)} axes, at most {MAX_NDIM} can be read.")
    if prod(shape) > left or min(shape, default=0) < 0 or max(shape, default=0) > 2**40:
        raise PasteError(f"{shown(name)} says it has the shape {shape}: {FEWER}")


def _arrays(name: str, data: bytes, kinds: str) -> list[tuple[str, np.ndarray]]:
    """The arrays of an .npz; the size each one unpacks to is judged before it is unpacked."""
    arrays: list[tuple[str, np.ndarray]] = []
    left = MAX_NUMBERS
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > MAX_ENTRIES or unpacked > MAX_NUMBERS * 8 + MAX_ENTRIES * 1024:
                raise PasteError(
                    f"{shown(name)} holds {len(entries)} arrays that unpack to "
                    f"{unpacked / 2**20:.0f} MB: {FEWER}"
                )
            for entry in entries:
                if not entry.filename.endswith(".npy"):
                    raise PasteError(
                        f"{shown(name)} holds '{shown(entry.filename)}', which is no array. "
                        "Save it with np.savez('mine.npz', logits=...)."
                    )
                values = _array(entry.filename, archive.read(entry), left, kinds=kinds)
                left -= values.size
                arrays.append((entry.filename.removesuffix(".npy"), values))
    except PasteError:
        raise
    except Exception as error:  # so has the reader of zip files
        raise PasteError(
            f"{shown(name)} is damaged, or not what np.savez writes. Save it again with np.savez."
        ) from error
    return arrays


def decoded(data: bytes) -> str:
    """The text: UTF-8 or UTF-16 with their marks, UTF-8 without, else Latin-1."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _text(name: str, text: str) -> Pasted:
    """A table of any size, or a shorter text of any kind."""
    stem = PurePath(name).stem if role_of(PurePath(name).stem) else None
    if not text.isascii():
        text = text.translate(paste.SIGNS)
    if len(text) > QUICK and (table := _quick(text)):
        return from_table(table, stem)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts = split_header(lines)
    if parts is None and name.lower().endswith((".csv", ".tsv")) and not set("[]()=") & set(text):
        rows = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
        parts = (rows[0][1], rows[1:]) if len(rows) > 1 else None
    if parts is not None:
        header, numbered = parts
        return from_table(read_table(numbered, MAX_NUMBERS, header), stem)
    if len(text) > paste.MAX_TEXT:
        raise PasteError(
            f"{shown(name)} is no plain table, so it is read like a pasted text: it has "
            f"{len(text):,} characters, at most {paste.MAX_TEXT:,} can be read. "
            "Save the numbers as .csv or .npy."
        )
    return paste.read(text)


def _quick(text: str) -> Table | None:
    """A large rectangular table, read by pandas; None if it is not one, to be read with care."""
    import pandas as pd

    head = text[: 2**16].replace("\r\n", "\n").replace("\r", "\n").split("\n")[:SAMPLE]
    parts = split_header(head[:-1] or head)
    if parts is None:
        return None
    header, numbered = parts
    rows, style = layout(numbered)
    if len(rows) != len(numbered):
        return None
    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=style.cell or r"\s+",
            header=None,
            skiprows=numbered[0][0] - 1,
            decimal="," if style.decimal else ".",
            comment="#",
            na_filter=False,
            index_col=False,
            low_memory=False,
        )
    except (ValueError, OverflowError):
        return None
    if any(kind.kind not in "fiub" for kind in frame.dtypes):
        return None
    if frame.size > MAX_NUMBERS:
        raise PasteError(f"The table holds {frame.size:,} numbers: {FEWER}")
    values = frame.to_numpy()
    return named(Table(values, notes=_said(style)), style.names(header))


def _said(style: Style) -> list[str]:
    return [style.note] if style.note else []
