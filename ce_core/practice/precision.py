"""How exact a typed number must be, and when two numbers are the same at that precision."""

import math

DECIMALS = 0.005  # half a unit of the second decimal
SMALL = 0.1  # below it two decimals say too little
DIGITS = 0.01  # of a small number: one unit in the third digit of 0.0100, ten in that of 0.0999
NOISE = 1e-9  # half a unit is itself no exact float


def needed(value: float) -> float:
    """How far from a number a typed one may be."""
    size = abs(value)
    return DIGITS * size if 0 < size < SMALL else DECIMALS


def same(typed: float, value: float) -> bool:
    """Whether a typed number is this one; nan is nan, and inf is inf."""
    if math.isnan(value) or math.isnan(typed):
        return math.isnan(value) and math.isnan(typed)
    if math.isinf(value) or math.isinf(typed):
        return value == typed
    return abs(typed - value) <= needed(value) + NOISE


def between(typed: float, rounded: float, exact: float, most: float = math.inf) -> bool:
    """Whether rounding on the way explains a typed number.

    Rounded on the way the result is one number, unrounded the other: what was rounded more or
    less lies between them.

    Args:
        typed: their number.
        rounded: what their own numbers come to.
        exact: what these come to before they are rounded.
        most: what the typed one may be beyond the two, if that is less than `needed`.
    """
    if not (math.isfinite(rounded) and math.isfinite(exact)):
        return same(typed, exact)
    low, high = min(rounded, exact), max(rounded, exact)
    return low - min(needed(low), most) - NOISE <= typed <= high + min(needed(high), most) + NOISE


def equal(one: float, other: float) -> bool:
    """Whether two computed numbers are the same but for noise; nan is nan."""
    both_nan = math.isnan(one) and math.isnan(other)
    return both_nan or math.isclose(one, other, rel_tol=NOISE, abs_tol=NOISE)


def apart(one: float, other: float) -> bool:
    """Whether no typed number can be taken for both."""
    if math.isfinite(one) and math.isfinite(other):
        return abs(one - other) > needed(one) + needed(other) + NOISE
    return not same(one, other)
