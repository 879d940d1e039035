"""Reads an uploaded file, CSV, TSV, text, .npy or .npz, into the same tensors as a paste."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import PurePath

import numpy as np

from ce_core.words import words
from ui import paste
from ui.large import fault_in, read_large
from ui.npy import MAX_NUMBERS, arrays_in, refused
from ui.paste import Pasted, PasteError, Tensor
from ui.paste.finish import from_table
from ui.paste.record import freeze
from ui.paste.roles import guess, role_of
from ui.paste.table import read_table, split_header

QUICK = 100_000  # letters, from which a table is read in one go


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


def _pasted(arrays: list[tuple[str, np.ndarray]]) -> Pasted:
    tensors = tuple(
        Tensor(name, freeze(values), str(values.dtype.newbyteorder("="))) for name, values in arrays
    )
    if not tensors:
        raise PasteError(
            words("The file holds no array. Save it with np.savez('mine.npz', logits=...).")
        )
    return Pasted(tensors, {}, guess(tensors, {}))


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
    if len(text) > QUICK:
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if table := read_large(text):
            return from_table(table, stem)
        if len(text) > paste.MAX_TEXT:
            raise fault_in(text) or _too_long(name, text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts = split_header(lines)
    if parts is None and name.lower().endswith((".csv", ".tsv")) and not set("[]()=") & set(text):
        rows = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
        parts = (rows[0][1], rows[1:]) if len(rows) > 1 else None
    if parts is not None:
        header, numbered = parts
        return from_table(read_table(numbered, MAX_NUMBERS, header), stem)
    if len(text) > paste.MAX_TEXT:
        raise _too_long(name, text)
    return paste.read(text)


def _too_long(name: str, text: str) -> PasteError:
    return refused(
        name,
        "{name} is no plain table, so it is read like a pasted text: it has {count:,} "
        "characters, at most {most:,} can be read. Save the numbers as .csv or .npy.",
        count=len(text),
        most=paste.MAX_TEXT,
    )
