"""An uploaded file with logits: .csv, .tsv, .txt, .npy, .npz, or what calls itself so."""

import numpy as np

from tests.fuzz.claims import read_or_refused, short
from tests.fuzz.files import ARRAYS, NUMPY, STARTS, TABLES, TEXT, named, saved
from tests.fuzz.record import Target
from ui.npy import MAX_BYTES
from ui.paste import PasteError
from ui.upload import read_file


def run(data: bytes) -> None:
    """Arrays of plain numbers, read-only; saved as .npy they read back."""
    name, content = named(data)
    pasted = read_or_refused(lambda: read_file(name, content), PasteError)
    if pasted is None:
        return
    short(pasted.notes)
    assert pasted.tensors
    for tensor in pasted.tensors:
        assert tensor.values.dtype in (np.float64, np.int64, np.bool_)
        assert not tensor.values.flags.writeable
        if tensor.values.ndim <= 8:
            (again,) = read_file("a.npy", saved(tensor.values)).tensors
            np.testing.assert_array_equal(again.values, tensor.values)


TARGET = Target("file", run, (*TABLES, *ARRAYS), (*TEXT, *NUMPY), MAX_BYTES, STARTS)
