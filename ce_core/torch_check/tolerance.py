"""How far torch's number may lie from ours for no other reason than rounding: a row per step.

A step agrees where |ours - torch| <= atol + rtol |ours|. One eps is the gap between 1 and the
next number that the dtype has. The sizes were measured on torch 2.13: a sample's loss is off by
at most about 2 eps w (gap + ln C + 1), where the gap from the target's logit to the largest is
never more than the loss; so rtol = 4 eps with atol = 4 eps max|w| (1 + ln C) has room, and no
slip fits into it. What is computed from the losses inherits their tolerance.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.torch_check.lines import ANSWER
from ce_core.torch_check.rounding import Facts


@dataclass(frozen=True)
class Tolerance:
    """`rtol` and `atol` (a number, or one for each number compared), and both in words."""

    rtol: float
    atol: Array | float
    words: str


def exact(_: Facts) -> Tolerance:
    """For what involves no arithmetic."""
    return Tolerance(0.0, 0.0, "exactly equal")


def rounding(facts: Facts) -> Tolerance:
    """For one or two operations."""
    return Tolerance(4 * facts.eps, facts.underflow, "rtol = 4 eps")


def exponentials(facts: Facts) -> Tolerance:
    """An exponential of a rounded s is off by |s| e^s, which is never above 0.37."""
    atol = 4 * facts.eps + facts.underflow
    return Tolerance(4 * facts.eps, atol, "rtol = 4 eps, atol = 4 eps")


def row_sums(facts: Facts) -> Tolerance:
    """The sum over the classes and the quotients by it."""
    words = "rtol = 4 eps (1 + ln C), atol = 4 eps"
    return Tolerance(facts.of_log, 4 * facts.eps + facts.underflow, words)


def log_probabilities(facts: Facts) -> Tolerance:
    """The per-sample tolerance for a weight of 1."""
    return Tolerance(4 * facts.eps, facts.of_log, "rtol = 4 eps, atol = 4 eps (1 + ln C)")


def target_distribution(facts: Facts) -> Tolerance:
    """Two products and their sum, which may cancel where a probability is negative."""
    atol = 4 * facts.eps * np.minimum(1, np.abs(facts.known["target_dist"])) + facts.underflow
    if facts.known["target"].dtype.kind == "f":
        atol = atol + 4 * facts.eps * np.abs(facts.known["target"])
    return Tolerance(4 * facts.eps, atol, "rtol = 4 eps, atol = 4 eps |y|")


def terms(facts: Facts) -> Tolerance:
    """The log-probability's tolerance times what it is multiplied by."""
    words = "atol = 4 eps |w q| (1 + ln C) and 8 eps of each factor"
    return Tolerance(4 * facts.eps, facts.of_terms + facts.underflow, words)


def per_sample(facts: Facts) -> Tolerance:
    """The tolerance that all others are made from."""
    words = "rtol = 4 eps, atol = 4 eps max|w| (1 + ln C)"
    return Tolerance(4 * facts.eps, facts.of_losses, words)


def summed(facts: Facts, *, kernel: bool = False) -> Tolerance:
    """All samples' tolerances together, and what adding loses."""
    words = "rtol = 4 eps, atol = the samples' tolerances together"
    return Tolerance(4 * facts.eps, facts.of_sum(kernel=kernel), words)


def weights(facts: Facts) -> Tolerance:
    """What adding loses."""
    words = "rtol = 4 eps, atol = what adding N weights can lose"
    return Tolerance(4 * facts.eps, facts.of_denominator(), words)


def mean(facts: Facts, *, kernel: bool = False) -> Tolerance:
    """The sum's tolerance divided by the denominator; large where weights of both signs cancel."""
    words = "rtol = 4 eps, atol = the sum's tolerance divided by the denominator"
    return Tolerance(4 * facts.eps, facts.of_mean(kernel=kernel), words)


def shares(facts: Facts) -> Tolerance:
    """A quotient, whose denominator may be off already."""
    off = facts.of_denominator()
    rtol = 4 * facts.eps + float(off / facts.least_divisor(off))
    return Tolerance(rtol, facts.underflow, "rtol = 4 eps and the denominator's tolerance")


