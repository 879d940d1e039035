"""Binary cross-entropy: each element is a yes or no of its own, with two terms."""

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import ONE, ROW, Rule, rule

LEAST_LOG = -100.0  # BCELoss takes no log below this


def softplus(values: Array) -> Array:
    """log(1 + e^x) without overflow; () stays an array."""
    return np.asarray(np.logaddexp(0.0, values))


def _sigmoid() -> Rule:
    @rule(
        "Sigmoid: probability of yes",
        r"p_i = \frac{1}{1 + e^{-z_i}}",
        "logits.sigmoid()",
        ROW,
        numbers=r"\frac{{1}}{{1 + e^{{-{logits}}}}}",
        sentence="The logit {logits} is the probability {probs} of yes.",
    )
    def probs(logits: Array) -> Array:
        """Each element has a sigmoid of its own; they do not sum to 1."""
        return np.exp(-softplus(-logits))

    return probs


def _log_probs() -> Rule:
    @rule(
        "Log-probability of yes",
        r"\log p_i = -\log(1 + e^{-z_i})",
        "F.logsigmoid(logits)",
        ROW,
        numbers=r"-\log(1 + e^{{-{logits}}})",
        sentence="The log-probability of yes is {log_probs}.",
    )
    def log_probs(logits: Array) -> Array:
        """Taken from the logit, so it stays right where the probability is stored as 0."""
        return -softplus(-logits)

    return log_probs


def _log_others() -> Rule:
    @rule(
        "Log-probability of no",
        r"\log (1 - p_i) = -\log(1 + e^{z_i})",
        "F.logsigmoid(-logits)",
        ROW,
        numbers=r"-\log(1 + e^{{{logits}}})",
        sentence="The log-probability of no is {log_others}.",
    )
    def log_others(logits: Array) -> Array:
        """No has what yes leaves of 1: 1 - p is the sigmoid of the negative logit."""
        return -softplus(logits)

    return log_others


def _given_probs() -> Rule:
    @rule(
        "Probability of yes, as given",
        r"p_i",
        "given",
        ROW,
        numbers=r"{given}",
        sentence="The given probability of yes is {probs}.",
    )
    def probs(given: Array) -> Array:
        """BCELoss takes probabilities: no sigmoid is taken."""
        return given

    return probs


def _clamped_log() -> Rule:
    @rule(
        "Log-probability of yes",
        r"\log p_i",
        "probs.log().clamp(min=-100)",
        ROW,
        numbers=r"\log {probs}",
        sentence="The log of {probs}, but not below -100, is {log_probs}.",
    )
    def log_probs(probs: Array) -> Array:
        """BCELoss takes no log below -100, so that a probability of 0 does not cost infinity."""
        return np.maximum(np.log(probs), LEAST_LOG)

    return log_probs


def _clamped_log_of_others() -> Rule:
    @rule(
        "Log-probability of no",
        r"\log (1 - p_i)",
        "(-probs).log1p().clamp(min=-100)",
        ROW,
        numbers=r"\log (1 - {probs})",
        sentence="The log of 1 minus {probs}, but not below -100, is {log_others}.",
    )
    def log_others(probs: Array) -> Array:
        """No has what yes leaves of 1; this log, too, stops at -100."""
        return np.maximum(np.log1p(-probs), LEAST_LOG)

    return log_others


@rule(
    "Part of yes",
    r"a_i = -v_i \cdot y_i \cdot \log p_i",
    "-pos_weight * target * log_probs",
    ROW,
    numbers=r"-{pos_weight} \cdot {target} \cdot {log_probs}",
    sentence="Yes is {target} of the target and costs {positive_part}, pos_weight {pos_weight} "
    "included.",
)
def positive_part(pos_weight: Array, target: Array, log_probs: Array) -> Array:
    """pos_weight multiplies this part only."""
    return -pos_weight * target * log_probs


@rule(
    "Part of no",
    r"b_i = -(1 - y_i) \cdot \log (1 - p_i)",
    "-(1 - target) * log_others",
    ROW,
    numbers=r"-(1 - {target}) \cdot {log_others}",
    sentence="No is 1 minus {target} of the target and costs {negative_part}.",
)
def negative_part(target: Array, log_others: Array) -> Array:
    """A target of 0 costs something too: this is what cross-entropy over classes does not have."""
    return -(1 - target) * log_others


@rule(
    "Loss of each element",
    r"L_i = w_i \cdot (a_i + b_i)",
    "weight * (positive_part + negative_part)",
    ROW,
    numbers=r"{weight} \cdot ({positive_part} + {negative_part})",
    sentence="Both parts together, times the weight {weight}, are {losses}.",
)
def losses(weight: Array, positive_part: Array, negative_part: Array) -> Array:
    """The weight belongs to the element and multiplies both parts. This list is what
    reduction='none' returns."""
    return weight * (positive_part + negative_part)


@rule(
    "Number of elements",
    r"N",
    "torch.as_tensor(losses.numel(), dtype=losses.dtype, device=losses.device)",
    ONE,
    numbers=r"{denominator}",
    sentence="There are {denominator} elements.",
)
def denominator(losses: Array) -> Array:
    """A binary mean divides by the number of elements; no weight is in it, unlike in
    CrossEntropyLoss."""
    return np.asarray(float(losses.size))


@rule(
    "Mean loss",
    r"L = \frac{\sum_i L_i}{N}",
    "sum_loss / denominator",
    ONE,
    numbers=r"\frac{{{sum_loss}}}{{{denominator}}}",
    sentence="{sum_loss} divided by the number of elements, {denominator}, is {mean_loss}.",
)
def mean_loss(sum_loss: Array, denominator: Array) -> Array:
    """A plain average, so scaling the weights scales the loss. 0/0, when there is no element, is
    nan."""
    return np.asarray(sum_loss / denominator)


PARTS = (positive_part, negative_part, losses)
FROM_LOGITS = (_sigmoid(), _log_probs(), _log_others(), *PARTS)
FROM_PROBS = (_given_probs(), _clamped_log(), _clamped_log_of_others(), *PARTS)
BINARY_MEAN = (denominator, mean_loss)
