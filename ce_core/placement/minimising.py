"""Newton's method on a loss of one row: finds its optimum without knowing the closed form."""

import numpy as np

from ce_core.arrays import Array

MOST = 64  # classes; each step solves a system of that many equations
STEPS = 200
FAR = 2.0  # for a logit in one step; far out the loss is flat, and Newton's step endless
RIDGE = 1e-12  # keeps a system solvable in which a probability is stored as 0
SMALL = 1e-14  # a gradient that is rounding alone


def softmax(logits: Array) -> Array:
    """(C,) to (C,), the largest subtracted first."""
    exps = np.exp(logits - logits.max())
    probs: Array = exps / exps.sum()
    return probs


def loss(logits: Array, pull: Array, mass: float, offset: Array) -> float:
    """-sum_k a_k z_k + B log sum_k e^(z_k + o_k)."""
    moved = logits + offset
    top = moved.max()
    return float(-pull @ logits + mass * (top + np.log(np.exp(moved - top).sum())))


def minimise(pull: Array, mass: float, offset: Array) -> Array:
    """The softmax of the logits at which the loss above is lowest.

    Classes without any pull are left out: their logits fall for ever, and their probability is 0.

    Args:
        pull: (C,), not negative, and it sums to the mass.
        mass: B, positive.
        offset: (C,), finite.
    """
    asked = pull > 0
    pull, offset = pull[asked] / mass, offset[asked]  # any multiple of a loss has its optimum
    logits = np.zeros_like(pull)
    for _ in range(STEPS):
        probs = softmax(logits + offset)
        slope = probs - pull
        if np.abs(slope).max() <= SMALL:
            break
        # A constant added to all logits changes nothing; the second term keeps it at 0.
        curve = np.diag(probs + RIDGE) - np.outer(probs, probs) + 1 / len(pull)
        logits = logits - _halved(logits, np.linalg.solve(curve, slope), pull, offset)
    found = np.zeros(asked.shape)
    found[asked] = softmax(logits)
    return found


def _halved(logits: Array, step: Array, pull: Array, offset: Array) -> Array:
    """The step, at most `FAR` long, halved until the loss does not rise."""
    step = step * min(1.0, FAR / np.abs(step).max())
    start = loss(logits, pull, 1.0, offset)
    slack = 1e-13 * (1 + abs(start))
    for _ in range(60):
        if loss(logits - step, pull, 1.0, offset) <= start + slack:
            break
        step = step / 2
    return step