def gradients(facts: Facts) -> Tolerance:
    """16 eps of the weight that the sample has in the answer."""
    mean_of = facts.reduction == "mean"
    off = facts.of_denominator(kernel=True) if mean_of else 0.0
    divisor = facts.least_divisor(off) if mean_of else 1.0
    eps = 16 * facts.eps + facts.chain + off / divisor
    atol = eps * np.expand_dims(facts.asked / divisor, -1 if not facts.asked.ndim else 1)
    least = 1e-3 * facts.eps + facts.underflow
    return Tolerance(4 * facts.eps, atol + least, "rtol = 4 eps, atol = 16 eps s_i / D")


def answers(facts: Facts) -> Tolerance:
    """As the last step, but the loss kernel adds in the dtype itself."""
    by_reduction = {"none": per_sample, "sum": _kernel_sum, "mean": _kernel_mean}
    return by_reduction[facts.reduction](facts)


def _kernel_sum(facts: Facts) -> Tolerance:
    return summed(facts, kernel=True)


def _kernel_mean(facts: Facts) -> Tolerance:
    return mean(facts, kernel=True)


TOLERANCES: dict[str, Callable[[Facts], Tolerance]] = {
    "row_max": exact,
    "shifted": rounding,
    "exps": exponentials,
    "partition": row_sums,
    "probs": row_sums,
    "log_probs": log_probabilities,
    "kept": exact,
    "target_log_prob": log_probabilities,
    "nll": log_probabilities,
    "sample_weight": exact,
    "target_dist": target_distribution,
    "weighted_terms": terms,
    "losses": per_sample,
    "sum_loss": summed,
    "denominator": weights,
    "mean_loss": mean,
    "share": shares,
    "gradient": gradients,
    ANSWER: answers,
}


def elements(facts: Facts) -> Tolerance:
    """For an element of a binary loss: torch adds (1 - y) z and a logarithm, which may cancel."""
    words = "rtol = 4 eps, atol = 4 eps |w v| (1 + |z|)"
    return Tolerance(4 * facts.eps, _of_elements(facts), words)


def element_sums(facts: Facts) -> Tolerance:
    """All elements' tolerances together, and what adding loses."""
    words = "rtol = 4 eps, atol = the elements' tolerances together"
    return Tolerance(4 * facts.eps, _of_element_sum(facts), words)


def element_means(facts: Facts) -> Tolerance:
    """The sum's tolerance divided by the number of elements."""
    words = "rtol = 4 eps, atol = the sum's tolerance divided by N"
    count = max(facts.known["losses"].size, 1)
    return Tolerance(4 * facts.eps, _of_element_sum(facts) / count, words)


def _of_elements(facts: Facts) -> Array:
    known = facts.known
    factor = np.abs(known["weight"]) * np.maximum(1, np.abs(known["pos_weight"]))
    size = np.abs(known.get("logits", np.zeros(()))) + np.abs(known["target"])
    size = np.where(np.isfinite(size), size, 0)
    made: Array = 4 * facts.eps * factor * (1 + size) + facts.underflow
    return made


def _of_element_sum(facts: Facts) -> float:
    sizes = np.abs(facts.known["losses"])
    sizes = np.where(np.isfinite(sizes), sizes, 0)
    adding = 4 * facts.eps + facts.adding(sizes.size, kernel=True)
    return float((_of_elements(facts) + adding * sizes).sum())


def element_answers(facts: Facts) -> Tolerance:
    """As the last step."""
    by_reduction = {"none": elements, "sum": element_sums, "mean": element_means}
    return by_reduction[facts.reduction](facts)


OF_ELEMENTS: dict[str, Callable[[Facts], Tolerance]] = {
    "denominator": exact,
    "sum_loss": element_sums,
    "mean_loss": element_means,
    ANSWER: element_answers,
}


def tolerance_for(key: str, facts: Facts) -> Tolerance:
    """The step's tolerance; the plain per-sample one for a step that the table does not have."""
    with np.errstate(all="ignore"):
        if facts.binary:
            return OF_ELEMENTS.get(key, elements)(facts)
        return TOLERANCES.get(key, log_probabilities)(facts)
