"""By how much rounding alone may move each quantity: error propagation, from the losses on."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil, log, log2

import numpy as np

from ce_core.arrays import Array
from ce_core.torch_check.dtypes import Format

GROUP = 16  # torch adds in groups of 16, then the groups' sums in groups of 16, and so on


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
        """C; 1 for a binary case."""
        logs = self.known["log_probs"]
        return logs.shape[1] if logs.ndim > 1 and not self.binary else 1

    @property
    def binary(self) -> bool:
        """Whether each element is a yes or no of its own."""
        return "pos_weight" in self.known

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
        """By how much each class's part of a loss may be off: a logarithm and a few products."""
        known = self.known
        weight = np.abs(known["weight"].reshape(-1, *[1] * (known["log_probs"].ndim - 2)))
        size = np.abs(known["log_probs"])
        size[~np.isfinite(size)] = 0  # where it counts the loss is not finite either
        return self.blended * weight * (self.of_log + 8 * self.eps * size)

    @cached_property
    def of_losses(self) -> Array:
        """By how much each sample's loss may be off, rtol aside."""
        known = self.known
        most = self.largest_weight * self.of_log + self.underflow
        if "weighted_terms" not in known:
            return np.full(known["losses"].shape, most)
        adding = self.chain * np.abs(known["weighted_terms"]).sum(axis=1)
        return most + self.of_terms.sum(axis=1) + adding

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
