"""Which rules a case takes, in order: the options choose rules, so that no rule holds an if."""

from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.nll import NLLCase
from ce_core.rule import Rule
from ce_core.rules.binary import BINARY_MEAN, FROM_LOGITS, FROM_PROBS
from ce_core.rules.blending import GIVEN, SMOOTHED_GIVEN, SMOOTHED_INDEX
from ce_core.rules.given import GIVEN_LOG_PROBS, GIVEN_PROBS
from ce_core.rules.gradients import (
    BLEND_MEAN,
    BLEND_TOTAL,
    PICKED_MEAN,
    PICKED_TOTAL,
    SMOOTHED_MEAN,
)
from ce_core.rules.picking import COUNTING, PICKING, sample_weight
from ce_core.rules.reducing import COUNT, SMOOTHED_WEIGHT_SUM, WEIGHT_SUM, sum_loss
from ce_core.rules.softmax import SOFTMAX

# (target holds probabilities, smoothed) -> from the log-probabilities to one loss per sample
LOSSES: dict[tuple[bool, bool], tuple[Rule, ...]] = {
    (False, False): COUNTING + PICKING,
    (False, True): COUNTING + SMOOTHED_INDEX,
    (True, False): GIVEN,
    (True, True): SMOOTHED_GIVEN,
}
# ... -> from there to the mean, and to the mean's gradient
MEAN: dict[tuple[bool, bool], tuple[Rule, ...]] = {
    (False, False): (sum_loss, *WEIGHT_SUM, *PICKED_MEAN),
    (False, True): (sum_loss, sample_weight, *SMOOTHED_WEIGHT_SUM, *SMOOTHED_MEAN),
    (True, False): (sum_loss, *COUNT, *BLEND_MEAN),
    (True, True): (sum_loss, *COUNT, *BLEND_MEAN),
}
TOTAL: dict[tuple[bool, bool], tuple[Rule, ...]] = {
    (False, False): PICKED_TOTAL,
    (False, True): BLEND_TOTAL,
    (True, False): BLEND_TOTAL,
    (True, True): BLEND_TOTAL,
}


def rules_for(case: Case | BinaryCase) -> tuple[Rule, ...]:
    """The rules that answer the case, for logits from the row maximum to the gradient."""
    ending: dict[str, tuple[Rule, ...]]
    if isinstance(case, BinaryCase):
        ending = {"none": (), "sum": (sum_loss,), "mean": (sum_loss, *BINARY_MEAN)}
        return (FROM_LOGITS if case.holds == "logits" else FROM_PROBS) + ending[case.reduction]
    if isinstance(case, NLLCase):
        ending = {"none": (), "sum": (sum_loss,), "mean": (sum_loss, *WEIGHT_SUM)}
        given = GIVEN_PROBS if case.holds == "probs" else GIVEN_LOG_PROBS
        return given + COUNTING + PICKING + ending[case.reduction]
    kind = case.soft, case.smooths
    ending = {
        "none": TOTAL[kind],
        "sum": (sum_loss, *TOTAL[kind]),
        "mean": MEAN[kind],
    }
    return SOFTMAX + LOSSES[kind] + ending[case.reduction]


def all_rules() -> tuple[Rule, ...]:
    """Every rule from logits of several classes on, each once; several may share a key, for
    different kinds of target."""
    kinds = [SOFTMAX, *LOSSES.values(), *MEAN.values(), *TOTAL.values()]
    return tuple(dict.fromkeys(rule for rules in kinds for rule in rules))
