"""Which dtypes the three arrays may have."""

import numpy as np
from numpy.typing import ArrayLike

from ce_core.arrays import Array, is_plain, read, torch_name
from ce_core.errors import CaseError
from ce_core.words import words

BATCH_DIMS = 2  # (N, C)


def arrays(
    logits: ArrayLike, target: ArrayLike, weight: ArrayLike | None
) -> tuple[Array, Array, Array | None]:
    """The arrays, with dtypes that torch accepts; whole numbers in plain lists become floats."""
    z, y = read("logits", logits), read("target", target)
    _not_swapped(z, y)
    _not_classes(z, y, plain=is_plain(logits))
    z = _floating("logits", z, plain=is_plain(logits))
    if is_plain(target) and not y.size:
        y = y.astype(np.float64 if z.shape == y.shape else np.int64)
    if y.shape == z.shape:
        target_dtype(z, y, target)
    if weight is None:
        return z, y, None
    w = read("weight", weight)
    # Class probabilities take weights of any dtype, class numbers only the logits' own.
    anything = is_plain(weight) or z.shape == y.shape
    w = _floating("weight", w, plain=anything, wanted=_dtype_name(z, logits))
    if not (anything or is_plain(logits)) and w.dtype != z.dtype:
        _raise_weight_dtype(z, w)
    return z, y, w


def _dtype_name(array: Array, values: ArrayLike) -> str:
    """Torch's name of the dtype; floats typed by hand become its default, Float."""
    return "Float" if is_plain(values) and array.dtype == np.float64 else torch_name(array)


def _dtype(array: Array) -> str:
    """NumPy's name of the dtype."""
    return str(array.dtype)


def _raise_weight_dtype(z: Array, w: Array) -> None:
    raise CaseError(
        "weight",
        words("with class numbers as target it must have the logits' dtype"),
        words("weight holds {found} values and logits {wanted}", found=_dtype(w), wanted=_dtype(z)),
        words("Write weight.to(logits.dtype) in torch, weight.astype(logits.dtype) in NumPy."),
        f"RuntimeError: expected scalar type {torch_name(z)} but found {torch_name(w)}",
    )


def _log_softmax_message(z: Array) -> str:
    """Torch has one kernel for classes that stand last in memory and one for all else."""
    kernel = (
        "log_softmax_lastdim_kernel_impl" if z.ndim <= BATCH_DIMS else "log_softmax_kernel_impl"
    )
    return f"NotImplementedError: \"{kernel}\" not implemented for '{torch_name(z)}'"


def _not_swapped(z: Array, y: Array) -> None:
    if y.ndim > z.ndim and y.dtype.kind == "f" and z.dtype.kind in "iu":
        raise CaseError(
            "logits",
            words("the first argument is the logits, the second the target"),
            words(
                "logits are whole numbers of shape {logits} and target floats of shape {target}",
                logits=z.shape,
                target=y.shape,
            ),
            words("They look swapped: write F.cross_entropy(logits, target)."),
            _log_softmax_message(z),
        )


def _not_classes(z: Array, y: Array, *, plain: bool) -> None:
    if (
        z.shape == y.shape
        and z.ndim
        and z.dtype.kind in "iu"
        and y.dtype.kind in "iu"
        and not plain
    ):
        raise CaseError(
            "logits",
            words("they must be the scores of all classes, as floats"),
            words(
                "logits have the target's shape {shape} and hold {dtype} values, as it does",
                shape=z.shape,
                dtype=_dtype(z),
            ),
            words("They look like predicted classes: pass what argmax was taken of."),
            "RuntimeError: Expected floating point type for target with class probabilities, "
            f"got {torch_name(y)}",
        )


def _floating(name: str, array: Array, *, plain: bool, wanted: str = "Float") -> Array:
    """The array, if torch takes its dtype; in plain lists 3 is as good as 3.0."""
    if array.dtype.kind == "f" or (plain and array.dtype.kind in "iub"):
        return array.astype(np.float64) if array.dtype.kind != "f" else array
    raise CaseError(
        name,
        words("it must be floating point"),
        words("{name} holds {dtype} values", name=name, dtype=_dtype(array)),
        words(
            "Use floats: {name}.float() in torch, {name}.astype(float) in NumPy, or write 1. "
            "for 1.",
            name=name,
        ),
        _log_softmax_message(array)
        if name == "logits"
        else f"RuntimeError: expected scalar type {wanted} but found {torch_name(array)}",
    )


def target_dtype(z: Array, y: Array, target: ArrayLike) -> None:
    """Probabilities must be floats; class numbers int64, or uint8 for (C,) and (N, C) logits.

    Torch asks for the type of class numbers after their shape.
    """
    name = _dtype_name(y, target)
    if y.shape == z.shape:
        if y.dtype.kind != "f":
            raise CaseError(
                "target",
                words(
                    "a target of the logits' shape is read as class probabilities, which are floats"
                ),
                words(
                    "target has the logits' shape {shape} and holds {dtype} values",
                    shape=y.shape,
                    dtype=name,
                ),
                words(
                    "For probabilities write 1.0 and 0.0 (one_hot(...).float()); for class numbers "
                    "leave out the class axis: (N,) for (N, C) logits, one number for (C,) logits."
                ),
                "RuntimeError: Expected floating point type for target with class probabilities, "
                f"got {name}",
            )
        return
    if y.dtype not in (np.int64, np.uint8):
        raise CaseError(
            "target",
            words(
                "class numbers must be whole numbers (int64); only a target of the logits' shape "
                "{shape} may hold probabilities",
                shape=z.shape,
            ),
            words("target has shape {shape} and holds {dtype} values", shape=y.shape, dtype=name),
            words(
                "Write target.long(), or whole numbers without a point; or give every row one "
                "probability per class."
            ),
            f"RuntimeError: expected target dtype to be Long or Byte, but got {name}",
        )
    if y.dtype == np.uint8 and z.ndim > BATCH_DIMS:
        raise CaseError(
            "target",
            words("uint8 class numbers are taken for (C,) and (N, C) logits only"),
            words("target holds uint8 values and logits have shape {shape}", shape=z.shape),
            words("Write target.long()."),
            "RuntimeError: expected scalar type Long but found Byte",
        )
