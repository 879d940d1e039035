"""The rules of `F.cross_entropy`'s arguments, each with the message torch 2.13 raises.

The messages were read off torch 2.13.0 on the CPU; `tests/test_case_errors.py` asks torch again.
"""

import operator
import reprlib
from typing import SupportsIndex

import numpy as np
from numpy.typing import ArrayLike

from ce_core.arrays import Array, is_plain, read, torch_name
from ce_core.errors import CaseError

LONG = 2**63  # the first whole number beyond torch's int64
BATCH_DIMS = 2  # (N, C)
IMAGE_DIMS = 4  # (N, C, H, W): torch has a kernel and messages of its own for it


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
    _target_dtype(z, y)
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
    return "Float" if is_plain(values) else torch_name(array)


def _raise_weight_dtype(z: Array, w: Array) -> None:
    raise CaseError(
        "weight",
        "with class numbers as target it must have the logits' dtype",
        f"weight holds {w.dtype} values and logits {z.dtype}",
        "Write weight.to(logits.dtype) in torch, weight.astype(logits.dtype) in NumPy.",
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
            "the first argument is the logits, the second the target",
            f"logits are whole numbers of shape {z.shape} and target floats of shape {y.shape}",
            "They look swapped: write F.cross_entropy(logits, target).",
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
            "they must be the scores of all classes, as floats",
            f"logits have the target's shape {z.shape} and hold {z.dtype} values, as it does",
            "They look like predicted classes: pass what argmax was taken of.",
            "RuntimeError: Expected floating point type for target with class probabilities, "
            f"got {torch_name(y)}",
        )


def _floating(name: str, array: Array, *, plain: bool, wanted: str = "Float") -> Array:
    """The array, if torch takes its dtype; in plain lists 3 is as good as 3.0."""
    if array.dtype.kind == "f" or (plain and array.dtype.kind in "iub"):
        return array.astype(np.float64) if array.dtype.kind != "f" else array
    raise CaseError(
        name,
        "it must be floating point",
        f"{name} holds {array.dtype} values",
        f"Use floats: {name}.float() in torch, {name}.astype(float) in NumPy, or write 1. for 1.",
        _log_softmax_message(array)
        if name == "logits"
        else f"RuntimeError: expected scalar type {wanted} but found {torch_name(array)}",
    )


def _target_dtype(z: Array, y: Array) -> None:
    """Probabilities must be floats; class numbers int64, or uint8 for (C,) and (N, C) logits."""
    name = torch_name(y)
    if y.shape == z.shape:
        if y.dtype.kind != "f":
            raise CaseError(
                "target",
                "a target of the logits' shape is read as class probabilities, which are floats",
                f"target has the logits' shape {y.shape} and holds {name} values",
                "For probabilities write 1.0 and 0.0 (one_hot(...).float()); for class numbers "
                "leave out the class axis: (N,) for (N, C) logits, one number for (C,) logits.",
                "RuntimeError: Expected floating point type for target with class probabilities, "
                f"got {name}",
            )
        return
    if y.dtype not in (np.int64, np.uint8):
        raise CaseError(
            "target",
            f"class numbers must be whole numbers (int64); only a target of the logits' shape "
            f"{z.shape} may hold probabilities",
            f"target has shape {y.shape} and holds {name} values",
            "Write target.long(), or whole numbers without a point; or give every row one "
            "probability per class.",
            f"RuntimeError: expected target dtype to be Long or Byte, but got {name}",
        )
    if y.dtype == np.uint8 and z.ndim > BATCH_DIMS:
        raise CaseError(
            "target",
            "uint8 class numbers are taken for (C,) and (N, C) logits only",
            f"target holds uint8 values and logits have shape {z.shape}",
            "Write target.long().",
            "RuntimeError: expected scalar type Long but found Byte",
        )


def options(
    z: Array, y: Array, ignore_index: int, label_smoothing: float, reduction: str
) -> tuple[int, float, str]:
    """`ignore_index`, `label_smoothing` and `reduction`, as int, float and str."""
    ignored = _whole(ignore_index)
    if y.shape == z.shape and ignored >= 0:
        raise CaseError(
            "ignore_index",
            "class probabilities have no class number to ignore: it must be negative here",
            f"ignore_index is {ignored} and target holds class probabilities",
            "Leave ignore_index out, or pass class numbers as the target.",
            "RuntimeError: ignore_index is not supported for floating point target",
        )
    smoothing = _number(label_smoothing)
    if smoothing > 1:
        raise CaseError(
            "label_smoothing",
            "it must be 0 to 1",
            f"label_smoothing is {smoothing}",
            "It is the part of the target spread evenly over all classes: try 0.1.",
            f"RuntimeError: label_smoothing must be between 0.0 and 1.0. Got: {smoothing:g}",
        )
    if not isinstance(reduction, str) or reduction not in ("none", "sum", "mean"):
        text = str(reduction) if isinstance(reduction, str) else _shown(reduction)
        old = text == "elementwise_mean"  # torch only warns
        raise CaseError(
            "reduction",
            "it must be 'none', 'sum' or 'mean'",
            f"reduction is {_shown(reduction)}",
            "Use 'mean' for the average, 'sum' for the total, 'none' for a loss per sample.",
            "" if old else f"ValueError: {text} is not a valid value for reduction",
        )
    return ignored, smoothing, str(reduction)


