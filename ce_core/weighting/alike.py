"""Which schemes give the same weights up to one factor, which the weighted mean cannot see."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.weighting.weighing import Weighing

ROUNDING = 1e-9  # of a weight: what float64 leaves of two ways to the same ratio


@dataclass(frozen=True, eq=False)
class Alike:
    """Schemes whose weights are multiples of one another.

    Attributes:
        members: the schemes' weighings, in the table's order.
        factors: what the first one's weights are multiplied by to give each one's.
    """

    members: tuple[Weighing, ...]
    factors: tuple[float, ...]


def alike(weighings: Sequence[Weighing]) -> tuple[Alike, ...]:
    """The weighings that have weights, in groups of multiples, in the order of their firsts."""
    groups: list[list[tuple[Weighing, float]]] = []
    for one in weighings:
        if one.weights is None:
            continue
        for group in groups:
            factor = factor_of(group[0][0].weights, one.weights)
            if factor is not None:
                group.append((one, factor))
                break
        else:
            groups.append([(one, 1.0)])
    return tuple(
        Alike(tuple(one for one, _ in group), tuple(factor for _, factor in group))
        for group in groups
    )


def factor_of(base: Array | None, other: Array | None) -> float | None:
    """What base is multiplied by to give the other, (C,) each; None where no one number does."""
    if base is None or other is None or not base.any() or not other.any():
        return None
    if ((base == 0) != (other == 0)).any():
        return None
    ratios = other[base != 0] / base[base != 0]
    factor = float(np.median(ratios))
    return factor if np.allclose(ratios, factor, rtol=ROUNDING, atol=0) else None
