"""Lists and arrays in, read-only NumPy arrays out; and the names torch has for their dtypes."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_core.errors import CaseError
from ce_core.words import Words, words

type_names = {
    "bool": "Bool",
    "uint8": "Byte",
    "int8": "Char",
    "int16": "Short",
    "uint16": "UInt16",
    "uint32": "UInt32",
    "uint64": "UInt64",
    "int32": "Int",
    "int64": "Long",
    "float16": "Half",
    "float32": "Float",
    "float64": "Double",
    "complex64": "ComplexFloat",
    "complex128": "ComplexDouble",
}

Array = NDArray[Any]


def read(name: str, values: ArrayLike) -> Array:
    """The values as a NumPy array of the dtype they have.

    Raises:
        CaseError: ragged rows, text, None, or a tensor that still tracks gradients.
    """
    try:
        array = np.asarray(values)
    except Exception as problem:  # what a stranger's __array__ raises is not known here
        reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise CaseError(
            name,
            words("it must be a table of numbers in which all rows are equally long"),
            words("{name} cannot be read as an array ({reason})", name=name, reason=reason),
            words(
                "Give every row the same number of entries; pass a tensor as "
                "tensor.detach().cpu().numpy(), and the tensor itself where a model returns a "
                "tuple."
            ),
        ) from problem
    if array.dtype.kind not in "biufc":
        found = "None" if values is None else _kind(array)
        raise CaseError(
            name,
            words("it must hold numbers"),
            words("{name} holds {found}", name=name, found=found),
            words("Turn class names into their numbers, 0 to C-1, and text into numbers."),
        )
    return array


def _kind(array: Array) -> Words:
    """What an array of no numbers holds."""
    kinds = {
        "U": words("text"),
        "S": words("text"),
        "O": words("objects"),
        "M": words("dates"),
        "m": words("durations"),
    }
    other = words("{dtype} values", dtype=str(array.dtype))
    return kinds.get(array.dtype.kind, other)


def freeze(array: Array, dtype: type) -> Array:
    """The array as `dtype`, read-only; the same object where it is so already."""
    if array.dtype == dtype and not array.flags.writeable and array.base is None:
        return array
    with np.errstate(over="ignore"):  # a long double may be beyond float64: inf, as in torch
        frozen: Array = np.array(array, dtype=dtype, order="C")
    frozen.flags.writeable = False
    return frozen


def one_pattern(array: Array) -> Array:
    """Equal values as equal bytes: -0.0 becomes 0.0, and every nan the same nan."""
    if array.dtype.kind == "f":
        array = np.where(np.isnan(array), np.nan, array + 0.0)
    return np.ascontiguousarray(array)


def is_plain(values: ArrayLike) -> bool:
    """Whether the values are Python numbers in lists: they carry no dtype of their own."""
    return isinstance(values, (list, tuple, int, float)) and not hasattr(values, "dtype")


def torch_name(array: Array) -> str:
    """What torch's messages call the array's dtype."""
    return type_names.get(array.dtype.name, array.dtype.name)
