"""A typed number is judged by what follows from the person's own earlier numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ce_core.practice.cells import Cell, cells
from ce_core.practice.cells import cell as cell_of
from ce_core.practice.following import Own, Result
from ce_core.practice.items import Item
from ce_core.practice.naming import MOST_NAMED, named, sentence
from ce_core.practice.pointing import point
from ce_core.practice.precision import DECIMALS, SMALL, between, equal, same
from ce_core.practice.reading import Reading, read
from ce_core.practice.topics import topic
from ce_core.practice.wording import called
from ce_core.words import Words, words

Verdict = Literal["empty", "unreadable", "correct", "follows", "mistake", "not yet"]


UNSAID = words("")


@dataclass(frozen=True)
class Judgement:
    """What is said of one typed number.

    Attributes:
        verdict: "empty", "unreadable", "correct", "follows" (right only given an earlier number
            of theirs), "mistake" (the number of a known slip) or "not yet".
        says: one plain sentence for the person; "" for an empty field.
        read_as: how the text was understood; "" where it was not.
        mistake: the key of the slip.
        earlier: for "follows", the id of the earlier cell that differs.
    """

    verdict: Verdict
    says: Words = UNSAID
    read_as: Words = UNSAID
    mistake: str = ""
    earlier: str = ""


def tolerance(item: Item, cell: str) -> Words:
    """How exact a number must be, in the words that stand beside its field.

    They are the same for all cells of a step, so that they do not give a number away.
    """
    key = cell_of(item.trace, cell).key
    sizes = [abs(one.of(item.trace)) for one in cells(item.trace, key)]
    if any(0 < size < SMALL for size in sizes):
        return words(
            "two decimals are enough (±{half:.3f}); below {small:.1f} three significant digits, "
            "such as {example:.4f} (±1 %)",
            half=DECIMALS,
            small=SMALL,
            example=0.0123,
        )
    return words("two decimals are enough (±{half:.3f})", half=DECIMALS)


def judge(item: Item, typed: Mapping[str, str], cell: str) -> Judgement:
    """What to say of one typed number, given all that the person typed.

    Args:
        item: the exercise.
        typed: cell ids with the texts as typed; "" for a cell that is still to be filled. What is
            no cell of the exercise is left out.
        cell: the id of the cell to judge.

    Raises:
        ValueError: the exercise has no such cell.
    """
    return marking(item, tuple(sorted(typed.items()))).judge(cell_of(item.trace, cell))


@lru_cache(maxsize=64)
def marking(item: Item, typed: tuple[tuple[str, str], ...]) -> "Marking":
    """All that a person typed, ready to be judged cell by cell."""
    return Marking(item, dict(typed))


class Marking:
    """A person's texts, with the judgements made of them so far."""

    def __init__(self, item: Item, typed: Mapping[str, str]) -> None:
        self.item = item
        known = {str(one): one for key in item.trace.keys for one in cells(item.trace, key)}
        self.readings = {known[name]: read(text) for name, text in typed.items() if name in known}
        readable = {cell: text for cell, text in self.readings.items() if text.value is not None}
        self.own = Own(item.trace, readable)
        self.made: dict[Cell, Judgement] = {}

    def judge(self, cell: Cell) -> Judgement:
        """What to say of one cell."""
        if cell not in self.made:
            self.made[cell] = self._judge(cell, self.readings.get(cell, Reading(None)))
        return self.made[cell]

    def _judge(self, cell: Cell, text: Reading) -> Judgement:
        if text.value is None:
            return Judgement("unreadable", text.fault) if text.fault else Judgement("empty")
        if same(text.value, cell.of(self.item.trace)):
            return Judgement("correct", words("Correct."), text.text)
        for result in self.own.results(cell):
            exact = self._unrounded(result)
            if result.numbers and between(text.value, result.value, exact.value):
                return self._following(exact, text)
        found = named(self.own, cell, text, topic(self.item.topic), self._unrounded)
        if len(found) == 1:
            return Judgement("mistake", sentence(found), text.text, mistake=found[0].key)
        if 1 < len(found) <= MOST_NAMED:
            return Judgement("not yet", sentence(found), text.text)
        return Judgement("not yet", point(self.own, cell, text), text.text)

    def _unrounded(self, result: Result) -> Result:
        """A result from their numbers as these were before they were rounded."""
        verdicts = {cell: self.judge(cell).verdict for cell in result.numbers}
        right, following = (
            {cell for cell, verdict in verdicts.items() if verdict == sought}
            for sought in ("correct", "follows")
        )
        return result.unrounded(right, following)

    def _following(self, exact: Result, text: Reading) -> Judgement:
        """Right for their own numbers: correct if these are; else the first to differ is named."""
        differing = self._differing(exact)
        if differing is None:
            says = words("Correct, from your own rounded numbers.")
            return Judgement("correct", says, text.text)
        rule = self.item.trace[differing.key].rule
        says = words(
            "Right for your own numbers; the slip is earlier, in {place}.",
            place=called(differing, rule),
        )
        return Judgement("follows", says, text.text, earlier=str(differing))

    def _differing(self, exact: Result) -> Cell | None:
        """The earliest of their wrong numbers that, with those before it, makes this one differ."""
        trace = self.item.trace
        wrong = [one for one in exact.sources if self.judge(one).verdict in ("mistake", "not yet")]
        if not wrong:
            return None
        wrong.sort(key=lambda one: (trace.keys.index(one.key), one.index))
        mended = exact.with_numbers({one: one.of(trace) for one in wrong})
        for one in wrong:
            before, mended = mended, mended.with_numbers({one: exact.numbers[one]})
            if not equal(mended.value, before.value):
                return one
        return None
