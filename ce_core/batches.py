"""A batch cut into parts: why the mean of the parts' means is not the mean of the whole.

This is what gradient accumulation and several workers do: each part divides by its own weights,
so a part with light targets has as much to say as one with heavy targets.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.rule import ONE, rule
from ce_core.trace import Step, Trace, fold, run


@rule(
    "Average of the parts' means",
    r"\frac{1}{B} \sum_b L_b",
    "part_means.mean()",
    ONE,
    numbers=r"{part_means:+}",
    sentence="The parts' means average to {mean_of_means}.",
)
def mean_of_means(part_means: Array) -> Array:
    """Every part counts the same here, however much its targets weigh."""
    return np.asarray(part_means.mean() if part_means.size else np.nan)


@rule(
    "Sum of the parts' sums",
    r"\sum_b A_b",
    "part_sums.sum()",
    ONE,
    numbers=r"{part_sums:+}",
    sentence="The parts' sums add up to {total_loss}.",
)
def total_loss(part_sums: Array) -> Array:
    """Sums can be added part by part: nothing has been divided yet."""
    return np.asarray(part_sums.sum())


@rule(
    "Sum of the parts' weights",
    r"\sum_b W_b",
    "part_weights.sum()",
    ONE,
    numbers=r"{part_weights:+}",
    sentence="The parts' weights add up to {total_weight}.",
)
def total_weight(part_weights: Array) -> Array:
    """The weights can be added part by part, too."""
    return np.asarray(part_weights.sum())


@rule(
    "Sums first, one division",
    r"\frac{\sum_b A_b}{\sum_b W_b}",
    "total_loss / total_weight",
    ONE,
    numbers=r"\frac{{{total_loss}}}{{{total_weight}}}",
    sentence="{total_loss} divided by {total_weight} is {mean_of_sums}.",
)
def mean_of_sums(total_loss: Array, total_weight: Array) -> Array:
    """Divided once, at the end, by all weights: the mean of the whole batch."""
    return np.asarray(total_loss / total_weight)


JOINING = (mean_of_means, total_loss, total_weight, mean_of_sums)


@dataclass(frozen=True, eq=False)
class Batches:
    """A case with reduction "mean", its parts, and what the parts give together.

    Attributes:
        whole: the trace of the whole batch.
        parts: the trace of each part, in order.
        steps: `mean_of_means`, `total_loss`, `total_weight` and `mean_of_sums`, () each.
    """

    whole: Trace
    parts: tuple[Trace, ...]
    steps: tuple[Step, ...]

    def __getitem__(self, key: str) -> Array:
        return next(step.output for step in self.steps if step.key == key)


def split(case: Case, sizes: Sequence[int]) -> tuple[Case, ...]:
    """The case's samples in parts of these sizes, in order, each a case with the same options.

    Raises:
        ValueError: the sizes are not whole numbers of 1 or more that add up to the samples, or
            the case is one sample without a batch axis.
    """
    if case.single:
        raise ValueError("logits of shape (C,) are one sample without a batch: nothing to split")
    count = case.shape[0]
    if any(size < 1 for size in sizes) or sum(sizes) != count:
        raise ValueError(f"sizes are {list(sizes)}; they must be 1 or more and add up to {count}")
    ends = np.cumsum(sizes)
    return tuple(
        case.replace(logits=case.logits[end - size : end], target=case.target[end - size : end])
        for size, end in zip(sizes, ends, strict=True)
    )


def sizes_of(count: int, size: int) -> tuple[int, ...]:
    """So many samples in parts of one size; the last part is what is left: 7 by 3 is 3, 3, 1."""
    whole, rest = divmod(count, size)
    return (size,) * whole + ((rest,) if rest else ())


def batches(case: Case, sizes: Sequence[int]) -> Batches:
    """The case in parts of these sizes, each with reduction "mean", and what they give together."""
    whole = run(case.replace(reduction="mean"))
    parts = tuple(run(part) for part in split(whole.case, sizes))

    def each(key: str) -> Array:
        return np.array([part[key].output for part in parts], dtype=np.float64)

    known = {
        "part_means": each("mean_loss"),
        "part_sums": each("sum_loss"),
        "part_weights": each("denominator"),
    }
    return Batches(whole, parts, fold(known, JOINING))
