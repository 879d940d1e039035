"""What each loss makes a model believe: its optimum at one input with known probabilities.

Averaged over the true probabilities p, each of the three losses has the form

    -sum_k a_k z_k + B log sum_k e^(z_k + o_k)

with a pull `a` on each logit, a mass `B` and an offset `o`. Where the pulls add up to the mass its
minimum is softmax(z + o) = a / B, so z = log a - o up to a constant. Where they do not, adding a
constant to all logits changes it without end, and there is no minimum.
"""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.placement.losses import INSIDE, OUTSIDE, PRIOR, Placing
from ce_core.placement.minimising import MOST, minimise, softmax

BALANCED = 1e-9  # of the mass: what rounding leaves of a difference


@dataclass(frozen=True, eq=False)
class Belief:
    """The optimum of one loss at one input.

    Attributes:
        placing: which loss.
        fault: why it has none, as a sentence; "" where it has one.
        logits: where it is, (C,), shifted so that the largest is 0.
        probs: the softmax of those logits: what the model then says.
        found: the same, found by a minimiser that knows the loss alone; None where there are
            too many classes for it.
        lift: how far each logit stands from log p, up to one constant for all, (C,).
        undone: the probabilities after the lift is taken off again: p.
        drift: what adding 1 to all logits adds to the loss, each time.
    """

    placing: Placing
    fault: str
    logits: Array
    probs: Array
    found: Array | None
    lift: Array
    undone: Array
    drift: float

    @property
    def gap(self) -> float:
        """The largest difference between the closed form and what the minimiser found."""
        return 0.0 if self.found is None else float(np.abs(self.found - self.probs).max(initial=0))


def beliefs(truth: Array, weight: Array) -> tuple[Belief, ...]:
    """The optimum of each of the three losses.

    The weighted loss leads to p_k w_k / sum_j p_j w_j, the loss with a prior to p_k / q_k, scaled
    to sum to 1: the same list acts in opposite directions. Undoing it is Saerens et al. 2002
    (Neural Computation 14:21) and, for two classes, King & Zeng 2001 (Political Analysis 9:137).

    Args:
        truth: (C,), probabilities that sum to 1.
        weight: (C,).
    """
    fault = weight_fault(weight)
    with np.errstate(all="ignore"):  # of weights with a fault anything may be made: it is not told
        log = np.log(weight)
        prior = log - np.log(weight.sum())
        pull, nothing = truth * weight, np.zeros_like(truth)
        mass = float(pull.sum())
    return (
        _belief(OUTSIDE, fault, pull, mass, nothing, log),
        _belief(INSIDE, fault, pull, 1.0, log, nothing),
        _belief(PRIOR, fault, truth, 1.0, prior, -prior),
    )


def balanced(truth: Array, weight: Array) -> Belief:
    """The optimum of the loss with the weights inside the log, scaled so that it has one.

    Where `sum_k p_k w_k` is 1 its pulls balance, and its optimum is p itself.
    """
    return beliefs(truth, weight / (truth * weight).sum())[1]


def scaled(values: Array) -> Array:
    """Numbers that are not negative, (C,), as probabilities: divided by their sum."""
    return np.asarray(values / values.sum())


def all_equal(weight: Array) -> bool:
    """Whether all weights are one number, so that none prefers a class. No weights are equal."""
    return bool((weight == weight[:1]).all())


def weight_fault(weight: Array) -> str:
    """Why no optimum is told for these weights, as a sentence; "" where it is."""
    with np.errstate(over="ignore"):
        total = weight.sum()
    if not np.isfinite(total):
        return "The weights or their sum are not finite, so no loss with them has a lowest point."
    if (weight < 0).any():
        return (
            "A weight is negative. It pays to be wrong about that class, so the loss has no "
            "lowest point; and no prior is negative."
        )
    if (weight == 0).any():
        return (
            "A weight is 0. The model then never learns of that class, and no correction brings "
            "it back; and a prior of 0 has no finite log."
        )
    return ""


def _belief(
    placing: Placing,
    fault: str,
    pull: Array,
    mass: float,
    offset: Array,
    lift: Array,
) -> Belief:
    with np.errstate(all="ignore"):
        drift = mass - float(pull.sum())
    if not fault and abs(drift) > BALANCED * mass:
        fault = "It has no lowest point."
    if fault:
        none = np.full(pull.shape, np.nan)
        return Belief(placing, fault, none, none, None, lift, none, drift)
    with np.errstate(divide="ignore"):  # a class that never occurs has the logit -inf
        logits = np.log(pull) - offset
    logits = logits - logits.max()
    found = minimise(pull, mass, offset) if len(pull) <= MOST else None
    undone = softmax(logits - lift)
    return Belief(placing, "", logits, softmax(logits), found, lift, undone, drift)
