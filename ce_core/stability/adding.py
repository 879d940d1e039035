"""Adding many losses in one number type: the order decides how much is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from math import fsum

import numpy as np

from ce_core.arrays import Array
from ce_core.stability.number_types import NumberType

STARTS = {"float16": 10_000, "bfloat16": 10_000, "float32": 1_000_000, "float64": 1_000_000}


@dataclass(frozen=True)
class Sums:
    """The sum of some losses, one after another, the largest first, and in pairs.

    Attributes:
        count: how many losses.
        true: their sum, rounded once, at its end.
        sequential: in the order they come in.
        descending: the largest first.
        pairwise: two and two, then the sums two and two, and so on.
    """

    count: int
    true: float
    sequential: float
    descending: float
    pairwise: float

    def off(self, order: str) -> float:
        """By which part of the true sum an order is off; "sequential" and so on."""
        if not self.true:
            return 0.0
        return float((getattr(self, order) - self.true) / self.true)


def sums(kind: NumberType, count: int | None = None) -> Sums:
    """The sums of losses drawn from the exponential distribution of mean 1, seed 0.

    Args:
        kind: the number type that every partial sum is rounded to.
        count: how many losses; by default as many as are added in a moment.
    """
    drawn = np.random.default_rng(0).exponential(size=count or STARTS[kind.name])
    losses = kind.round(drawn)
    return Sums(
        len(losses),
        fsum(losses.tolist()),
        sequential(losses, kind),
        sequential(np.sort(losses)[::-1], kind),
        pairwise(losses, kind),
    )


def sequential(values: Array, kind: NumberType) -> float:
    """One after another, each partial sum rounded to the type.

    NumPy's cumsum adds so, also in float16; bfloat16, which it has not, is added here by hand.
    """
    if kind.name == "bfloat16":
        return _one_by_one(values, kind.narrow)
    own = np.float16 if kind.name == "float16" else kind.wide
    with np.errstate(over="ignore"):
        return float(np.cumsum(values.astype(own))[-1]) if len(values) else 0.0


def _one_by_one(values: Array, narrow: Callable[[Array], Array]) -> float:
    total = np.zeros(1, dtype=np.float32)
    for value in values.reshape(-1, 1):
        total = narrow(total + value)
    return float(total[0])


def pairwise(values: Array, kind: NumberType) -> float:
    """Two and two, then the sums two and two, and so on, each sum rounded to the type."""
    while len(values) > 1:
        if len(values) % 2:
            values = np.append(values, values.dtype.type(0))
        values = kind.round(values[::2] + values[1::2])
    return float(values[0]) if len(values) else 0.0


def fixed_point(kind: NumberType) -> float:
    """The number at which adding 1 changes nothing any more: the first power of 2 that n + 1 is.

    Up to it every whole number has its place in the type, so adding ones gets there and stays.
    """
    total = kind.round(1.0)
    while kind.round(total + kind.wide(1)) != total:
        total = kind.round(total * kind.wide(2))
    return float(total)
