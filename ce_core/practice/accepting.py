"""Whether a case is good practice: no number too small, and each slip gives a number of its own."""

from itertools import combinations, product

import numpy as np

from ce_core.practice.cells import cells
from ce_core.practice.known import KNOWN
from ce_core.practice.precision import apart
from ce_core.practice.topics import Topic
from ce_core.trace import Trace

SMALLEST = 0.01  # so that two decimals never leave only zeros


def is_good(topic: Topic, trace: Trace) -> bool:
    """Whether rows differ, two classes are among the targets, and all can be worked by hand."""
    case = trace.case
    targets = case.target[case.target != case.ignore_index]
    return (
        len(np.unique(targets)) > 1
        and len(np.unique(case.logits, axis=0)) == len(case.logits)
        and not any(_too_small(trace, key) for key in topic.steps if key in trace)
        and tells_apart(topic, trace)
    )


def _too_small(trace: Trace, key: str) -> bool:
    sizes = np.abs(trace[key].output)
    return bool(((sizes > 0) & (sizes < SMALLEST)).any())


def tells_apart(topic: Topic, trace: Trace) -> bool:
    """Whether the topic's slips give other numbers than the truth, each other and `apart_from`.

    They are told apart by the last of the topic's steps, at least by one of its cells.
    """
    last = [key for key in topic.steps if key in trace][-1]
    slips = [KNOWN[key].run(trace.case) for key in slips_of(topic, trace)]
    others = [KNOWN[key].run(trace.case) for key in topic.apart_from]
    pairs = (*combinations([trace, *slips], 2), *product(slips, others))
    places = cells(trace, last)
    return bool(slips) and all(
        any(apart(cell.of(one), cell.of(other)) for cell in places) for one, other in pairs
    )


def slips_of(topic: Topic, trace: Trace) -> tuple[str, ...]:
    """The topic's slips that can be made on a case and change the last of its steps."""
    last = [key for key in topic.steps if key in trace][-1]
    return tuple(
        key
        for key in topic.mistakes
        if KNOWN[key].applies(trace.case) and last in KNOWN[key].run(trace.case)
    )
