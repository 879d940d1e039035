"""The numbers at which each type gives up, found by trying: halving until two neighbours are left.

Each is the least number of the type for which a chain of `ce_core.stability.chains` fails, the
result of every step rounded to the type.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.stability.chains import Chains, chains
from ce_core.stability.number_types import NumberType
from ce_core.words import words

CLASSES = (10, 1_000, 100_000)
LOGIT, GAP, LEAD = "largest logit", "largest gap", "largest lead"


@dataclass(frozen=True)
class Threshold:
    """A number at which something happens.

    Attributes:
        key: its name in code.
        title: what happens, for the screen.
        of: what of a case is laid beside it: LOGIT, GAP or LEAD; "" for nothing.
        find: the number, in a type.
    """

    key: str
    title: str
    of: str
    find: Callable[[NumberType], float]


def _eps(kind: NumberType) -> float:
    return kind.eps


def _largest(kind: NumberType) -> float:
    return kind.largest


def exp_is_inf(kind: NumberType) -> float:
    """The least logit whose e^z is inf."""
    return kind.first(lambda z: bool(np.isinf(kind.round(_exp(kind, z)))))


def all_equal(classes: int) -> Callable[[NumberType], float]:
    """From which common logit on the sum of so many equal e^z is inf."""

    def find(kind: NumberType) -> float:
        def breaks(z: float) -> bool:
            one = kind.round(_exp(kind, z))
            with np.errstate(over="ignore"):  # equal terms add up to their number times one
                return bool(np.isinf(kind.round(one * kind.wide(classes))))

        return kind.first(breaks, below_zero=True)

    return find


def log_is_inf(kind: NumberType) -> float:
    """From which gap on softmax stores 0 for the smaller of two logits, so that its log is −inf."""
    return kind.first(lambda gap: bool(_pair(kind, gap).naive[3].output[0, 1] == 0))


def cost_is_zero(kind: NumberType) -> float:
    """From which lead on the right one of two classes costs exactly 0."""
    return kind.first(lambda gap: bool(_pair(kind, gap).shifted[-1].output[0, 0] == 0))


def _exp(kind: NumberType, z: float) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(np.exp(kind.wide(z)))


def _pair(kind: NumberType, gap: float) -> Chains:
    """Both chains for two logits so far apart."""
    return chains(np.array([[0.0, -gap]]), 0.0, kind)


THRESHOLDS = (
    Threshold("eps", "eps: the gap between 1 and the next number", "", _eps),
    Threshold("largest", "largest number", LOGIT, _largest),
    Threshold("exp", "e^z is inf from the logit", LOGIT, exp_is_inf),
    *(
        Threshold(
            f"equal_{count}",
            words("the sum of {count:,} equal e^z is inf from the logit", count=count),
            "",
            all_equal(count),
        )
        for count in CLASSES
    ),
    Threshold("log", "log(softmax) is −inf from the gap", GAP, log_is_inf),
    Threshold("zero", "a right answer costs exactly 0 from the lead", LEAD, cost_is_zero),
)


def reach(rows: Array) -> dict[str, float]:
    """How far the logits of a case go.

    Args:
        rows: logits (M, C).

    Returns:
        The largest logit; the largest gap between a row's largest and smallest one; and the
        largest lead of a row's largest over its second. A logit of -inf is passed over, and so is
        a row that holds inf or nan; what is left of nothing is left out.
    """
    kept = rows[(np.isfinite(rows) | np.isneginf(rows)).all(axis=1)]
    kept = kept[np.isfinite(kept).any(axis=1)]
    if not kept.size:
        return {}
    ordered = np.sort(kept, axis=1)
    largest = ordered[:, -1]
    found = {LOGIT: float(largest.max())}
    several = np.isfinite(kept).sum(axis=1) > 1
    if several.any():
        smallest = np.min(kept, axis=1, where=np.isfinite(kept), initial=np.inf)
        found[GAP] = float((largest - smallest)[several].max())
        found[LEAD] = float((largest - ordered[:, -2])[several].max())
    return found
