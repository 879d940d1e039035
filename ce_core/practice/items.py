"""An item is one exercise: a case made from a seed, the same on any machine and for ever."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from ce_core.case import Case
from ce_core.practice.accepting import is_good
from ce_core.practice.dice import Dice
from ce_core.practice.making import make
from ce_core.practice.questions import ask
from ce_core.practice.topics import topic as topic_of
from ce_core.trace import Trace, run

SEEDS = 1_000_000  # seeds are 0 to 999999, so that one fits in a short code
TRIES = 10_000


@dataclass(frozen=True)
class Item:
    """One exercise.

    Attributes:
        seed: the number it was made from.
        topic: the topic's key.
        case: the question to cross-entropy.
        question: what to predict before working anything out.
        options: the answers to choose from.
        right: which of them is right.
        reason: why, in words with this item's numbers.
        steps: the keys of the steps to work, in order.
    """

    seed: int
    topic: str
    case: Case
    question: str
    options: tuple[str, ...]
    right: int
    reason: str
    steps: tuple[str, ...]

    @cached_property
    def trace(self) -> Trace:
        """The case with all its steps, right."""
        return run(self.case)

    @cached_property
    def given(self) -> tuple[str, ...]:
        """The steps that are shown filled in: what those to work read and one need not work."""
        reads = {name for key in self.steps for name in self.trace[key].rule.reads}
        return tuple(key for key in self.trace.keys if key in reads and key not in self.steps)


@lru_cache(maxsize=256)
def item(seed: int, topic: str) -> Item:
    """The exercise of a seed in a topic.

    Of the cases that the seed's stream of choices gives, it is the first that is good practice.

    Args:
        seed: 0 to 999999.
        topic: a topic's key.

    Raises:
        ValueError: the seed or the topic does not exist.
    """
    if not 0 <= seed < SEEDS:
        raise ValueError(f"seed is {seed}, must be 0 to {SEEDS - 1}")
    about, dice = topic_of(topic), Dice(f"{topic}:{seed}")
    for _ in range(TRIES):
        trace = run(make(about, dice))
        question = ask(topic, trace) if is_good(about, trace) else None
        if question is None:
            continue
        return Item(
            seed=seed,
            topic=topic,
            case=trace.case,
            question=question.text,
            options=question.options,
            right=question.right,
            reason=question.reason,
            steps=tuple(key for key in about.steps if key in trace),
        )
    raise AssertionError(f"no good case for {topic} and seed {seed}")
