"""Methods of a tensor that only move or retype its numbers."""

from collections.abc import Callable
from math import prod

import numpy as np

from ce_core.words import words

from .build import Array, Builder, NotNumbersError
from .calls import sizes_of
from .dtypes import TORCH, cast, dtype_of
from .nodes import Suffix
from .record import shown

SAME = {
    "cuda", "cpu", "clone", "detach", "numpy", "contiguous", "requires_grad_", "tolist", "copy",
    "data", "type_as", "retain_grad", "pin_memory", "values", "resolve_conj", "share_memory_",
}  # fmt: skip


def method(builder: Builder, array: Array, name: str, call: Suffix | None) -> Array | None:
    """The array after a method that moves or retypes numbers; None if it would compute."""
    args = call.args if call else []
    builder.toil(array.values.size)
    if name in SAME:
        return array
    if name in TORCH:
        return cast(array, TORCH[name])
    if name in ("to", "type", "astype"):
        candidates = [*args, *(call.named.values() if call else [])]
        return cast(array, next(filter(None, map(dtype_of, candidates)), None))
    if name not in LAYOUTS or (name == "T") != (call is None):
        return None
    whole = sizes_of(list(args)) or []
    try:
        return Array(LAYOUTS[name](array.values, whole), array.dtype, array.at)
    except (ValueError, TypeError, IndexError, ArithmeticError) as error:
        source = shown(builder.tokens.source[call.start : call.end]) if call else ""
        raise NotNumbersError(
            words(
                "Line {line}: a tensor of shape {shape} cannot be changed by `.{method}`. Change "
                "the numbers.",
                line=builder.tokens.line(array.at),
                shape=list(array.values.shape),
                method=f"{name}{source}",
            )
        ) from error


def _reshaped(values: np.ndarray, sizes: list[int]) -> np.ndarray:
    return values.reshape(sizes) if sizes else values


def _squeezed(values: np.ndarray, sizes: list[int]) -> np.ndarray:
    """As torch does it: an axis that is not 1 long stays."""
    if not sizes:
        return values.squeeze()
    return values.squeeze(sizes[0]) if values.shape[sizes[0]] == 1 else values


def _swapped(values: np.ndarray, sizes: list[int]) -> np.ndarray:
    return values.swapaxes(sizes[0], sizes[1]) if len(sizes) == 2 else values.transpose()


LAYOUTS: dict[str, Callable[[np.ndarray, list[int]], np.ndarray]] = {
    "view": _reshaped,
    "reshape": _reshaped,
    "unsqueeze": lambda values, sizes: np.expand_dims(values, sizes[0]),
    "squeeze": _squeezed,
    "flatten": lambda values, sizes: values.reshape(-1) if not sizes else _flat(values, sizes),
    "ravel": lambda values, _: values.reshape(-1),
    "t": lambda values, _: values.transpose(),
    "T": lambda values, _: values.transpose(),
    "transpose": _swapped,
    "permute": lambda values, sizes: values.transpose(sizes),
}


def _flat(values: np.ndarray, sizes: list[int]) -> np.ndarray:
    start, stop = sizes[0] % values.ndim, (sizes[1] if len(sizes) > 1 else -1) % values.ndim
    shape = values.shape
    return values.reshape(*shape[:start], prod(shape[start : stop + 1]), *shape[stop + 1 :])
