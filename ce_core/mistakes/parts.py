"""Small pieces that several wrong rules share."""

import numpy as np

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.mistakes.record import Question
from ce_core.nll import NLLCase

SUM_TOLERANCE = 1e-3
SAME = 1e-9  # of the value: two ways that give the same number


def log_softmax(values: Array, axis: int = 1) -> Array:
    """Over one axis, with the largest subtracted first."""
    shifted = values - values.max(axis=axis, keepdims=True, initial=-np.inf)
    logs: Array = shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    return logs


def picked(cells: Array, target: Array, kept: Array) -> Array:
    """The target's entry of each row, (N, C, d1, ..) to (N, d1, ..); 0 in rows left out."""
    values = np.zeros(target.shape)
    places = np.nonzero(kept)
    values[places] = np.moveaxis(cells, 1, -1)[(*places, target[places])]
    return values


def one_hot(target: Array, kept: Array, classes: int) -> Array:
    """(N, d1, ..) to (N, C, d1, ..), without any 1 in rows left out."""
    hot = np.zeros((*target.shape, classes))
    places = np.nonzero(kept)
    hot[(*places, target[places])] = 1.0
    return np.moveaxis(hot, -1, 1)


def divided(above: Array | float, below: Array | float) -> Array:
    """The quotient as an array of no axes; 0/0 is nan."""
    return np.asarray(np.float64(above) / np.float64(below))


def from_logits(case: Question) -> bool:
    """Whether the case is a cross-entropy of raw scores for several classes."""
    return isinstance(case, Case) and not isinstance(case, NLLCase)


def looks_like_probabilities(case: Question) -> bool:
    """Whether what came as logits lies in 0 to 1."""
    if isinstance(case, BinaryCase):
        values = case.given
        return case.holds == "logits" and bool(
            values.size and ((values >= 0) & (values <= 1)).all()
        )
    z = case.logits
    return from_logits(case) and bool(z.size and ((z >= 0) & (z <= 1)).all())


def rows_sum_to_one(case: Question) -> bool:
    """Whether what came as logits is a probability for each class."""
    if not looks_like_probabilities(case) or not isinstance(case, Case):
        return False
    sums = case.inputs["logits"].sum(axis=1)
    return bool((np.abs(sums - 1) <= SUM_TOLERANCE).all())


def index_target(case: Question) -> bool:
    """Whether the target holds class numbers."""
    return isinstance(case, Case) and not case.soft


def soft_target(case: Question) -> bool:
    """Whether the target holds class probabilities."""
    return isinstance(case, Case) and case.soft


def mean_of(case: Question) -> bool:
    """Whether one mean is asked for."""
    return case.reduction == "mean"


def kept_targets(case: Case) -> Array:
    """The class numbers of the rows that count."""
    targets: Array = case.target[case.target != case.ignore_index]
    return targets


def has_ignored(case: Question) -> bool:
    """Whether some row is ignored."""
    return isinstance(case, Case) and not case.soft and kept_targets(case).size < case.target.size


def weighted(case: Question) -> bool:
    """Whether the class weights are not all 1."""
    return isinstance(case, Case) and case.weight is not None and bool((case.weight != 1).any())


def smoothed(case: Question) -> bool:
    """Whether labels are smoothed."""
    return isinstance(case, Case) and case.smooths


def alike(one: Array, other: Array) -> bool:
    """Whether two ways give the same numbers."""
    if one.shape != other.shape:
        return False
    if one.size != 1:
        return bool(np.allclose(one, other, rtol=SAME, atol=0, equal_nan=True))
    first, second = one.item(), other.item()  # NumPy takes ten times as long for one number
    return (
        first == second
        or abs(first - second) <= SAME * abs(second)
        or (
            first != first and second != second  # noqa: PLR0124 - only nan is not itself
        )
    )
