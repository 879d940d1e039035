"""The steps of the two losses that are not torch's: the weights stand inside the log.

Both share the weighted sum of the exponentials. What they say of a class number, of smoothing
and of class probabilities is one rule: the costs of the classes, as the target mixes them.
"""

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import CELL, ONE, ROW, Rule, rule
from ce_core.rules.blending import per_class
from ce_core.rules.reducing import COUNT, sum_loss

PER_CLASS = ".reshape(1, -1, *[1] * (logits.ndim - 2))"


@rule(
    "Weighted exponentials",
    r"w_c \cdot e_{ic}",
    f"exps * weight{PER_CLASS}",
    CELL,
    numbers=r"{weight} \cdot {exps}",
    sentence="Class {class} brings {exps} times its weight {weight} to the sum: {weighted_exps}.",
)
def weighted_exps(exps: Array, weight: Array) -> Array:
    """Inside the sum a weight acts on every row, whatever its target is."""
    return exps * per_class(weight, exps)


@rule(
    "Weighted row sum",
    r"S^w_i = \sum_c w_c \cdot e_{ic}",
    "weighted_exps.sum(dim=1)",
    ROW,
    numbers=r"{weighted_exps:+}",
    sentence="The weighted exponentials of {row} add up to {weighted_sum}.",
)
def weighted_sum(weighted_exps: Array) -> Array:
    """What the softmax with a prior divides by."""
    return weighted_exps.sum(axis=1)


@rule(
    "Softmax with the weights as a prior",
    r"\pi_{ic} = \frac{w_c \cdot e_{ic}}{S^w_i}",
    "weighted_exps / weighted_sum.unsqueeze(1)",
    CELL,
    numbers=r"\frac{{{weighted_exps}}}{{{weighted_sum}}}",
    sentence="With the weights as a prior class {class} has the probability {prior_probs}.",
)
def prior_probs(weighted_exps: Array, weighted_sum: Array) -> Array:
    """The softmax of the logits plus the log of the prior. The prior's scale cancels."""
    return weighted_exps / weighted_sum[:, None]


def _inside() -> Rule:
    @rule(
        "Cost of each class",
        r"t_{ic} = -w_c \cdot z_{ic} + m_i + \log S^w_i",
        f"-weight{PER_CLASS} * logits + (row_max + weighted_sum.log()).unsqueeze(1)",
        CELL,
        numbers=r"-{weight} \cdot {logits} + {row_max} + \log {weighted_sum}",
        sentence="If class {class} is the target, the row costs {costs}.",
    )
    def costs(logits: Array, weight: Array, row_max: Array, weighted_sum: Array) -> Array:
        """The weight multiplies the logit and not the log beside it, so the two no longer move
        together when all logits rise."""
        level = row_max + np.log(weighted_sum)
        return -per_class(weight, logits) * logits + level[:, None]

    return costs


def _prior() -> Rule:
    @rule(
        "Cost of each class",
        r"t_{ic} = -\log \pi_{ic}",
        f"-(shifted + weight.log(){PER_CLASS} - weighted_sum.log().unsqueeze(1))",
        CELL,
        numbers=r"-\log {prior_probs}",
        sentence="If class {class} is the target, the row costs {costs}.",
    )
    def costs(shifted: Array, weight: Array, weighted_sum: Array) -> Array:
        """The negative log of the softmax with a prior, from the shifted logits."""
        return -(shifted + np.log(per_class(weight, shifted)) - np.log(weighted_sum)[:, None])

    return costs


@rule(
    "Target distribution",
    r"q_{ic} = [\,c = y_i\,]",
    "F.one_hot(target.where(kept, 0), logits.shape[1]).movedim(-1, 1).to(logits.dtype)"
    ".where(kept.unsqueeze(1), 0)",
    CELL,
    numbers=r"[\,{class_number} = {target}\,]",
    sentence="Of {row} class {class} is asked for with the probability {target_dist}.",
)
def target_dist(logits: Array, target: Array, kept: Array) -> Array:
    """A class number asks for one class with probability 1; an ignored row asks for none."""
    hot = np.zeros(logits.shape)
    places = np.nonzero(kept)
    np.moveaxis(hot, 1, -1)[(*places, target[places])] = 1.0
    return hot


@rule(
    "Loss of each sample",
    r"L_i = \sum_c q_{ic} \cdot t_{ic}",
    "(target_dist * costs).where(target_dist != 0, 0).sum(dim=1)",
    ROW,
    numbers=r"{costs:+}",
    sentence="{row:C} costs {losses}.",
)
def losses(target_dist: Array, costs: Array) -> Array:
    """The costs of the classes, as much of each as the target asks for. What it does not ask for
    costs nothing, also where the cost is infinite."""
    return np.where(target_dist != 0, target_dist * costs, 0.0).sum(axis=1)


@rule(
    "Number of rows that count",
    r"N",
    "kept.sum().to(logits.dtype)",
    ONE,
    numbers=r"{denominator}",
    sentence="{denominator} rows count.",
)
def denominator(kept: Array) -> Array:
    """No weight multiplies a row's loss here, so the mean is a plain one."""
    return np.asarray(kept.sum(), dtype=np.float64)


PRIOR_SOFTMAX = (weighted_exps, weighted_sum, prior_probs)
INSIDE_COSTS, PRIOR_COSTS = _inside(), _prior()
ONE_HOT = target_dist
LOSSES = losses
INDEX_MEAN = (sum_loss, denominator, COUNT[1])
PROBABILITY_MEAN = (sum_loss, *COUNT)
