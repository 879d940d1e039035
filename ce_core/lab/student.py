"""A mean over a few runs, and how far the next few might have put it."""

from dataclasses import dataclass
from math import isnan, nan, sqrt

import numpy as np

from ce_core.arrays import Array
from ce_core.words import words

# The 97.5 % quantile of Student's t for 1 to 9 degrees of freedom; a test derives them.
QUANTILES = (
    12.706205,
    4.302653,
    3.182446,
    2.776445,
    2.570582,
    2.446912,
    2.364624,
    2.306004,
    2.262157,
)


@dataclass(frozen=True)
class Interval:
    """A mean over `runs` runs; its 95 % interval from `low` to `high`, nan where one run is all."""

    mean: float
    low: float
    high: float
    runs: int

    @property
    def known(self) -> bool:
        """Whether there are runs enough for an interval: two."""
        return not isnan(self.low)

    @property
    def says(self) -> str:
        """What the interval is, or why there is none."""
        if self.runs == 1:
            return words("One run gives no interval.")
        if not self.known:
            return words("A run without a number gives no interval.")
        return words("95 % interval of the mean over {runs} runs (Student's t).", runs=self.runs)


def interval(values: Array, within: tuple[float, float] | None = None) -> Interval:
    """The mean of values (R,), R from 1 to 10, and mean ± t s / sqrt(R).

    Args:
        values: one for each run.
        within: the ends that no value can pass; the interval is cut there.
    """
    runs, mean = len(values), float(np.mean(values))
    if runs < 2:
        return Interval(mean, nan, nan, runs)
    half = QUANTILES[runs - 2] * float(np.std(values, ddof=1)) / sqrt(runs)
    low, high = mean - half, mean + half
    if within is not None and not isnan(half):
        low, high = max(low, within[0]), min(high, within[1])
    return Interval(mean, low, high, runs)
