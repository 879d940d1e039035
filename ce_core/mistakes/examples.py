"""Cases on which mistakes show: N is not C, the weights differ, and so do the mistakes' numbers."""

from math import log

import numpy as np

from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.nll import NLLCase

PLAIN = Case([[2.1, 1.2, 0.3, -0.4], [0.5, 2.4, 0.2, 1.1], [1.3, 0.4, 2.9, 0.6]], [0, 2, 2])
WEIGHTED = PLAIN.replace(weight=[1.0, 2.0, 5.0, 3.5])
ONE_CLASS = WEIGHTED.replace(target=[2, 2, 2])
IGNORED = WEIGHTED.replace(target=[0, -100, 2])
IGNORED_CLASS = WEIGHTED.replace(target=[0, 1, 2], ignore_index=1)
ALL_IGNORED = PLAIN.replace(target=[-100, -100, -100])
SQUARE = Case([[2.1, 1.2, 0.3], [0.5, 2.4, 0.2], [1.3, 0.4, 2.9]], [0, 2, 2], [1.0, 2.0, 5.0])
SMOOTHED = WEIGHTED.replace(label_smoothing=0.3)
PROBABILITIES = WEIGHTED.replace(
    logits=[[0.7, 0.1, 0.15, 0.05], [0.2, 0.5, 0.1, 0.2], [0.05, 0.15, 0.6, 0.2]]
)
SCORES = WEIGHTED.replace(logits=[[2.1, 1.2, 0.3, 0.4], [0.5, 2.4, 0.2, 1.1], [1.3, 0.4, 2.9, 0.6]])
ONE_HOT = WEIGHTED.replace(target=[[1.0, 0, 0, 0], [0, 0, 1.0, 0], [0, 0, 1.0, 0]])
SOFT = WEIGHTED.replace(target=[[0.7, 0.3, 0, 0], [0.1, 0.2, 0.6, 0.1], [0, 0, 0.9, 0.1]])
NOT_A_DISTRIBUTION = WEIGHTED.replace(
    target=[[2.0, 1.0, 0, 0], [0.1, 0.2, 0.6, 0.1], [0, 0, 3.0, 1.0]]
)
FAR = Case([[800.0, 0.0, -50.0], [3.0, 1.0, 0.5]], [2, 0])
EXTREME = Case([[50.0, 0.0, -120.0], [3.0, 1.0, 0.5]], [2, 0])
MASKED = Case([[2.0, 1.0, float("-inf")], [0.3, 1.9, 0.2]], [0, 1])
SURE = Case([[30.0, 0.0], [25.0, 0.0], [2.0, 28.0]], [0, 0, 1])
IMPOSSIBLE = MASKED.replace(target=[2, 1])
SIGNAL = Case(
    [
        [[2.1, 0.3], [1.2, -0.4], [0.5, 2.4]],
        [[0.2, 1.1], [1.3, 0.4], [2.9, 0.6]],
    ],
    [[0, 2], [2, 1]],
)
GIVEN = NLLCase([[0.2, 0.3, 0.1], [0.6, 0.4, 0.2]], [1, 0], [1.0, 2.0, 5.0], holds="probs")

BINARY = BinaryCase([2.2, -1.4, 0.6, -0.3], [1.0, 0, 0, 1.0], [1.0, 2.0, 0.5, 3.0], [4.0])
BINARY_PLAIN = BinaryCase([2.2, -1.4, 0.6, -0.3], [1.0, 0, 0, 1.0])
BINARY_SOFT = BinaryCase([2.2, -1.4, 0.6, -0.3], [0.9, 0.2, 0.4, 0.7], pos_weight=[4.0])
BINARY_ROWS = BinaryCase([[2.2, -1.4], [0.6, -0.3], [1.1, 0.2]], [[1.0, 0], [0, 1.0], [1.0, 1.0]])
BINARY_PROBS = BinaryCase([0.9, 0.1, 0.2, 0.7], [1.0, 0, 1.0, 0], holds="probs")
BINARY_OUT = BinaryCase([1e4, 1.5], [0.0, 1.0])
BINARY_NEGATIVE = BinaryCase([-100.0, 1.5], [0.0, 1.0])
BINARY_FAR_NEGATIVE = BinaryCase([-800.0, 1.5], [0.0, 1.0])


def rows(count: int) -> Case:
    """A weighted case of so many rows, all of them different, and three classes in turn."""
    logits = np.round(np.sin(np.arange(3.0 * count)).reshape(count, 3) * 3, 1)
    return Case(logits, np.arange(count) % 3, [1.0, 2.0, 5.0])


def near(eps: float) -> Case:
    """A case whose target has a probability just below eps: clipping and adding differ there."""
    return Case([[round(-log(eps) + 0.5, 1), 0.0], [0.5, 2.0], [1.2, 0.4]], [1, 1, 0])


def near_in_binary(eps: float) -> BinaryCase:
    """The same for yes and no: a yes that was given a probability just below eps."""
    return BinaryCase([0.6 * eps, 0.4, 0.7], [1.0, 1.0, 0.0], holds="probs")
