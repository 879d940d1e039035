"""Numbers that tell what went wrong: what the known mistakes give instead of the right answer."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ce_core import Mistake, Trace
from ce_core.mistakes import MISTAKES
from ce_core.practice.known import KNOWN
from ce_core.practice.slip import Slip
from ce_core.practice.topics import topic
from ui.figures import figure
from ui.words import tr
from ui.words.numerals import prose

MOST = 6
NEAR = 1e-3  # a number this close may be the right one, rounded on the way


@dataclass(frozen=True)
class Told:
    """A wrong number, what was done to get it, and what to do instead."""

    number: str
    title: str
    remedy: str


def of_case(trace: Trace, key: str, at: tuple[int, int]) -> tuple[Told, ...]:
    """What the mistakes give that are met most often.

    Args:
        trace: the right calculation.
        key: the step whose number is looked at.
        at: the row and the class to look at in a step of several numbers.
    """
    often = sorted(MISTAKES, key=lambda mistake: -mistake.threads)
    return _told((mistake for mistake in often if not mistake.harmless), trace, key, at)


def of_topic(name: str, trace: Trace, key: str, at: tuple[int, int]) -> tuple[Told, ...]:
    """What the mistakes give that a topic of the exercises is about."""
    about = topic(name)
    known = (KNOWN[slip] for slip in (*about.mistakes, *about.also) if slip in KNOWN)
    return _told(known, trace, key, at)


def _told(
    slips: Iterable[Mistake | Slip], trace: Trace, key: str, at: tuple[int, int]
) -> tuple[Told, ...]:
    right = _number(trace, key, at)
    found: dict[str, Told] = {figure(right): Told("", "", "")}
    for slip in slips:
        wrong = _wrong(slip, trace, key, at)
        if wrong is None or np.isclose(wrong, right, rtol=NEAR, atol=NEAR):
            continue
        told = Told(figure(wrong), tr(slip.title), prose(slip.remedy))
        found.setdefault(told.number, told)  # a second one of that number cannot be told apart
    return tuple(found.values())[1 : MOST + 1]


def _wrong(slip: Mistake | Slip, right: Trace, key: str, at: tuple[int, int]) -> float | None:
    """The finite number that the slip gives; None where it gives none."""
    if not slip.applies(right.case):
        return None
    wrong = slip.run(right.case)
    if key not in wrong or wrong[key].rows.shape != right[key].rows.shape:
        return None
    value = _number(wrong, key, at)
    return value if np.isfinite(value) else None


def _number(trace: Trace, key: str, at: tuple[int, int]) -> float:
    values = trace[key].rows
    return float(values[at[: values.ndim]])
