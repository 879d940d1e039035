"""The cost of each class by two chains: e^z as it stands, and with the largest logit subtracted."""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import CELL, ROW, rule
from ce_core.rules.softmax import exps, partition, row_max, shifted
from ce_core.stability.number_types import NumberType
from ce_core.trace import Step, fold


@rule(
    "Logits, the constant added",
    r"z_c = \text{given}_c + v",
    "given + v",
    CELL,
    numbers=r"{given} + {v}",
    sentence="{given} and the constant {v} make {logits}.",
)
def logits(given: Array, v: Array) -> Array:
    """The same number for every class changes no probability; but the type must hold the sum."""
    return given + v


@rule(
    "Exponentials",
    r"e_c = e^{z_c}",
    "logits.exp()",
    CELL,
    numbers=r"e^{{{logits}}}",
    sentence="e to the power {logits} is {naive_exps}.",
)
def naive_exps(logits: Array) -> Array:
    """Nothing keeps the power small: past a bound it is inf, far below zero it is 0."""
    return np.exp(logits)


@rule(
    "Row sum",
    r"S = \sum_c e_c",
    "naive_exps.sum(dim=1)",
    ROW,
    numbers=r"{naive_exps:+}",
    sentence="They add up to {naive_sum}.",
)
def naive_sum(naive_exps: Array) -> Array:
    """One inf is enough for an infinite sum; nothing but zeros is a sum of 0."""
    return naive_exps.sum(axis=1)


@rule(
    "Probabilities",
    r"p_c = e_c / S",
    "naive_exps / naive_sum.unsqueeze(1)",
    CELL,
    numbers=r"{naive_exps} / {naive_sum}",
    sentence="{naive_exps} of {naive_sum} is {naive_probs}.",
)
def naive_probs(naive_exps: Array, naive_sum: Array) -> Array:
    """Both inf / inf and 0 / 0 are nan: there is no telling what they would have been."""
    return naive_exps / naive_sum[:, None]


@rule(
    "Their log",
    r"\log p_c",
    "naive_probs.log()",
    CELL,
    numbers=r"\log {naive_probs}",
    sentence="The log of {naive_probs} is {naive_logs}.",
)
def naive_logs(naive_probs: Array) -> Array:
    """A probability stored as 0 has the log −inf, however likely the class really was."""
    return np.log(naive_probs)


@rule(
    "Cost of each class",
    r"-\log p_c",
    "-naive_logs",
    CELL,
    numbers=r"-({naive_logs})",
    sentence="It costs {naive_costs} if this class is the target.",
)
def naive_costs(naive_logs: Array) -> Array:
    """What the row costs if this class is its target."""
    return -naive_logs


@rule(
    "Log of the sum",
    r"\log S",
    "partition.log()",
    ROW,
    numbers=r"\log {partition}",
    sentence="The log of {partition} is {log_sum}.",
)
def log_sum(partition: Array) -> Array:
    """The sum is at least 1, from the largest logit's e^0, so its log is never −inf."""
    return np.log(partition)


@rule(
    "Log-softmax",
    r"\log p_c = s_c - \log S",
    "shifted - log_sum.unsqueeze(1)",
    CELL,
    numbers=r"{shifted} - {log_sum}",
    sentence="{shifted} minus {log_sum} is {log_probs}.",
)
def log_probs(shifted: Array, log_sum: Array) -> Array:
    """No probability is stored on the way, so none can be lost."""
    return shifted - log_sum[:, None]


@rule(
    "Cost of each class",
    r"-\log p_c",
    "-log_probs",
    CELL,
    numbers=r"-({log_probs})",
    sentence="It costs {costs} if this class is the target.",
)
def costs(log_probs: Array) -> Array:
    """What the row costs if this class is its target."""
    return -log_probs


NAIVE = (logits, naive_exps, naive_sum, naive_probs, naive_logs, naive_costs)
SHIFTED = (logits, row_max, shifted, exps, partition, log_sum, log_probs, costs)
MUCH = 0.01  # a cost that far off has lost digits that matter


@dataclass(frozen=True, eq=False)
class Chains:
    """Both chains over the same rows, and what the costs really are.

    Attributes:
        naive: the steps without the shift.
        shifted: the steps with it.
        true: the costs in float64, nothing added: (M, C).
    """

    naive: tuple[Step, ...]
    shifted: tuple[Step, ...]
    true: Array

    @property
    def meant(self) -> Array:
        """Which costs are numbers on paper, not inf or nan by the logits given: (M, C)."""
        return np.isfinite(self.true)

    def lost(self, steps: tuple[Step, ...]) -> int:
        """How many of those costs one chain gives as inf or nan."""
        return int(self._lost(steps).sum())

    def _lost(self, steps: tuple[Step, ...]) -> Array:
        return self.meant & ~np.isfinite(steps[-1].output)

    @property
    def broken(self) -> Array:
        """Which rows lose a cost without the shift and none with it: (M,)."""
        naive, shifted = (self._lost(steps).any(axis=1) for steps in (self.naive, self.shifted))
        return np.asarray(naive & ~shifted)

    @property
    def highest(self) -> float:
        """The largest finite logit by its size, the constant added; 0 where there is none."""
        sizes = np.abs(self.naive[0].output.astype(np.float64))
        return float(np.max(sizes, where=np.isfinite(sizes), initial=0.0))

    @property
    def beyond(self) -> bool:
        """Whether the constant has made a finite logit too large for the type."""
        before, after = self.naive[0].inputs["given"], self.naive[0].output
        return bool((np.isfinite(before) & ~np.isfinite(after)).any())

    def off(self, steps: tuple[Step, ...]) -> float:
        """By how much the costs of one chain are off at most; inf where one is lost altogether.

        Args:
            steps: `naive` or `shifted`.
        """
        with np.errstate(invalid="ignore"):
            off = np.abs(steps[-1].output.astype(np.float64) - self.true)
        return float(np.max(np.nan_to_num(off, nan=np.inf), where=self.meant, initial=0.0))


def chains(given: Array, offset: float, kind: NumberType) -> Chains:
    """Both chains in the number type.

    Args:
        given: logits (M, C), which are rounded to the type first.
        offset: the constant added to all of them.
        kind: the number type; each step's result is rounded to it.
    """
    start = {"given": kind.round(given), "v": kind.round(offset)}
    exact = {"given": np.asarray(given, dtype=np.float64), "v": np.zeros(())}
    return Chains(
        fold(start, kind.rules(NAIVE)),
        fold(start, kind.rules(SHIFTED)),
        fold(exact, SHIFTED)[-1].output,
    )
