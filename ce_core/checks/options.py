"""What `ignore_index`, `label_smoothing` and `reduction` may be."""

import operator
import reprlib
from typing import SupportsIndex

import numpy as np

from ce_core.arrays import Array
from ce_core.errors import CaseError
from ce_core.words import Words, words

LONG = 2**63  # the first whole number beyond torch's int64


def options(
    z: Array, y: Array, ignore_index: int, label_smoothing: float, reduction: str
) -> tuple[int, float, str]:
    """`ignore_index`, `label_smoothing` and `reduction`, as int, float and str."""
    ignored = _whole(ignore_index)
    if y.shape == z.shape and ignored >= 0:
        raise CaseError(
            "ignore_index",
            words("class probabilities have no class number to ignore: it must be negative here"),
            words(
                "ignore_index is {ignored} and target holds class probabilities", ignored=ignored
            ),
            words("Leave ignore_index out, or pass class numbers as the target."),
            "RuntimeError: ignore_index is not supported for floating point target",
        )
    smoothing = _number(label_smoothing)
    if smoothing > 1:
        raise CaseError(
            "label_smoothing",
            words("it must be 0 to 1"),
            words("{name} is {value}", name="label_smoothing", value=smoothing),
            words("It is the part of the target spread evenly over all classes: try 0.1."),
            f"RuntimeError: label_smoothing must be between 0.0 and 1.0. Got: {smoothing:g}",
        )
    if not isinstance(reduction, str) or reduction not in ("none", "sum", "mean"):
        text = str(reduction) if isinstance(reduction, str) else str(_shown(reduction))
        old = text == "elementwise_mean"  # torch only warns
        raise CaseError(
            "reduction",
            words("it must be 'none', 'sum' or 'mean'"),
            words("{name} is {value}", name="reduction", value=_shown(reduction)),
            words("Use 'mean' for the average, 'sum' for the total, 'none' for a loss per sample."),
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
        words("it must be a whole number of at most 64 bits"),
        words("{name} is {value}", name="ignore_index", value=_shown(ignore_index)),
        words("Use one that is not a class, such as -100 (the default)."),
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
        words("it must be one number from 0 to 1"),
        words("{name} is {value}", name="label_smoothing", value=_shown(label_smoothing)),
        words("Try 0.1."),
        said,
    )


def _shown(value: object) -> str | Words:
    """The value in one short line."""
    try:
        return reprlib.repr(value)
    except ValueError:  # Python writes no whole number of more than 4300 digits
        return words("a number too long to write")


def _type_name(value: object) -> str:
    """The type as torch's messages call it: NumPy's with their package."""
    kind = type(value)
    return f"numpy.{kind.__name__}" if kind.__module__ == "numpy" else kind.__name__
