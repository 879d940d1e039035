"""Which dtype a word means, and an array as that dtype."""

import numpy as np

from ce_core.words import words

from .build import Array, NotNumbersError
from .nodes import Chain, Node, Text

TORCH = {
    "float": "float32", "double": "float64", "half": "float16", "bfloat16": "bfloat16",
    "long": "int64", "int": "int32", "short": "int16", "byte": "uint8", "char": "int8",
    "bool": "bool",
}  # fmt: skip
PYTHON = {**TORCH, "float": "float64", "int": "int64", "bool_": "bool", "float_": "float64",
          "int_": "int64", "single": "float32", "intp": "int64"}  # fmt: skip
CLASSES = {
    "FloatTensor": "float32", "DoubleTensor": "float64", "HalfTensor": "float16",
    "BFloat16Tensor": "bfloat16", "LongTensor": "int64", "IntTensor": "int32",
    "ShortTensor": "int16", "ByteTensor": "uint8", "CharTensor": "int8", "BoolTensor": "bool",
    "Tensor": "float32",
}  # fmt: skip
WIDTHS = {
    "float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "bool",
}  # fmt: skip


def dtype_of(node: Node) -> str | None:
    """The dtype that `torch.float32`, `np.int64`, `float`, `'long'` or a tensor class means."""
    if isinstance(node, Text):
        path = node.value.replace("<", "").split(".")
    elif isinstance(node, Chain) and isinstance(node.base, str):
        if any(suffix.kind != "attr" for suffix in node.suffixes):
            return None
        path = [node.base, *(suffix.name for suffix in node.suffixes)]
    else:
        return None
    last = path[-1]
    if last in WIDTHS:
        return last
    return CLASSES.get(last) or (TORCH if path[0] == "torch" else PYTHON).get(last)


def cast(array: Array, dtype: str | None) -> Array:
    """The array with that dtype's kind of number: whole numbers are cut off towards zero."""
    if dtype is None or (dtype == array.dtype and array.values.dtype.kind == _kind(dtype)):
        return array
    values = array.values
    if _kind(dtype) == "i" and values.dtype.kind == "f":
        if not np.all(np.abs(values) < 2.0**63):
            raise NotNumbersError(
                words(
                    "The tensor holds nan, inf or a number beyond {dtype}, which whole numbers "
                    "cannot be. Take the dtype off, or change the number.",
                    dtype=dtype,
                )
            )
        values = values.astype(np.int64)
    elif _kind(dtype) != values.dtype.kind:
        values = values.astype({"f": np.float64, "i": np.int64, "b": np.bool_}[_kind(dtype)])
    return Array(values, dtype, array.at, array.columns)


def _kind(dtype: str) -> str:
    return "b" if dtype == "bool" else "i" if "int" in dtype else "f"


def implied(values: np.ndarray, real: str = "float32") -> str:
    """The dtype a constructor gives to numbers written without one."""
    return {"f": real, "i": "int64", "b": "bool"}[values.dtype.kind]
