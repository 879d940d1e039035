"""The three losses before and after a constant is added to all logits; and the prior's gradient."""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.placement.losses import OUTSIDE, PLACINGS, PRIOR, Placing, placed
from ce_core.rule import CELL, rule
from ce_core.trace import Trace, as_rows, fold

SAME = 1e-9  # of the larger number and the shift: what rounding leaves of nothing


@rule(
    "Raised logits",
    r"z_{ic} + k",
    "logits + constant",
    CELL,
    numbers=r"{logits} + {constant}",
    sentence="The logit of class {class} becomes {raised}.",
)
def raised(logits: Array, constant: Array) -> Array:
    """One constant for all logits: no softmax moves by it."""
    return logits + constant


@dataclass(frozen=True, eq=False)
class Compared:
    """One loss before and after the shift.

    Attributes:
        placing: which loss.
        before, after: the loss of each row, (M,).
        total_before, total_after: the answer; the sum where the reduction is none.
        moved: how much the total changed; exactly 0 where only rounding is left of it.
        divisor: what the mean divides by; None where nothing is divided.
        divided_by: what that is called; "" where nothing is divided.
    """

    placing: Placing
    before: Array
    after: Array
    total_before: float
    total_after: float
    moved: float
    divisor: float | None
    divided_by: str


def compare(case: Case, shift: float) -> tuple[Compared, ...]:
    """The three losses of a case, before and after `shift` is added to all its logits."""
    inputs: dict[str, Array] = {"logits": case.logits, "constant": np.asarray(shift)}
    later = case.replace(logits=fold(inputs, (raised,))[0].output)
    return tuple(_compared(case, later, placing, shift) for placing in PLACINGS)


def _compared(case: Case, later: Case, placing: Placing, shift: float) -> Compared:
    first, second = placed(case, placing), placed(later, placing)
    rows = first["losses"].rows, second["losses"].rows
    with np.errstate(all="ignore"):
        totals = [_total(trace) for trace in (first, second)]
        moved = totals[1] - totals[0]
        size = np.nansum([np.abs(totals).max(), abs(shift)])
        still = abs(moved) <= SAME * size or totals[0] == totals[1]
    step = next((step for step in first if step.key == "denominator"), None)
    return Compared(
        placing=placing,
        before=rows[0],
        after=rows[1],
        total_before=totals[0],
        total_after=totals[1],
        moved=0.0 if still else moved,
        divisor=None if step is None else float(step.output),
        divided_by="" if step is None else step.rule.title.lower(),
    )


def _total(trace: Trace) -> float:
    """The answer as one number."""
    return float(np.sum(trace.answer))


@dataclass(frozen=True, eq=False)
class Ignored:
    """The plain loss without a prior, and with one: whether it could be left out.

    Attributes:
        without, within: the loss.
        gradient_without, gradient_within: with respect to the logits of one row, (C,).
        largest: the largest difference of the two gradients over all rows.
    """

    without: float
    within: float
    gradient_without: Array
    gradient_within: Array
    largest: float


def prior_matters(case: Case, row: int) -> Ignored:
    """The case's loss and gradient without the prior q and with it, at one row.

    Both are means over the rows that count, or sums, as the case's reduction asks.

    Args:
        case: a case with at least one row and class.
        row: a target position.
    """
    plain = placed(case.replace(weight=None), OUTSIDE)
    prior = placed(case, PRIOR)
    gradients = [as_rows(trace["gradient"].output, CELL) for trace in (plain, prior)]
    return Ignored(
        without=_total(plain),
        within=_total(prior),
        gradient_without=gradients[0][row],
        gradient_within=gradients[1][row],
        largest=float(np.abs(gradients[1] - gradients[0]).max(initial=0.0)),
    )
