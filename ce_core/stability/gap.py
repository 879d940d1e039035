"""The log of softmax beside log-softmax as the gap between two logits grows."""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.stability.chains import chains
from ce_core.stability.number_types import NumberType
from ce_core.stability.thresholds import log_is_inf

POINTS = 160
BEFORE, AFTER = 6.0, 1.0  # of the gap at which it breaks: e^6 steps of the smallest number


@dataclass(frozen=True, eq=False)
class Gaps:
    """The smaller logit's log-probability, two ways.

    Attributes:
        gap: (K,), numbers of the type.
        of_softmax: log(softmax), which falls to −inf: (K,).
        log_softmax: (K,).
        breaks: from which gap on the first one is −inf.
    """

    gap: Array
    of_softmax: Array
    log_softmax: Array
    breaks: float


def gaps(kind: NumberType) -> Gaps:
    """Both ways for the logits 0 and −gap, around where the first one breaks."""
    breaks = log_is_inf(kind)
    gap = np.unique(kind.round(np.linspace(breaks - BEFORE, breaks + AFTER, POINTS)))
    both = chains(np.stack([np.zeros_like(gap), -gap], axis=1), 0.0, kind)
    return Gaps(gap, both.naive[4].output[:, 1], both.shifted[-2].output[:, 1], breaks)
