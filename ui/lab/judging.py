"""What the sentences about an experiment share: an outcome, a share in words, and what is sure."""

from ce_core.lab import Interval, Outcome
from ce_core.words import Words, words
from ui.lab.naming import titled
from ui.lab.training import Experiment
from ui.mistake.words import inside

NEAR = 1.25  # times; two durations or shares nearer than that are called about the same


def of(experiment: Experiment, key: str) -> Outcome | None:
    """A strategy's outcome, if it was trained."""
    return next((one for one in experiment.outcomes if one.key == key), None)


def name(key: str) -> str:
    """A strategy's title inside a sentence."""
    return inside(titled(key))


def hundred(value: float) -> Words:
    """A share, as so many in 100."""
    return words("{count:.0f} in 100", count=100 * value)


def apart(one: Interval, other: Interval) -> bool:
    """Whether two intervals are known and do not touch."""
    return one.known and other.known and (one.low > other.high or other.low > one.high)


def unsure(one: Interval) -> Words:
    """That the runs are too few to tell two strategies apart."""
    if one.runs == 1:
        return words("one run cannot tell")
    return words("these {runs} runs cannot tell", runs=one.runs)
