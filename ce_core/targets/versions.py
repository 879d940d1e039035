"""Smoothed in other ways: what the common wrong formulas make of a row, and of the loss."""

from dataclasses import dataclass

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.mistakes.record import Way
from ce_core.mistakes.targets import (
    LABEL_SMOOTHING_K_MINUS_1,
    LABEL_SMOOTHING_ROW_NOT_1,
    LABEL_SMOOTHING_SWAPPED_MASS,
    LABEL_SMOOTHING_USES_ALL_WEIGHTS,
)
from ce_core.trace import run

MISTAKES = (LABEL_SMOOTHING_K_MINUS_1, LABEL_SMOOTHING_ROW_NOT_1, LABEL_SMOOTHING_SWAPPED_MASS)
WAYS = tuple(way for mistake in MISTAKES for way in mistake.ways)
WEIGHTS = LABEL_SMOOTHING_USES_ALL_WEIGHTS


@dataclass(frozen=True, eq=False)
class Version:
    """A case smoothed in one way.

    Attributes:
        formula: LaTeX of the smoothed target.
        why: what was done, and what torch does.
        target: the smoothed targets, (M, C).
        sums: what each row of them sums to, (M,).
        losses: the loss of each row, (M,).
        answer: what the case's reduction makes of them.
    """

    formula: str
    why: str
    target: Array
    sums: Array
    losses: Array
    answer: Array


def version(case: Case, way: Way | None = None) -> Version:
    """The case smoothed in this way; None is torch's way.

    Raises:
        ValueError: nothing is smoothed, so that there is no such way.
    """
    rules = None if way is None else way.rules(case)
    if not case.smooths or rules == ():
        raise ValueError("label_smoothing is 0: there is nothing to smooth in another way")
    trace = run(case, rules)
    blended = trace["target_dist"]
    return Version(
        blended.rule.formula,
        blended.rule.why,
        blended.rows,
        blended.rows.sum(axis=1),
        trace["losses"].rows,
        trace.answer,
    )


def versions(case: Case) -> tuple[Version, ...]:
    """The case smoothed in the common wrong ways, in the order of `WAYS`."""
    return tuple(version(case, way) for way in WAYS)


def weighed_otherwise(case: Case) -> tuple[tuple[str, Array], ...]:
    """What other ways to weigh a smoothed target give: (what was done, answer) of each.

    Only the ways that can be made on this case.
    """
    made = ((way, way.rules(case)) for way in WEIGHTS.ways)
    return tuple((way.detail, run(case, rules).answer) for way, rules in made if rules)
