"""How far torch's number may lie from ours for no other reason than rounding.

A step agrees where |ours - torch| <= atol + rtol |ours|. One eps is the gap between 1 and the next
number that the dtype has. The sizes were measured on torch 2.13: a sample's loss is off by at most
about 2 eps w (gap + ln C + 1), where the gap from the target's logit to the largest is never more
than the loss; so rtol = 4 eps with atol = 4 eps max|w| (1 + ln C) has room, and no slip fits into it.
What is computed from the losses inherits their tolerance by the rules of error propagation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil, log, log2

import numpy as np

from ce_core.arrays import Array
from ce_core.torch_check.dtypes import Format
from ce_core.torch_check.lines import ANSWER

GROUP = 16  # torch adds in groups of 16, then the groups' sums in groups of 16, and so on


@dataclass(frozen=True)
class Tolerance:
    """`rtol` and `atol` (a number, or one for each number compared), and both in words."""

    rtol: float
    atol: Array | float
    words: str


@dataclass(frozen=True)
class Facts:
    """What a tolerance depends on.

    Attributes:
        format: the dtype.
        known: our inputs and steps by key.
        reduction: of the case.
        strided: whether the class axis is not the last, so that sums over the classes add one
            term after another, in torch on the CPU and in NumPy everywhere.
    """

    format: Format
    known: Mapping[str, Array]
    reduction: str
    strided: bool

    @property
    def eps(self) -> float:
        """The dtype's eps."""
        return self.format.eps

    @property
    def classes(self) -> int:
        """C."""
        return self.known["logits"].shape[1]

    @cached_property
    def chain(self) -> float:
        """What a sum over the classes loses: at most half an eps a term; less if in 32 parts."""
        return self.classes / (2 if self.strided else 64) * self.format.sum_eps

    @cached_property
    def of_log(self) -> float:
        """By how much a log-probability may be off, rtol aside: 4 eps (1 + ln C) and the chain."""
        return 4 * self.eps * (1 + log(max(self.classes, 1))) + self.chain

    @cached_property
    def largest_weight(self) -> float:
        """max|w| over the finite weights, and at least the smallest number there is."""
        weight = np.abs(self.known["weight"])
        return float(np.max(weight, where=np.isfinite(weight), initial=self.format.smallest))

    @cached_property
    def underflow(self) -> float:
        """What is lost where products fall below the smallest number, all classes together."""
        return self.format.smallest * (1 + self.largest_weight) * (4 + self.classes)

    @cached_property
    def blended(self) -> Array:
        """|q|, and |y| with it where a negative probability may have cancelled in q."""
        q, y = np.abs(self.known["target_dist"]), self.known["target"]
        return q + np.abs(y) if y.dtype.kind == "f" and y.min(initial=0) < 0 else q

    @cached_property
    def asked(self) -> Array:
        """How much weight each sample's loss holds: |w_y|, or sum_c |w_c q_c|."""
        known = self.known
        if "target_dist" in known:
            return np.tensordot(np.abs(known["weight"]), self.blended, (0, 1))
        return np.abs(known.get("sample_weight", np.asarray(self.largest_weight)))

    @cached_property
    def of_terms(self) -> Array:
        """By how much each class's part of a loss may be off."""
        known = self.known
        shape = -1, *[1] * (known["logits"].ndim - 2)
        factor = self.blended * np.abs(known["weight"].reshape(shape))
        return factor * (self.of_log + 8 * self.eps * np.abs(known["log_probs"])) + self.underflow

    @cached_property
    def of_losses(self) -> Array:
        """By how much each sample's loss may be off, rtol aside."""
        known = self.known
        most = np.maximum(self.asked, self.largest_weight) * self.of_log + self.underflow
        if "weighted_terms" not in known:
            return most
        paid = np.abs(known["weighted_terms"]).sum(axis=1)
        return most + (4 * self.eps + self.chain) * paid + 4 * self.eps * self.of_signs

    @cached_property
    def of_signs(self) -> Array:
        """What a negative probability cancelled, as part of each sample's loss."""
        known = self.known
        hidden = self.blended - np.abs(known["target_dist"])
        return np.einsum(
            "nc...,c->n...", hidden * np.abs(known["log_probs"]), np.abs(known["weight"])
        )

    def of_sum(self, *, kernel: bool = False) -> float:
        """By how much the sum of the losses may be off."""
        sizes = np.abs(self.known["losses"])
        each = self.of_losses + (4 * self.eps + self.adding(sizes.size, kernel=kernel)) * sizes
        return float(each.sum())

    def of_denominator(self, *, kernel: bool = False) -> float:
        """By how much the sum of the targets' weights may be off."""
        known = self.known
        if "sample_weight" not in known:
            return self.eps * abs(self.divisor)
        sizes = np.abs(known["sample_weight"])
        added = self.adding(sizes.size, kernel=kernel) * float(sizes.sum())
        return added + self.eps * abs(self.divisor)

    @property
    def divisor(self) -> float:
        """What the mean is divided by; 1 for a sum."""
        return float(self.known.get("denominator", np.asarray(1.0)))

    def of_mean(self, *, kernel: bool = False) -> float:
        """By how much the mean may be off: what both its parts may be off, divided."""
        off = self.of_denominator(kernel=kernel)
        mean = abs(float(self.known["mean_loss"]))
        return float((self.of_sum(kernel=kernel) + mean * off) / self.least_divisor(off))

    def least_divisor(self, off: float) -> np.float64:
        """How small the denominator may be; dividing by 0 gives inf, as NumPy's numbers do."""
        return np.float64(max(abs(self.divisor) - off, 0))

    @property
    def cancelled(self) -> bool:
        """Whether the weights add up to so little that rounding alone makes the divisor."""
        off = self.of_denominator(kernel=True)
        return self.reduction == "mean" and off > 0 and 2 * off >= abs(self.divisor)

    def adding(self, terms: int, *, kernel: bool = False) -> float:
        """The relative error of a sum of that many terms of one sign, at its worst.

        `sum()` adds the narrow dtypes in float32; the loss kernel adds in the dtype itself.
        """
        levels = max(ceil(log2(max(terms, 2)) / log2(GROUP)), 1)
        return min(terms, GROUP * levels) / 2 * (self.eps if kernel else self.format.sum_eps)


def exact(_: Facts) -> Tolerance:
    """For what involves no arithmetic."""
    return Tolerance(0.0, 0.0, "exactly equal")


def rounding(facts: Facts) -> Tolerance:
    """For one or two operations."""
    return Tolerance(4 * facts.eps, facts.underflow, "rtol = 4 eps")


def exponentials(facts: Facts) -> Tolerance:
    """e to a rounded power s is off by |s| e^s, which is never above 0.37."""
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
    words = "rtol = 8 eps, atol = 4 eps |w q| (1 + ln C)"
    return Tolerance(0.0, facts.of_terms, words)


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


def tolerance_for(key: str, facts: Facts) -> Tolerance:
    """The step's tolerance; the plain per-sample one for a step that the table does not have."""
    with np.errstate(all="ignore"):
        return TOLERANCES.get(key, log_probabilities)(facts)
