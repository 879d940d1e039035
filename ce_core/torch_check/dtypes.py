"""The four floating-point formats of torch that a case can be checked in."""

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import torch

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.words import Words, words

DTYPES = ("float64", "float32", "bfloat16", "float16")
NARROW = ("bfloat16", "float16")

Asked = TypeVar("Asked", Case, BinaryCase)


@dataclass(frozen=True)
class Format:
    """What a dtype can hold.

    Attributes:
        name: as torch calls it.
        eps: the gap between 1 and the next larger number.
        sum_eps: the same for the dtype in which `sum()` adds: float32 for the two narrow ones.
        largest: the largest finite number.
        smallest: the smallest number above 0; differences below it are rounding.
    """

    name: str
    eps: float
    sum_eps: float
    largest: float
    smallest: float

    @property
    def torch(self) -> torch.dtype:
        """The torch dtype of that name."""
        dtype: torch.dtype = getattr(torch, self.name)
        return dtype


def format_of(name: str) -> Format:
    """The format with one of the names in `DTYPES`."""
    info = torch.finfo(getattr(torch, name))
    sum_eps = torch.finfo(torch.float32).eps if name in NARROW else info.eps
    return Format(name, info.eps, sum_eps, info.max, info.smallest_normal * info.eps)


def to_numpy(tensor: torch.Tensor) -> Array:
    """The tensor as a NumPy array: float64, or bool and int64 as they are."""
    here = tensor.detach().cpu()
    array: Array = (here.double() if here.is_floating_point() else here).numpy()
    return array


def rounded(case: Asked, dtype: str) -> Asked:
    """The case with every number rounded to the dtype, still kept as float64."""
    if dtype == "float64":
        return case

    def nearest(array: Array) -> Array:
        return to_numpy(torch.tensor(array, dtype=getattr(torch, dtype)))

    changed: dict[str, Any] = {name: nearest(array) for name, array in _floats(case).items()}
    if isinstance(case, Case) and case.label_smoothing:
        changed["label_smoothing"] = float(nearest(np.asarray(case.label_smoothing)))
    return case.replace(**changed)


def _floats(case: Case | BinaryCase) -> dict[str, Array]:
    """The case's arrays of floating-point numbers, by argument."""
    arguments = case.arguments.items()
    return {n: a for n, a in arguments if isinstance(a, np.ndarray) and a.dtype.kind == "f"}


def lost(case: Case | BinaryCase, kept: Case | BinaryCase, form: Format) -> Words | None:
    """Which input the dtype cannot hold, in a sentence; None if it holds all.

    That is a finite number that became infinite, and smoothing so small that nothing is left of
    its part for each class.
    """
    after_all = _floats(kept)
    for name, before in _floats(case).items():
        after = after_all[name]
        if before is after:
            continue
        gone = np.isfinite(before) & ~np.isfinite(after)
        if gone.any():
            return words(
                "{name} holds {value:.6g}, but the largest number of {dtype} is {largest:.6g}: it "
                "becomes infinite before the first step.",
                name=name,
                value=float(before[gone][0]),
                dtype=form.name,
                largest=form.largest,
            )
    if isinstance(case, BinaryCase) or isinstance(kept, BinaryCase):
        return None
    if case.smooths and case.classes and kept.label_smoothing / case.classes < form.smallest:
        return words(
            "label_smoothing is {part:.6g}: each class's part of it is below the smallest number "
            "of {dtype}, {smallest:.2g}.",
            part=case.label_smoothing,
            dtype=form.name,
            smallest=form.smallest,
        )
    return None
