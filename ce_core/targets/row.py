"""One row of a case as a case of its own, so that a large case can be looked into."""

from ce_core.case import Case
from ce_core.rule import CELL, ROW
from ce_core.trace import as_rows


def row_of(case: Case, row: int) -> Case:
    """One target position as a batch of one sample, with the case's options.

    Args:
        case: any case.
        row: the position, counted from 0 over all of them.

    Returns:
        Logits (1, C), target (1,) or (1, C), reduction "none": its loss is the position's.

    Raises:
        IndexError: the case has no such row.
    """
    logits = as_rows(case.inputs["logits"], CELL)
    target = as_rows(case.inputs["target"], CELL if case.soft else ROW)
    if not 0 <= row < len(logits):
        raise IndexError(f"row is {row}, must be 0 to {len(logits) - 1}")
    return Case(
        logits[row : row + 1],
        target[row : row + 1],
        case.weight,
        case.ignore_index,
        case.label_smoothing,
        "none",
    )
