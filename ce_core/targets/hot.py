"""A case's targets as one row of numbers per position, whichever way they were written."""

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.rule import CELL
from ce_core.trace import as_rows


def target_rows(case: Case) -> Array:
    """The targets before any smoothing, (M, C): a one-hot row for a class number.

    An ignored row is a row of noughts.
    """
    if case.soft:
        return as_rows(case.inputs["target"], CELL)
    numbers = case.target.reshape(-1)
    hot = np.zeros((numbers.size, case.classes))
    places = np.nonzero(counted(case))[0]
    hot[places, numbers[places]] = 1.0
    return hot


def counted(case: Case) -> Array:
    """Which rows count, (M,): those whose target is not ignore_index; all of a soft target."""
    if case.soft:
        return np.ones(len(as_rows(case.inputs["target"], CELL)), dtype=bool)
    return case.target.reshape(-1) != case.ignore_index


def smoothing_of(case: Case) -> float:
    """The smoothing that has an effect: 0 for what torch silently takes for 0."""
    return case.label_smoothing if case.smooths else 0.0
