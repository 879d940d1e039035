"""pos_weight beside the two-class loss: one list of losses, two means."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.errors import CaseError
from ce_core.trace import BinaryTrace, Trace, run
from ce_core.words import words

# Ten samples, one of them positive: 900 to 100 in small.
LOGITS = (-2.0, -1.0, 0.5, -1.5, -0.5, -3.0, -2.5, 0.0, -1.0, 1.0)
TARGET = (0, 0, 0, 0, 0, 0, 0, 0, 0, 1)


@dataclass(frozen=True, eq=False)
class Twins:
    """The same samples through `BCEWithLogitsLoss(pos_weight=a)` and two-class cross-entropy.

    Attributes:
        pos_weight: a.
        binary: the trace with one logit x for each sample, reduction "mean".
        two: the trace with the logits [0, x] and the class weights [1, a], reduction "mean".
        factor: the first mean over the second: the sum of the targets' weights over N.
    """

    pos_weight: float
    binary: BinaryTrace
    two: Trace
    factor: float


def pos_weight(negatives: float, positives: float) -> float:
    """How many negatives there are for each positive, the usual pos_weight.

    Raises:
        CaseError: there is no positive, or no negative.

    Convention: https://docs.pytorch.org/docs/2.13/generated/torch.nn.BCEWithLogitsLoss.html
    """
    if not positives > 0 or not negatives > 0:
        raise CaseError(
            "counts",
            words("pos_weight needs samples of both classes"),
            words(
                "there are {negatives:g} negatives and {positives:g} positives",
                negatives=negatives,
                positives=positives,
            ),
            words("Collect some of each, or leave pos_weight out."),
        )
    return float(negatives / positives)


def twins(weight: float, logits: Sequence[float] = LOGITS, target: Sequence[int] = TARGET) -> Twins:
    """Both losses on the same samples: logits and target (N,), the positive class is 1."""
    binary = run(BinaryCase(logits, np.asarray(target, np.float64), pos_weight=[weight]))
    pairs = np.stack([np.zeros(len(logits)), np.asarray(logits)], axis=1)
    two = run(Case(pairs, list(target), [1, weight]))
    factor = float(two["denominator"].output / len(logits))
    return Twins(weight, binary, two, factor)
