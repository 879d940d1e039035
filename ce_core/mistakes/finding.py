"""What the search found: one way to a person's number, and all that can be said of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ce_core.arrays import Array
from ce_core.mistakes.answer import Answer
from ce_core.mistakes.hidden import Hidden
from ce_core.mistakes.parts import alike
from ce_core.mistakes.record import Mistake, Question, Way, first_difference
from ce_core.mistakes.search import Slip, all_rules_of
from ce_core.trace import BinaryTrace, Trace, run
from ce_core.words import words

SURE, LIKELY = 0.01, 0.1

Sureness = Literal["sure", "likely", "possible"]


@dataclass(frozen=True, eq=False)
class Finding:
    """One way to the person's number.

    Attributes:
        parts: the mistakes made, the most telling first; more than one is a combination.
        ways: how each was made.
        case: the case.
        step: the key of the step that was compared.
        value: what it gives there.
        distance: the largest |value - answer|.
        units: the same in units of the answer's last digit; 0 for nan and inf.
        chance: how many numbers like the person's this search hits by chance.
        rivals: how many other findings give the same number.
        alone: whether no other finding comes near the answer at all.
    """

    parts: tuple[Mistake, ...]
    ways: tuple[Way, ...]
    case: Question
    step: str
    value: Array
    distance: float
    units: float
    chance: float
    rivals: int = 0
    alone: bool = True

    @property
    def key(self) -> str:
        """The most telling mistake's key."""
        return self.parts[0].key

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all mistakes made."""
        return tuple(part.key for part in self.parts)

    @property
    def mistake(self) -> Mistake:
        """The most telling mistake."""
        return self.parts[0]

    @property
    def title(self) -> str:
        """What was done, as one clause."""
        clauses = [
            f"{part.title} ({way.detail})" if way.detail else part.title
            for part, way in zip(self.parts, self.ways, strict=True)
        ]
        first, *others = clauses
        return " and ".join([first, *(text[:1].lower() + text[1:] for text in others)])

    @property
    def sure(self) -> Sureness:
        """How sure one can be, by how easily chance would hit the number as well."""
        if self.chance <= SURE and len(self.parts) == 1 and self.alone:
            return "sure"
        return "likely" if self.chance <= LIKELY else "possible"

    @cached_property
    def trace(self) -> Trace | BinaryTrace:
        """The case computed this way, all steps."""
        slips = [
            Slip(part, way, way.rules(self.case))
            for part, way in zip(self.parts, self.ways, strict=True)
        ]
        return run(self.case, all_rules_of(self.case, slips))

    @property
    def first(self) -> str:
        """The key of the step where the right way and this one part."""
        return first_difference(run(self.case), self.trace)


@dataclass(frozen=True, eq=False)
class Findings:
    """What can be said of a person's number, the best finding first.

    Attributes:
        case: the case; with reduction "mean" where one number was given for a list of losses.
        answer: the number as it was read.
        right: whether it is right, rounding allowed. Then the findings are remarks only.
        step: the key of the step that it was compared with.
        value: torch's number there.
        found: the findings; of a right number remarks, whose value is torch's own.
        hidden: what this case cannot show.
        note: what has to be said about the comparison, or "".
        nearer: of a number that is right but for rounding, the mistakes that give it exactly.
    """

    case: Question
    answer: Answer
    right: bool
    step: str
    value: Array
    found: tuple[Finding, ...]
    hidden: tuple[Hidden, ...]
    note: str = ""
    nearer: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, index: int) -> Finding:
        return self.found[index]

    @property
    def same(self) -> tuple[Finding, ...]:
        """The findings that give the very number of the first one: no number can tell them
        apart."""
        if not self.found:
            return ()
        first = self.found[0]
        return tuple(
            f
            for f in self.found
            if alike(f.value, first.value) and len(f.parts) == len(first.parts)
        )

    @property
    def question(self) -> str:
        """The one question that tells the best findings apart; "" where there is one only."""
        count = 0 if self.right else len(self.same)
        if count <= 1:
            return ""
        return words("{count} ways lead to this very number. Which of these is true?", count=count)
