"""Two classes that can be told apart: the longer the training, the less the weights matter.

One sample at x = -1 (class 0), one at x = 1 (class 1); a straight line trained by gradient
descent from 0 on the weighted mean. The boundary starts on the light class's side and creeps to
the middle (Byrd & Lipton 2019, arXiv 1812.03372; Soudry et al. 2018, arXiv 1710.10345).
"""

import math
from dataclasses import dataclass

MARKS = (10, 100, 1_000, 10_000, 100_000)
RATE = 1.0


@dataclass(frozen=True)
class Reached:
    """The line after so many steps.

    Attributes:
        steps: of gradient descent.
        boundary: the x at which the line changes sides.
        slope: of the line.
        loss: the weighted mean of the cross-entropy.
    """

    steps: int
    boundary: float
    slope: float
    loss: float


def separable(ratio: float, marks: tuple[int, ...] = MARKS) -> tuple[Reached, ...]:
    """The line at each mark, with weights 1 for class 0 and `ratio` for class 1."""
    intercept = slope = 0.0
    told = []
    for step in range(1, max(marks) + 1):
        wrong0 = 1 / (1 + math.exp(slope - intercept))  # probability of class 1 at x = -1
        wrong1 = ratio / (1 + math.exp(slope + intercept))  # of class 0 at x = 1, weighted
        intercept -= RATE * (wrong0 - wrong1) / (1 + ratio)
        slope += RATE * (wrong0 + wrong1) / (1 + ratio)
        if step in marks:
            told.append(Reached(step, -intercept / slope, slope, _loss(intercept, slope, ratio)))
    return tuple(told)


def _loss(intercept: float, slope: float, ratio: float) -> float:
    zero = math.log1p(math.exp(intercept - slope))
    one = math.log1p(math.exp(-intercept - slope))
    return (zero + ratio * one) / (1 + ratio)
