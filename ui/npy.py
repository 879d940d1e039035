"""Reads the arrays of a file that NumPy wrote, .npy or .npz; nothing in it can run or swell."""

import io
import zipfile
from math import prod
from pathlib import PurePath

import numpy as np

from ce_core.words import words
from ui.notation import MOST_OF_NONE
from ui.paste import PasteError
from ui.paste.record import MAX_NDIM, shown

MAX_BYTES = 20 * 2**20
MAX_NUMBERS = 12_000_000
MAX_ENTRIES = 100
REAL, WORDS = "fiub", "US"  # NumPy's kinds of dtype: real numbers and bools; texts
FEWER = words(
    "at most {most:,} numbers can be read from a file. Take fewer rows.", most=MAX_NUMBERS
)


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
            words(
                "{name} has {size:.1f} MB, at most {most} MB can be uploaded. Take fewer rows, or "
                "save it as .npz with np.savez_compressed.",
                name=shown(name),
                size=len(data) / 2**20,
                most=MAX_BYTES // 2**20,
            )
        )
    if data.startswith(b"\x93NUMPY"):
        return [(PurePath(name).stem, _array(name, data, kinds=kinds))]
    if data.startswith(b"PK\x03\x04") or name.lower().endswith(".npz"):
        return _arrays(name, data, kinds)
    if name.lower().endswith(".npy") or data.startswith((b"\x80", b"\x1f\x8b", b"BZh")):
        raise refused(
            name,
            "{name} is not what numpy.save writes. Save it with np.save('logits.npy', "
            "logits.numpy()), or as text.",
        )
    return None


def refused(name: str, template: str, **values: object) -> PasteError:
    """An error that speaks of the file, or of one array in it, as {name}."""
    return PasteError(words(template, name=shown(name), **values))


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
        if prod(shape) * max(dtype.itemsize, 1) > len(data) - stream.tell():
            raise EOFError  # before NumPy makes room for all that is claimed
        values = np.load(io.BytesIO(data), allow_pickle=False)
        if dtype.kind == "U" and not _are_letters(values):
            raise ValueError  # Python's strings of such would harm the whole process
    except PasteError:
        raise
    except Exception as error:  # NumPy's reader has many ways to say damage
        raise refused(
            name, "{name} is damaged or cut off, NumPy cannot read it. Save it again."
        ) from error
    if values.dtype.kind == "u" and values.size and values.max() >= 2**63:
        raise refused(name, "{name} holds whole numbers beyond int64. Save it as float64.")
    long = values.dtype.itemsize > 8 and values.dtype.kind in REAL
    return np.asarray(values, np.float64) if long else values


def _are_letters(texts: np.ndarray) -> bool:
    """Whether the texts are made of code points; NumPy does not look."""
    codes = np.ascontiguousarray(texts).reshape(-1).view(f"{texts.dtype.byteorder}u4")
    half = (codes >= 0xD800) & (codes <= 0xDFFF)  # of a pair, which is no letter by itself
    return bool((codes <= 0x10FFFF).all()) and not half.any()


def _check(name: str, shape: tuple[int, ...], dtype: np.dtype, left: int, *, kinds: str) -> None:
    """Refuse what is not numbers, or too many, while only the header was read."""
    if dtype.hasobject:
        raise refused(
            name,
            "{name} holds Python objects, which could run code when read: they are never read. "
            "Save plain numbers with np.save('logits.npy', np.asarray(logits, float)).",
        )
    if dtype.kind not in kinds:
        must = "{name} holds {dtype}, must be real numbers or bools. Save it as float or int."
        raise refused(name, must, dtype=shown(str(dtype)))
    if len(shape) > MAX_NDIM:
        most = "{name} has {axes} axes, at most {most} can be read."
        raise refused(name, most, axes=len(shape), most=MAX_NDIM)
    vast = not prod(shape) and prod(filter(None, shape)) > MOST_OF_NONE
    if prod(shape) > left or vast or min(shape, default=0) < 0:
        says = "{name} says it has the shape {shape}: {fewer}"
        raise refused(name, says, shape=shown(str(shape)), fewer=FEWER)


def _arrays(name: str, content: bytes, kinds: str) -> list[tuple[str, np.ndarray]]:
    """The arrays of an .npz; the size each one unpacks to is judged before it is unpacked."""
    arrays: list[tuple[str, np.ndarray]] = []
    left = MAX_NUMBERS
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            if len(entries) > MAX_ENTRIES or unpacked > MAX_NUMBERS * 8 + MAX_ENTRIES * 1024:
                raise refused(
                    name,
                    "{name} holds {count} arrays that unpack to {size:.0f} MB: {fewer}",
                    count=len(entries),
                    size=unpacked / 2**20,
                    fewer=FEWER,
                )
            for entry in entries:
                if not entry.filename.endswith(".npy"):
                    raise refused(
                        name,
                        "{name} holds '{entry}', which is no array. "
                        "Save it with np.savez('mine.npz', logits=...).",
                        entry=shown(entry.filename),
                    )
                with archive.open(entry) as unpacking:  # no more than the entry says of itself
                    data = unpacking.read(entry.file_size + 1)
                values = _array(entry.filename, data, left, kinds=kinds)
                left -= values.size
                arrays.append((entry.filename.removesuffix(".npy"), values))
    except PasteError:
        raise
    except Exception as error:  # so has the reader of zip files
        raise refused(
            name, "{name} is damaged, or not what np.savez writes. Save it again with np.savez."
        ) from error
    return arrays
