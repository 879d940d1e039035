"""What a hand-in code tells, packed into one whole number and unpacked again."""

from collections.abc import Iterator
from dataclasses import dataclass

from ce_core.practice.items import SEEDS
from ce_core.practice.numbered import NUMBERED
from ce_core.practice.topics import MODES, TOPICS
from ce_core.words import words

# How a step went, the gravest last: all cells right; right from their own numbers; with a hint;
# or some cell is empty, not right yet, or a known slip.
MARKS = ("correct", "follows", "hint", "empty", "not yet", "mistake")
MOST_CELLS = 62
MOST_SLIPS = 5
TOPIC_ROOM = 31
SLIP_ROOM = 127


class CodeError(ValueError):
    """A text that is no code; the message says what is wrong with it."""


@dataclass(frozen=True)
class Report:
    """What a code tells.

    Attributes:
        seed: the item's seed.
        topic: the item's topic.
        mode: "watch", "complete" or "solve".
        done: how many cells hold a number that is correct or follows.
        total: how many there were to fill.
        marks: (step, mark) for each step that had cells to fill, in order.
        mistakes: the keys of the slips that came up, the first five; "unknown-7" for one that
            only a newer version numbers.
    """

    seed: int
    topic: str
    mode: str
    done: int
    total: int
    marks: tuple[tuple[str, str], ...]
    mistakes: tuple[str, ...]


def pack(report: Report) -> int:
    """The report as a number: each part is a digit to a base of its own, the slips the highest."""
    keys = [topic.key for topic in TOPICS]
    topic = TOPICS[keys.index(report.topic)]
    marks = dict(report.marks)
    parts = [
        (keys.index(report.topic), TOPIC_ROOM),
        (MODES.index(report.mode), len(MODES)),
        (report.seed, SEEDS),
        (report.done, MOST_CELLS + 1),
        (report.total, MOST_CELLS + 1),
        *((1 + MARKS.index(marks[key]) if key in marks else 0, _BASE) for key in topic.steps),
        *((1 + NUMBERED.index(key), SLIP_ROOM + 1) for key in report.mistakes),
    ]
    packed = 0
    for part, base in reversed(parts):
        packed = packed * base + part
    return packed


_BASE = len(MARKS) + 1  # a step's mark, or none


def unpack(packed: int) -> Report:
    """The report that a number is.

    Raises:
        CodeError: it is none.
    """
    digits = _Digits(packed)
    which = digits.take(TOPIC_ROOM)
    if which >= len(TOPICS):
        raise CodeError(words("Its topic is not known here: it was made by a newer version."))
    topic = TOPICS[which]
    mode = MODES[digits.take(len(MODES))]
    seed, done, total = (digits.take(base) for base in (SEEDS, MOST_CELLS + 1, MOST_CELLS + 1))
    given = {key: digits.take(_BASE) for key in topic.steps}
    slips = tuple(digits.rest(SLIP_ROOM + 1))
    if done > total or len(slips) > MOST_SLIPS or 0 in slips:
        raise CodeError(words("It contradicts itself, so no practice page made it."))
    return Report(
        seed=seed,
        topic=topic.key,
        mode=mode,
        done=done,
        total=total,
        marks=tuple((key, MARKS[mark - 1]) for key, mark in given.items() if mark),
        mistakes=tuple(_slip(number) for number in slips),
    )


def _slip(number: int) -> str:
    return NUMBERED[number - 1] if number <= len(NUMBERED) else f"unknown-{number}"


class _Digits:
    """A number taken apart digit by digit, from the lowest."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, base: int) -> int:
        self.left, digit = divmod(self.left, base)
        return digit

    def rest(self, base: int) -> Iterator[int]:
        while self.left:
            yield self.take(base)