def _whole(ignore_index: SupportsIndex) -> int:
    try:
        number = None if isinstance(ignore_index, bool) else operator.index(ignore_index)
    except TypeError:
        number = None
    if number is not None and -LONG <= number < LONG:
        return int(number)
    raise CaseError(
        "ignore_index",
        "it must be a whole number of at most 64 bits",
        f"ignore_index is {_shown(ignore_index)}",
        "Use one that is not a class, such as -100 (the default).",
        "TypeError: cross_entropy_loss(): argument 'ignore_index' (position 5) must be int, "
        f"not {_type_name(ignore_index)}"
        if number is None
        else "ValueError: Overflow when unpacking long long",
    )


def _number(label_smoothing: object) -> float:
    said = (
        "TypeError: cross_entropy_loss(): argument 'label_smoothing' (position 6) must be "
        f"float, not {_type_name(label_smoothing)}"
    )
    if isinstance(label_smoothing, (int, float, np.integer, np.floating, np.bool_)):
        try:
            return float(label_smoothing)
        except OverflowError as problem:
            said = f"OverflowError: {problem}"
    raise CaseError(
        "label_smoothing",
        "it must be one number from 0 to 1",
        f"label_smoothing is {_shown(label_smoothing)}",
        "Try 0.1.",
        said,
    )


def _shown(value: object) -> str:
    """The value in one short line."""
    try:
        return reprlib.repr(value)
    except ValueError:  # Python writes no whole number of more than 4300 digits
        return "a number too long to write"


def _type_name(value: object) -> str:
    """The type as torch's messages call it: NumPy's with their package."""
    kind = type(value)
    return f"numpy.{kind.__name__}" if kind.__module__ == "numpy" else kind.__name__


def shapes(z: Array, y: Array, w: Array | None, *, smooths: bool) -> None:
    """The target's shape follows from the logits'; the weight has one entry per class."""
    if z.ndim == 0:
        raise CaseError(
            "logits",
            "they need a class axis: (C,), (N, C) or (N, C, d1, ..)",
            "logits is a single number",
            "Put the scores of all classes in a list: [[2.0, 0.5]].",
            "IndexError: Dimension out of range (expected to be in range of [-1, 0], but got 1)"
            if y.ndim
            else "IndexError: Dimension specified as 1 but tensor has no dimensions",
        )
    if y.shape != z.shape:
        _index_shape(z, y, smooths=smooths)
    classes = z.shape[0 if z.ndim == 1 else 1]
    if w is not None and w.shape != (classes,):
        _raise_weight_shape(z, y, w, classes, smooths=smooths)
    if y.dtype == np.uint8 and y.shape != z.shape and w is not None and smooths:
        raise CaseError(
            "target",
            "with weight and label_smoothing class numbers must be int64",
            "target holds uint8 values",
            "Write target.long().",
            "RuntimeError: gather(): Expected dtype int32/int64 for index",
        )


def _raise_weight_shape(z: Array, y: Array, w: Array, classes: int, *, smooths: bool) -> None:
    per_sample = w.ndim == 1 and w.shape == y.shape
    remedy = "Leave weight out, or give one number per class, also for classes not in this batch."
    if per_sample:
        remedy += (
            " A weight per sample is something else: take reduction='none' and multiply yourself."
        )
    elif w.size == classes:
        remedy = f"Flatten it: weight.reshape({classes})."
    raise CaseError(
        "weight",
        f"it must have one entry for each of the {classes} classes, shape ({classes},)",
        f"weight has shape {w.shape}",
        remedy,
        _weight_message(z, y, w, classes, smooths=smooths),
    )


def _weight_message(z: Array, y: Array, w: Array, classes: int, *, smooths: bool) -> str:
    """Torch's words. For pixels torch takes any shape with C entries, but not with smoothing."""
    said = "weight tensor should be defined either for all"
    soft = y.shape == z.shape
    if soft or z.ndim <= BATCH_DIMS:
        prefix = "cross_entropy: " if soft else ""
        return (
            f"RuntimeError: {prefix}{said} {classes} classes or no classes but got "
            f"weight tensor of shape: {list(w.shape)}"
        )
    if w.size != classes:
        return f"RuntimeError: {said} or no classes"
    if not smooths:
        return ""
    if w.shape[0] == classes:
        return "RuntimeError: Index tensor must have the same number of dimensions as input tensor"
    return f"RuntimeError: shape '{[1] * z.ndim}' is invalid for input of size {classes}"


