"""The same case with other weights: what that does to each row's gradient, and what it does not.

For class numbers without smoothing a weight makes a row's gradient longer or shorter and never
turns it. Under the sum its length follows the weight; under the mean it follows the weight's share,
so that what one class gains the others lose, and a batch of one class does not move at all.
Negative weights are the exception: the sum that the mean divides by can change its sign.
"""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.descent.pulls import pulls
from ce_core.rule import ONE, ROW, rule
from ce_core.trace import Step, fold, run

STILL = 1e-9  # of a length: what rounding may make it longer by


@rule(
    "Times as long",
    r"\frac{\lVert g'_i \rVert}{\lVert g_i \rVert}",
    "after / before",
    ROW,
    numbers=r"\frac{{{after}}}{{{before}}}",
    sentence="The gradient of {row} is {ratio} times as long.",
)
def ratio(before: Array, after: Array) -> Array:
    """0/0, for a row that pulls neither before nor after, is nan."""
    return after / before


@rule(
    "Turned, in degrees",
    r"\measuredangle(g_i, g'_i)",
    "2 * atan2((u - v).norm(dim=1), (u + v).norm(dim=1)).rad2deg()",
    ROW,
    numbers="{turned}",
    sentence="The gradient of {row} turned by {turned} degrees.",
)
def turned(rows: Array, rows_after: Array, before: Array, after: Array) -> Array:
    """The angle between the two gradients, from the sum and the difference of the two directions:
    unlike the arc of the cosine that keeps its digits where the angle is small. A direction that
    rounding alone moved has not turned: below a millionth of a degree it is 0."""
    one, other = rows / before[:, None], rows_after / after[:, None]
    angle = 2 * np.arctan2(_norm(one - other), _norm(one + other))
    degrees = np.degrees(angle)
    return np.where(degrees < 1e-6, 0.0, degrees)


def _norm(rows: Array) -> Array:
    return np.sqrt(np.square(rows).sum(axis=1))


@rule(
    "The whole gradient, times as long",
    r"\frac{\lVert g' \rVert}{\lVert g \rVert}",
    "whole_after / whole_before",
    ONE,
    numbers=r"\frac{{{whole_after}}}{{{whole_before}}}",
    sentence="The gradient of the batch is {whole_ratio} times as long.",
)
def whole_ratio(whole_before: Array, whole_after: Array) -> Array:
    """All rows together."""
    return np.asarray(whole_after / whole_before)


RULES = (ratio, turned, whole_ratio)


@dataclass(frozen=True, eq=False)
class Effect:
    """What other weights do to the gradient under one reduction.

    Attributes:
        reduction: "sum", which "none" shares the gradient with, or "mean".
        known: `before` and `after`, how long each row's gradient is, and `factor` and
            `factor_after`, what multiplies its p − r, (M,) each; `whole_before` and `whole_after`,
            how long they are together, ().
        steps: `ratio` and `turned` of each row, (M,), and `whole_ratio`, ().
    """

    reduction: str
    known: dict[str, Array]
    steps: tuple[Step, ...]

    def __getitem__(self, key: str) -> Array:
        made = {step.key: step.output for step in self.steps}
        return made[key] if key in made else self.known[key]

    @property
    def moves(self) -> bool:
        """Whether any row's gradient becomes longer or shorter, or turns, rounding aside."""
        ratios = self["ratio"][~np.isnan(self["ratio"])]
        return bool((np.abs(ratios - 1) > STILL).any() or (self["turned"] > 0).any())

    @property
    def turns(self) -> bool:
        """Whether any row's gradient turns."""
        return bool((self["turned"] > 0).any())


def heavier(case: Case, times: float, column: int | None = None) -> Case:
    """The case with the weight of one class multiplied, or of all of them.

    Args:
        case: no weights are weights of 1.
        times: the factor.
        column: the class; None multiplies every class's weight.
    """
    weight = case.inputs["weight"].copy()
    with np.errstate(all="ignore"):
        weight[... if column is None else column] *= times
    return case.replace(weight=weight)


def effects(case: Case, changed: Case) -> tuple[Effect, Effect]:
    """What the changed weights do to every row's gradient, under the sum and under the mean."""
    total, mean = (_effect(case, changed, reduction) for reduction in ("sum", "mean"))
    return total, mean


def _effect(case: Case, changed: Case, reduction: str) -> Effect:
    before = pulls(run(case.replace(reduction=reduction)))
    after = pulls(run(changed.replace(reduction=reduction)))
    known = {
        "rows": before["gradient"].rows,
        "rows_after": after["gradient"].rows,
        "before": before["length"].rows,
        "after": after["length"].rows,
        "factor": before["factor"].rows,
        "factor_after": after["factor"].rows,
        "whole_before": before["whole_length"].output,
        "whole_after": after["whole_length"].output,
    }
    made = fold(known, RULES)
    kept = {name: array for name, array in known.items() if not name.startswith("rows")}
    steps = tuple(Step(step.rule, {}, step.output) for step in made)
    return Effect(reduction, kept, steps)
