"""Ignored rows: a position goes, its class does not.

`SOFTMAX_KEEPS` is the batch of https://github.com/pytorch/pytorch/issues/63004: class 0 is ignored,
and its logit goes on standing in every softmax until it is minus infinity.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.targets.hot import counted
from ce_core.trace import Trace, run

SOFTMAX_KEEPS = tuple(
    Case([row, row], [1, 2], ignore_index=0)
    for row in ([1.0, 1.0, 1.0], [0.0, 1.0, 1.0], [-np.inf, 1.0, 1.0])
)


def ignoring(case: Case, rows: Iterable[int]) -> Case:
    """The case with these rows left out: their targets become ignore_index.

    Rows that are not there are passed over.

    Raises:
        ValueError: the targets are class probabilities, where torch ignores nothing.
    """
    if case.soft:
        raise ValueError("ignore_index has no effect on class probabilities")
    target = case.target.reshape(-1).copy()
    for row in rows:
        if 0 <= row < target.size:
            target[row] = case.ignore_index
    return case.replace(target=target.reshape(case.target.shape))


@dataclass(frozen=True)
class Unasked:
    """A class that is no counted row's target any more.

    Attributes:
        number: the class.
        probability: what the rows that count give it on average.
    """

    number: int
    probability: float


def unasked(trace: Trace) -> tuple[Unasked, ...]:
    """The classes that no counted row asks for, which take part in every softmax all the same."""
    case = trace.case
    rows = counted(case)
    probs: Array = trace["probs"].rows[rows]
    if case.soft or not len(probs):
        return ()
    asked = set(case.target.reshape(-1)[rows].tolist())
    return tuple(
        Unasked(k, float(probs[:, k].mean())) for k in range(case.classes) if k not in asked
    )


def answers(cases: Iterable[Case]) -> tuple[float, ...]:
    """The loss of each case that gives one number."""
    return tuple(float(run(case).answer) for case in cases)
