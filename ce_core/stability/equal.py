"""Three formulas for one loss that are equal on paper, and not where both logits are large."""

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import ROW, rule
from ce_core.rules.softmax import exps, partition, row_max, shifted
from ce_core.stability.chains import costs, log_probs, log_sum
from ce_core.stability.number_types import NumberType
from ce_core.trace import fold


@rule(
    "Cross-entropy",
    r"-\log p_0",
    "F.cross_entropy(logits, zeros)",
    ROW,
    numbers=r"{costs}",
    sentence="The cost of the first class is {cross_entropy}.",
)
def cross_entropy(costs: Array) -> Array:
    """The largest logit is subtracted first and the log of the sum last: no large number is left
    in between."""
    return costs[:, 0]


@rule(
    "Log-sum-exp",
    r"m + \log S",
    "torch.logsumexp(logits, dim=1)",
    ROW,
    numbers=r"{row_max} + {log_sum}",
    sentence="{row_max} and {log_sum} make {log_sum_exp}.",
)
def log_sum_exp(row_max: Array, log_sum: Array) -> Array:
    """The largest logit is added again: beside a large one the log of the sum loses its digits."""
    return row_max + log_sum


@rule(
    "Log-sum-exp minus the logit",
    r"\mathrm{logsumexp}(z) - z_0",
    "torch.logsumexp(logits, dim=1) - logits[:, 0]",
    ROW,
    numbers=r"{log_sum_exp} - {logits}",
    sentence="{log_sum_exp} minus the first logit is {less_logit}.",
)
def less_logit(log_sum_exp: Array, logits: Array) -> Array:
    """What was lost in the sum does not come back in the difference."""
    return log_sum_exp - logits[:, 0]


@rule(
    "Softmax",
    r"p_0 = e_0 / S",
    "F.softmax(logits, dim=1)[:, 0]",
    ROW,
    numbers=r"{exps} / {partition}",
    sentence="The first class has the probability {prob}.",
)
def prob(exps: Array, partition: Array) -> Array:
    """Softmax subtracts the largest logit too, so a large one in common does no harm here."""
    return exps[:, 0] / partition


@rule(
    "Minus log of softmax",
    r"-\log p_0",
    "-F.softmax(logits, dim=1)[:, 0].log()",
    ROW,
    numbers=r"-\log {prob}",
    sentence="Minus the log of {prob} is {minus_log}.",
)
def minus_log(prob: Array) -> Array:
    """Right here, where the logits are equal; it breaks where they are far apart."""
    return -np.log(prob)


CHAIN = (row_max, shifted, exps, partition, log_sum, log_probs, costs)
LN2 = float(np.log(2.0))  # what each of them is
NEAR = 0.01  # in every type further off than its rounding
EQUAL = (cross_entropy, less_logit, minus_log)
KEYS = tuple(one.key for one in EQUAL)


def keeps_digits(value: float) -> bool:
    """Whether a formula's value is log 2 but for rounding."""
    return abs(value - LN2) <= NEAR


def equal_formulas(common: Array, kind: NumberType) -> dict[str, Array]:
    """The three formulas' loss of the logits [v, v], which is log 2 whatever v is.

    Args:
        common: v, (K,); rounded to the type first.
        kind: the number type.

    Returns:
        The losses by the formula's key, (K,) each.
    """
    both = np.stack([common, common], axis=1)
    rules = (*CHAIN, cross_entropy, log_sum_exp, less_logit, prob, minus_log)
    steps = fold({"logits": kind.round(both)}, kind.rules(rules))
    return {step.key: step.output for step in steps if step.key in KEYS}
