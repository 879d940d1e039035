"""Class numbers as target: pick the target's log-probability, negate it, weigh it."""

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import ROW, rule


def at_target(cells: Array, target: Array, kept: Array) -> Array:
    """The cell of each row at its target class, and 0 in rows that do not count."""
    picked = np.zeros(target.shape)
    places = np.nonzero(kept)
    picked[places] = np.moveaxis(cells, 1, -1)[(*places, target[places])]
    return picked


@rule(
    "Rows that count",
    r"k_i = [\,y_i \ne \text{ignore\_index}\,]",
    "target != ignore_index",
    ROW,
    numbers=r"[\,{target} \ne {ignore_index}\,]",
    sentence="The target of {row} is {target}, and ignore_index is {ignore_index}: {kept}.",
)
def kept(target: Array, ignore_index: Array) -> Array:
    """A row whose target equals ignore_index costs nothing and is left out of the mean. It is
    rows that are ignored, never a class."""
    return target != ignore_index


@rule(
    "Pick the target's log-probability",
    r"\log p_{i y_i} \quad\text{with } y_i \text{ the target of row } i",
    "log_probs.gather(1, target.where(kept, 0).unsqueeze(1)).squeeze(1).where(kept, 0)",
    ROW,
    numbers=r"\log p_{{{row_number},{target}}}",
    sentence="The target of {row} is class {class}, whose log-probability is {target_log_prob}.",
)
def target_log_prob(log_probs: Array, target: Array, kept: Array) -> Array:
    """Only the target's probability enters the loss; the others act through the row sum."""
    return at_target(log_probs, target, kept)


@rule(
    "Negative log",
    r"\ell_i = -\log p_{i y_i}",
    "-target_log_prob",
    ROW,
    numbers=r"-{target_log_prob}",
    sentence="Turned positive, it is what {row} costs before weighting: {nll}.",
)
def nll(target_log_prob: Array) -> Array:
    """The surprise at the true class: 0 if it was certain, larger the less likely it was."""
    return -target_log_prob


@rule(
    "Weight of the target's class",
    r"w_{y_i}",
    "weight[target.where(kept, 0)].where(kept, 0)",
    ROW,
    numbers=r"w_{{{target}}}",
    sentence="The target of {row} is class {class}, and that class weighs {sample_weight}.",
)
def sample_weight(weight: Array, target: Array, kept: Array) -> Array:
    """The weight belongs to the class, so a sample takes the weight of its target. Without
    class weights each is 1."""
    picked = np.zeros(target.shape)
    picked[kept] = weight[target[kept]]
    return picked


@rule(
    "Weighted loss of each sample",
    r"L_i = w_{y_i} \cdot \ell_i",
    "sample_weight * nll",
    ROW,
    numbers=r"{sample_weight} \cdot {nll}",
    sentence="{row:C} costs {nll} times its weight {sample_weight}, which is {losses}.",
)
def losses(sample_weight: Array, nll: Array) -> Array:
    """The weight multiplies the whole log term, outside the softmax. This list is what
    reduction='none' returns."""
    return sample_weight * nll


COUNTING = (kept,)
PICKING = (target_log_prob, nll, sample_weight, losses)
