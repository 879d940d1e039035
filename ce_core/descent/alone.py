"""One row of a batch alone: its gradient and its part of the loss depend on no other row's logits.

So a large batch need not be run again to see what happens in one of its rows.
"""

from dataclasses import dataclass
from math import nan

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.rule import CELL
from ce_core.trace import Trace, as_rows


@dataclass(frozen=True)
class Part:
    """Something to go downhill in: a case, what its loss is divided by, and the rows it holds.

    Attributes:
        case: the whole batch; or one row of it, (1, C), with reduction "sum".
        divisor: what divides the case's loss and gradient to make them those of the batch.
        first: the batch's row that is the case's first one.
    """

    case: Case
    divisor: float = 1.0
    first: int = 0


def alone(trace: Trace, row: int) -> Part:
    """The row as a case of its own, and what the batch divides its loss by.

    Args:
        trace: the batch's.
        row: a target position, counted over all of them.
    """
    case = trace.case
    logits = as_rows(case.inputs["logits"], CELL)[row : row + 1]
    target: Array = (
        as_rows(case.inputs["target"], CELL)[row : row + 1]
        if case.soft
        else case.target.reshape(-1)[row : row + 1]
    )
    one = case.replace(logits=logits, target=target, reduction="sum")
    return Part(one, _divisor(trace), row)


def _divisor(trace: Trace) -> float:
    if trace.case.reduction != "mean":
        return 1.0
    if trace.case.smooths and "sample_weight" in trace and not trace["sample_weight"].output.any():
        return nan  # torch's mean is nan when no target weighs anything
    return float(trace["denominator"].output)
