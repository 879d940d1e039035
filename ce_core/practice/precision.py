"""How exact a typed number must be, and when two numbers are the same at that precision."""

import math

DECIMALS = 0.005  # half a unit of the second decimal
SMALL = 0.1  # below it two decimals say too little
DIGITS = 0.01  # of a small number: one unit in the third digit of 0.0100, ten in that of 0.0999
MOST_SLACK = 0.02  # of the number: what rounding on the way may shift, besides DECIMALS
NOISE = 1e-9  # half a unit is itself no exact float


def needed(value: float) -> float:
    """How far from a number a typed one may be."""
    size = abs(value)
    return DIGITS * size if 0 < size < SMALL else DECIMALS


def same(typed: float, value: float, slack: float = 0.0) -> bool:
    """Whether a typed number is this one; nan is nan, and inf is inf.

    Args:
        typed: their number.
        value: what it is compared with.
        slack: how far rounded numbers on the way may have shifted it; never more than 2 % of the
            value and 0.005 are allowed for.
    """
    if math.isnan(value) or math.isnan(typed):
        return math.isnan(value) and math.isnan(typed)
    if math.isinf(value) or math.isinf(typed):
        return value == typed
    allowed = min(slack, MOST_SLACK * abs(value) + DECIMALS)
    return abs(typed - value) <= needed(value) + (0.0 if math.isnan(slack) else allowed) + NOISE


def apart(one: float, other: float) -> bool:
    """Whether no typed number can be taken for both."""
    if math.isfinite(one) and math.isfinite(other):
        return abs(one - other) > needed(one) + needed(other) + NOISE
    return not same(one, other)
