"""Whether a case is good practice: no number too small, and each slip gives a number of its own."""

from itertools import combinations

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
    """Whether the topic's slips give other numbers than the truth, and than each other.

    They are told apart by the last of the topic's steps, at least by one of its cells.
    """
    last = [key for key in topic.steps if key in trace][-1]
    made = [trace, *(KNOWN[key].run(trace.case) for key in slips_of(topic, trace))]
    places = cells(trace, last)
    numbers = [[cell.of(one) for cell in places] for one in made]
    return len(made) > 1 and all(
        any(apart(a, b) for a, b in zip(one, other, strict=True))
        for one, other in combinations(numbers, 2)
    )


def slips_of(topic: Topic, trace: Trace) -> tuple[str, ...]:
    """The topic's slips that can be made on a case and change the last of its steps."""
    last = [key for key in topic.steps if key in trace][-1]
    return tuple(
        key
        for key in topic.mistakes
        if KNOWN[key].applies(trace.case) and last in KNOWN[key].run(trace.case)
    )
