"""The three losses: the same weights outside the log, inside it, and as a prior."""

from collections.abc import Callable
from dataclasses import dataclass

from ce_core.case import Case
from ce_core.placement import gradients
from ce_core.placement.rules import (
    INDEX_MEAN,
    INSIDE_COSTS,
    LOSSES,
    ONE_HOT,
    PRIOR_COSTS,
    PRIOR_SOFTMAX,
    PROBABILITY_MEAN,
)
from ce_core.rule import Rule
from ce_core.rules import rules_for
from ce_core.rules.blending import GIVEN, SMOOTHED_GIVEN, SMOOTHED_INDEX
from ce_core.rules.picking import COUNTING
from ce_core.rules.reducing import sum_loss
from ce_core.rules.softmax import SOFTMAX
from ce_core.trace import Trace, run


@dataclass(frozen=True)
class Placing:
    """One place for the weights.

    Attributes:
        key: its name in code.
        title: its name on the screen.
        formula: LaTeX for the loss of one row with target y.
        numpy: the same for logits (N, C) and class numbers, as one line of NumPy.
        torch: the same as one line of torch.
        means: what it is, in a sentence.
        rules: the rules that compute it for a case.
    """

    key: str
    title: str
    formula: str
    numpy: str
    torch: str
    means: str
    rules: Callable[[Case], tuple[Rule, ...]]


def _target_rules(case: Case) -> tuple[Rule, ...]:
    """From the target to a distribution over the classes."""
    if case.soft:
        return (SMOOTHED_GIVEN[0],) if case.smooths else (GIVEN[0],)
    return (*COUNTING, SMOOTHED_INDEX[0] if case.smooths else ONE_HOT)


def _mean_rules(case: Case) -> tuple[Rule, ...]:
    mean = PROBABILITY_MEAN if case.soft else INDEX_MEAN
    return {"none": (), "sum": (sum_loss,), "mean": mean}[case.reduction]


def _inside(case: Case) -> tuple[Rule, ...]:
    middle = (*PRIOR_SOFTMAX, *_target_rules(case), INSIDE_COSTS, LOSSES)
    return (*SOFTMAX, *middle, *_mean_rules(case))


def _prior(case: Case) -> tuple[Rule, ...]:
    middle = (*PRIOR_SOFTMAX, *_target_rules(case), PRIOR_COSTS, LOSSES)
    mean = gradients.MEAN if case.soft else gradients.KEPT_MEAN
    last = mean if case.reduction == "mean" else gradients.TOTAL
    return (*SOFTMAX, *middle, *_mean_rules(case), last)


OUTSIDE = Placing(
    "outside",
    "Outside the log",
    r"\textstyle w_y \bigl(-z_y + \log \sum_j e^{z_j}\bigr)",
    "weight[target] * (np.log(np.exp(logits).sum(1)) - logits[rows, target])",
    "F.cross_entropy(logits, target, weight, reduction='none')",
    "What torch does. A row whose target weighs 3 costs as much as three such rows that weigh 1. "
    "The probabilities are softmax(z); the weights have no part in them.",
    rules_for,
)
INSIDE = Placing(
    "inside",
    "Inside the log",
    r"\textstyle -w_y z_y + \log \sum_j w_j e^{z_j}",
    "np.log((weight * np.exp(logits)).sum(1)) - weight[target] * logits[rows, target]",
    "(logits + weight.log()).logsumexp(1) - weight[target] * logits[rows, target]",
    "What was proposed. The weight multiplies the logit, but not the log beside it, "
    "so it is not the negative log of a probability.",
    _inside,
)
PRIOR = Placing(
    "prior",
    "Inside the softmax",
    r"\textstyle -\log \bigl(q_y e^{z_y} \big/ \sum_j q_j e^{z_j}\bigr)",
    "-np.log(q[target] * np.exp(logits[rows, target]) / (q * np.exp(logits)).sum(1))",
    "F.cross_entropy(logits + q.log(), target, reduction='none')",
    "Balanced softmax. The weights, divided by their sum, are read as a prior q. It is the plain "
    "loss of another model, whose probabilities are softmax(z + log q).",
    _prior,
)
PLACINGS = (OUTSIDE, INSIDE, PRIOR)


def placed(case: Case, placing: Placing) -> Trace:
    """The case with its weights in that place; `losses`, and the answer of its reduction.

    The loss with a prior is logit adjustment with tau = 1 (Menon et al. 2021, arXiv 2007.07314)
    and balanced softmax (Ren et al. 2020, arXiv 2007.10740), with the weights as the prior. A
    negative weight, or one of 0, makes the log of it nan or infinite, without a warning.
    """
    return run(case, placing.rules(case))
