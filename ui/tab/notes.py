"""What a person made that no link holds, as text for the browser tab to keep, and read back.

A note is JSON and never more than data: what comes back from a browser can be anything, so each
reader makes its thing by the way that checks it.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ce_core import Case, CaseError
from ce_core.arrays import Array

MOST = 6_000_000  # characters of a note: uvicorn takes messages of 16 MiB
MOST_TOGETHER = 8_000_000
SHORT = 20_000
INTEGERS = ("int8", "int16", "int32", "int64")  # the narrowest first
FLOATS = ("float32", "float64")
ARRAYS = ("logits", "target", "weight")
OPTIONS = ("ignore_index", "label_smoothing", "reduction")
# What can go wrong with something that a browser sent in place of a note.
ODD = (
    *(CaseError, ValueError, TypeError, KeyError, AttributeError, IndexError),
    *(OverflowError, RecursionError),
)
CASE = "case "  # what the name of a case's note begins with; its digest follows


@dataclass(frozen=True)
class Note:
    """A thing as text.

    Attributes:
        text: JSON; "" where only the browser tab has it, since the server need not hold it too.
        size: how many characters it has.
        told: whether the tab was given it.
    """

    text: str
    size: int
    told: bool = False

    @property
    def handed_over(self) -> "Note":
        """The same once the tab was given it; a short one is kept, in case that it gets lost."""
        return Note(self.text if self.size <= SHORT else "", self.size, told=True)


def note(made: object) -> Note | None:
    """The note of what JSON can say; None where it is too long."""
    text = json.dumps(made, separators=(",", ":"))
    return Note(text, len(text)) if len(text) <= MOST else None


def fitting(notes: Mapping[str, Note]) -> dict[str, Note]:
    """The last notes that together are not too long."""
    left, kept = MOST_TOGETHER, []
    for name, one in reversed(list(notes.items())):
        left -= one.size
        if left < 0:
            break
        kept.append((name, one))
    return dict(reversed(kept))


def of_case(case: Case) -> Note | None:
    """The note of a case too large for a link; None of one too large for a note as well."""
    arrays = {name: getattr(case, name) for name in ARRAYS}
    small = {name: None if array is None else narrow(array) for name, array in arrays.items()}
    if sum(array.nbytes for array in small.values() if array is not None) * 4 // 3 > MOST - 1000:
        return None
    return note(
        {name: None if array is None else _written(array) for name, array in small.items()}
        | {name: getattr(case, name) for name in OPTIONS}
    )


def case_of(made: Any) -> Case:  # noqa: ANN401 - what JSON holds
    """The case that a note holds.

    Raises:
        One of ODD: it holds something else.
    """
    arrays = {name: made[name] for name in ARRAYS}
    options: dict[str, Any] = {name: made[name] for name in OPTIONS}
    for name, array in arrays.items():
        options[name] = None if array is None else _read(array)
    return Case(**options)


def narrow(array: Array) -> Array:
    """The same numbers in the narrowest of the types that hold them all."""
    for name in FLOATS if array.dtype.kind == "f" else INTEGERS:
        with np.errstate(over="ignore"):
            small: Array = array.astype(name)
        if np.array_equal(small, array, equal_nan=True):
            return small
    return array


def _written(array: Array) -> dict[str, object]:
    data = b64encode(np.ascontiguousarray(array).data).decode()
    return {"dtype": array.dtype.name, "shape": list(array.shape), "data": data}


def _read(made: Any) -> Array:  # noqa: ANN401 - what JSON holds
    if made["dtype"] not in (*INTEGERS, *FLOATS):
        raise ValueError
    flat = np.frombuffer(b64decode(made["data"]), dtype=made["dtype"])
    array: Array = flat.reshape([int(length) for length in made["shape"]])
    return array.astype(np.float64 if array.dtype.kind == "f" else np.int64)