def _index_shape(z: Array, y: Array, *, smooths: bool) -> None:
    if z.ndim == 1:
        _single_shape(y, smooths=smooths)
        return
    expected = (z.shape[0], *z.shape[2:])
    if y.shape == expected:
        return
    raise CaseError(
        "target",
        f"logits of shape {z.shape} take class numbers of shape {expected} "
        f"or probabilities of shape {z.shape}",
        f"target has shape {y.shape}",
        _shape_remedy(z, y, expected),
        _shape_message(z, y, expected),
    )


def _single_shape(y: Array, *, smooths: bool) -> None:
    if y.shape == (1,) and smooths:
        raise CaseError(
            "target",
            "with label_smoothing one sample, logits (C,), takes a target of shape ()",
            "target has shape (1,)",
            "Write target[0], or logits[None] for a batch of one.",
            "RuntimeError: output with shape [] doesn't match the broadcast shape [1]",
        )
    if y.shape in ((), (1,)):
        return
    flat = y.ndim == 1
    raise CaseError(
        "target",
        "one sample, logits (C,), takes one class number, or one probability per class",
        f"target has shape {y.shape}",
        "Write one class number; for a batch give logits a row per sample, (N, C).",
        f"ValueError: For 1D input, 1D target must have size 1, but got target size: {y.size}"
        if flat
        else "RuntimeError: 0D or 1D target tensor expected, multi-target not supported",
    )


def _shape_remedy(z: Array, y: Array, expected: tuple[int, ...]) -> str:
    """The slip that most likely made this shape, and how to undo it."""
    if y.ndim == z.ndim and y.shape == (expected[0], 1, *expected[1:]):
        return "Remove the axis of length 1: target.squeeze(1)."
    if z.ndim > BATCH_DIMS and y.shape == z.shape[:-1]:
        return (
            "The classes seem to stand last in the logits; torch wants them second: "
            "logits.movedim(-1, 1)."
        )
    if y.ndim == z.ndim and y.shape[0] == z.shape[0]:
        return (
            "If these are one-hot rows or probabilities, they need one column per class; "
            "if they are class numbers, one number per sample."
        )
    if y.ndim >= 1 and y.shape[0] != z.shape[0]:
        return (
            f"There are {z.shape[0]} rows of logits and {y.shape[0]} targets: give each row "
            "its target (after flattening, check logits.reshape(-1, C) and target.reshape(-1))."
        )
    return f"Bring the target to shape {expected}."


def _shape_message(z: Array, y: Array, expected: tuple[int, ...]) -> str:
    """Torch's words; the missing bracket after "size mismatch" is torch's own."""
    batch = y.shape[0] if y.ndim else 0
    if y.ndim == 0 or batch != z.shape[0]:
        return (
            f"ValueError: Expected input batch_size ({z.shape[0]}) to match target "
            f"batch_size ({batch})."
        )
    if z.ndim == BATCH_DIMS:
        return "RuntimeError: 0D or 1D target tensor expected, multi-target not supported"
    if z.ndim != IMAGE_DIMS:
        return f"RuntimeError: Expected target size {list(expected)}, got {list(y.shape)}"
    if y.ndim != IMAGE_DIMS - 1:
        return (
            "RuntimeError: only batches of spatial targets supported (3D tensors) but got "
            f"targets of dimension: {y.ndim}"
        )
    return f"RuntimeError: size mismatch (got input: {list(z.shape)} , target: {list(y.shape)}"


def classes(z: Array, y: Array, ignore_index: int) -> None:
    """Every class number is a class or `ignore_index`."""
    if y.shape == z.shape or not y.size:
        return
    count = z.shape[0 if z.ndim == 1 else 1]
    bad = ((y < 0) | (y >= count)) & (y != ignore_index)
    if not bad.any():
        return
    place = tuple(int(k) for k in np.argwhere(bad)[0])
    found = int(y[place])
    where = f"target[{', '.join(map(str, place))}]" if place else "target"
    allowed = f"0 to {count - 1}" if count > 1 else "0" if count else "ignore_index only"
    raise CaseError(
        "target",
        f"must be {allowed} or ignore_index ({ignore_index})",
        f"{where} is {found}",
        _class_remedy(y, bad, count, found),
        f"IndexError: Target {found} is out of bounds.",
    )


def _class_remedy(y: Array, bad: Array, count: int, found: int) -> str:
    if count == 1:
        return (
            "With one output per sample use two outputs, or BCEWithLogitsLoss with float targets."
        )
    if found < 0:
        return f"If {found} marks rows to leave out, set ignore_index={found}."
    if y.min() >= 1 and y.max() == count:
        return "Classes are numbered from 0: subtract 1 from every target."
    if bad.all():
        return f"Map your labels to 0 to {count - 1}, or give the logits one column per class."
    return (
        f"Classes are numbered from 0, so the last one is {count - 1}: correct the number, or "
        "give the logits a column for that class."
    )
