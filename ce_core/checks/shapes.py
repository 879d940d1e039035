"""Which shapes target and weight may have, beside the logits'."""

import numpy as np

from ce_core.arrays import Array
from ce_core.errors import CaseError
from ce_core.words import Words, joined, words

BATCH_DIMS = 2  # (N, C)
IMAGE_DIMS = 4  # (N, C, H, W): torch has a kernel and messages of its own for it


def shapes(z: Array, y: Array, w: Array | None, *, smooths: bool) -> None:
    """The target's shape follows from the logits'; the weight has one entry per class."""
    if z.ndim == 0:
        raise CaseError(
            "logits",
            words("they need a class axis: (C,), (N, C) or (N, C, d1, ..)"),
            words("logits is a single number"),
            words("Put the scores of all classes in a list: [[2.0, 0.5]]."),
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
            words("with weight and label_smoothing class numbers must be int64"),
            words("{name} holds {dtype} values", name="target", dtype="uint8"),
            words("Write target.long()."),
            "RuntimeError: gather(): Expected dtype int32/int64 for index",
        )


def _raise_weight_shape(z: Array, y: Array, w: Array, classes: int, *, smooths: bool) -> None:
    per_sample = w.ndim == 1 and w.shape == y.shape
    remedy = words(
        "Leave weight out, or give one number per class, also for classes not in this batch."
    )
    if per_sample:
        another = words(
            "A weight per sample is something else: take reduction='none' and multiply yourself."
        )
        remedy = joined([remedy, another])
    elif w.size == classes:
        remedy = words("Flatten it: weight.reshape({classes}).", classes=classes)
    raise CaseError(
        "weight",
        words(
            "it must have one entry for each of the {classes} classes, shape ({classes},)",
            classes=classes,
        ),
        words("{name} has shape {shape}", name="weight", shape=w.shape),
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
        words(
            "logits of shape {logits} take class numbers of shape {expected} "
            "or probabilities of shape {logits}",
            logits=z.shape,
            expected=expected,
        ),
        words("{name} has shape {shape}", name="target", shape=y.shape),
        _shape_remedy(z, y, expected),
        _shape_message(z, y, expected),
    )


def _single_shape(y: Array, *, smooths: bool) -> None:
    if y.shape == (1,) and smooths:
        raise CaseError(
            "target",
            words("with label_smoothing one sample, logits (C,), takes a target of shape ()"),
            words("{name} has shape {shape}", name="target", shape=y.shape),
            words("Write target[0], or logits[None] for a batch of one."),
            "RuntimeError: output with shape [] doesn't match the broadcast shape [1]",
        )
    if y.shape in ((), (1,)):
        return
    flat = y.ndim == 1
    raise CaseError(
        "target",
        words("one sample, logits (C,), takes one class number, or one probability per class"),
        words("{name} has shape {shape}", name="target", shape=y.shape),
        words("Write one class number; for a batch give logits a row per sample, (N, C)."),
        f"ValueError: For 1D input, 1D target must have size 1, but got target size: {y.size}"
        if flat
        else "RuntimeError: 0D or 1D target tensor expected, multi-target not supported",
    )


def _shape_remedy(z: Array, y: Array, expected: tuple[int, ...]) -> Words:
    """The slip that most likely made this shape, and how to undo it."""
    if y.ndim == z.ndim and y.shape == (expected[0], 1, *expected[1:]):
        return words("Remove the axis of length 1: target.squeeze(1).")
    if z.ndim > BATCH_DIMS and y.shape == z.shape[:-1]:
        return words(
            "The classes seem to stand last in the logits; torch wants them second: "
            "logits.movedim(-1, 1)."
        )
    if y.ndim == z.ndim and y.shape[0] == z.shape[0]:
        return words(
            "If these are one-hot rows or probabilities, they need one column per class; "
            "if they are class numbers, one number per sample."
        )
    if y.ndim >= 1 and y.shape[0] != z.shape[0]:
        return words(
            "The logits' batch has length {logits}, the target's {target}: give each row "
            "its target (after flattening, check logits.reshape(-1, C) and target.reshape(-1)).",
            logits=z.shape[0],
            target=y.shape[0],
        )
    return words("Bring the target to shape {expected}.", expected=expected)


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
