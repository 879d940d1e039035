"""Every scheme on the same classes: its weights, or why it has none."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array, freeze
from ce_core.errors import CaseError
from ce_core.weighting.counts import ClassCounts
from ce_core.weighting.record import Scheme
from ce_core.weighting.schemes import SCHEMES


@dataclass(frozen=True, eq=False)
class Weighing:
    """A scheme's weights for some classes.

    Attributes:
        scheme: the scheme.
        weights: (C,); None where the scheme cannot be had.
        carried: (C,), what all samples of a class weigh together, n_c w_c; None likewise.
        believed: (C,), what a model that knows the class shares alone is taught to say under
            these weights: n_c w_c / sum_j n_j w_j; None likewise.
        problem: why there are no weights; None where there are.
    """

    scheme: Scheme
    weights: Array | None
    carried: Array | None = None
    believed: Array | None = None
    problem: CaseError | None = None

    @property
    def total(self) -> float:
        """The sum of the weights; nan without weights."""
        return float("nan") if self.weights is None else float(self.weights.sum())

    @property
    def ratio(self) -> float:
        """The largest weight over the smallest; inf where one is 0, nan where all are."""
        if self.weights is None:
            return float("nan")
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return float(self.weights.max() / self.weights.min())


def weigh(classes: ClassCounts, schemes: Sequence[Scheme] = SCHEMES) -> tuple[Weighing, ...]:
    """All schemes on the same classes, in their order."""
    return tuple(_weighed(classes, scheme) for scheme in schemes)


def _weighed(classes: ClassCounts, scheme: Scheme) -> Weighing:
    try:
        weights = scheme.weights(classes)
    except CaseError as problem:
        return Weighing(scheme, None, problem=problem)
    carried = classes.counts * weights
    with np.errstate(invalid="ignore"):
        believed = carried / carried.sum()
    return Weighing(scheme, weights, freeze(carried, np.float64), freeze(believed, np.float64))
