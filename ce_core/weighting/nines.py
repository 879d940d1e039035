"""A beta near 1 by its nines: 3 is 0.999, so that a slider can reach what lies close to 1."""

import math

MOST_NINES = 6.0


def beta_of(nines: float) -> float:
    """The beta of so many nines: 0 for none, 0.9 for 1, 0.999 for 3."""
    return round(1 - 10.0 ** -max(nines, 0.0), 7)


def nines_of(beta: float) -> float:
    """How many nines a beta has, at most 6."""
    if beta >= 1 - 10.0**-MOST_NINES:
        return MOST_NINES
    return round(max(-math.log10(1 - beta), 0.0), 4)
