"""The losses of a batch as areas: what each sample's bar measures, and the totals so far.

A bar is as wide as what its sample adds to the mean's denominator, and its area is the sample's
loss; so it is as high as the loss of one unit of weight, which is -log p unless smoothing mixed
other classes in. The mean is the height of one rectangle with all their width and all their area.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import ROW, Rule, rule
from ce_core.trace import Step, Trace, fold


@dataclass(frozen=True, eq=False)
class Areas:
    """The bars of a batch, left to right.

    Attributes:
        groups: the rows that each bar stands for; one row, but for a bar of all that are left.
        steps: `width`, `area`, `height` of each bar, and `width_so_far`: (B,) each.
    """

    groups: tuple[Array, ...]
    steps: tuple[Step, ...]

    def __getitem__(self, key: str) -> Array:
        return next(step.output for step in self.steps if step.key == key)


def _grouped(groups: Sequence[Array]) -> tuple[Rule, ...]:
    """The rules that measure the bars of these groups of rows."""

    def total(values: Array) -> Array:
        return np.array([values[rows].sum() for rows in groups], dtype=np.float64)

    @rule(
        "Width of each bar",
        r"b_i = w_{y_i}",
        "divisors",
        ROW,
        numbers=r"{divisors}",
        sentence="It adds {width} to what the mean divides by.",
    )
    def width(divisors: Array) -> Array:
        """A bar is as wide as what its sample adds to the denominator of the mean."""
        return total(divisors)

    @rule(
        "Area of each bar",
        r"A_i = L_i",
        "losses",
        ROW,
        numbers=r"{losses}",
        sentence="Its weighted loss is {area}.",
    )
    def area(losses: Array) -> Array:
        """A bar's area is the weighted loss, so that all bars together are the sum."""
        return total(losses)

    return width, area


@rule(
    "Height of each bar",
    r"h_i = \frac{A_i}{b_i}",
    "area / width",
    ROW,
    numbers=r"\frac{{{area}}}{{{width}}}",
    sentence="Its area {area} over its width {width} is {height}.",
)
def height(area: Array, width: Array) -> Array:
    """The loss of one unit of weight. A sample that neither weighs nor costs anything has no
    bar: 0/0 is 0 here. What costs without weighing has no finite height."""
    return np.where((area == 0) & (width == 0), 0.0, area / width)


@rule(
    "Width so far",
    r"B_k = \sum_{i \le k} b_i",
    "width.cumsum(0)",
    ROW,
    numbers=r"{width:+}",
    sentence="With this sample the widths add up to {width_so_far}.",
)
def width_so_far(width: Array) -> Array:
    """The denominator, built one sample at a time."""
    return np.cumsum(width)


def areas(trace: Trace, most: int | None = None) -> Areas:
    """The bars of a trace with reduction "mean".

    Args:
        trace: the trace; its losses are the areas.
        most: how many bars at most; of more samples the costliest keep a bar of their own, in
            their order, and the last bar is all the others together. None is no limit.
    """
    losses = trace["losses"].rows
    divisors = trace["sample_weight"].rows if "sample_weight" in trace else np.ones_like(losses)
    groups = _groups(losses, most)
    rules = (*_grouped(groups), height, width_so_far)
    return Areas(groups, fold({"losses": losses, "divisors": divisors}, rules))


def _groups(losses: Array, most: int | None) -> tuple[Array, ...]:
    rows = np.arange(len(losses))
    if most is None or len(rows) <= most:
        return tuple(rows.reshape(-1, 1))
    order = np.argsort(np.where(np.isnan(losses), np.inf, losses), kind="stable")[::-1]
    own = np.sort(order[: most - 1])
    return (*own.reshape(-1, 1), np.sort(order[most - 1 :]))
