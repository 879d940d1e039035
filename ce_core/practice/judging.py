"""A typed number is judged by what follows from the person's own earlier numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite
from typing import Literal

from ce_core.practice.cells import Cell, cells
from ce_core.practice.cells import cell as cell_of
from ce_core.practice.following import Own, Result
from ce_core.practice.items import Item
from ce_core.practice.known import KNOWN, slipped
from ce_core.practice.pointing import point
from ce_core.practice.precision import DECIMALS, NOISE, SMALL, same
from ce_core.practice.reading import Reading, read
from ce_core.practice.topics import topic
from ce_core.practice.wording import called

FOUR_DECIMALS = 0.00005 * (1 + 1e-9)
Verdict = Literal["empty", "unreadable", "correct", "follows", "mistake", "not yet"]


@dataclass(frozen=True)
class Judgement:
    """What is said of one typed number.

    Attributes:
        verdict: "empty", "unreadable", "correct", "follows" (right only given an earlier number
            of theirs), "mistake" (the number of a known slip) or "not yet".
        says: one plain sentence for the person; "" for an empty field.
        read_as: how the text was understood.
        mistake: the key of the slip.
        earlier: for "follows", the id of the earlier cell that differs.
    """

    verdict: Verdict
    says: str = ""
    read_as: str = ""
    mistake: str = ""
    earlier: str = ""


def tolerance(item: Item, cell: str) -> str:
    """How exact a number must be, in the words that stand beside its field.

    They are the same for all cells of a step, so that they do not give a number away.
    """
    key = cell_of(item.trace, cell).key
    sizes = [abs(one.of(item.trace)) for one in cells(item.trace, key)]
    says = "two decimals are enough (±0.005)"
    if any(0 < size < SMALL for size in sizes):
        says += "; below 0.1 three digits that count, such as 0.0123 (±1 %)"
    return says


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
            return Judgement("correct", "Correct.", text.text)
        if any(result.fits(text.value) for result in self.own.results(cell)):
            return self._following(cell, text)
        if key := self._slip(cell, text):
            says = f"This is the number of a known slip: “{KNOWN[key].title}”."
            return Judgement("mistake", says, text.text, mistake=key)
        return Judgement("not yet", point(self.own, cell, text), text.text)

    def _slip(self, cell: Cell, text: Reading) -> str:
        """The slip that gives a number: by its usual way on the true numbers, or else by any."""
        found = {key: list(slipped(self.own, cell, key)) for key in self._slips(text)}
        for ways in (slice(1), slice(1, None)):
            for key, results in found.items():
                if any(is_number_of(text, result) for result in results[ways]):
                    return key
        return ""

    def _slips(self, text: Reading) -> tuple[str, ...]:
        """The slips to look for: the topic's, and all others if enough digits speak for one.

        With two decimals one of fifty would often fit by chance.
        """
        first = topic(self.item.topic).mistakes
        if text.tolerance > FOUR_DECIMALS:
            return first
        return (*first, *(key for key in KNOWN if key not in first))

    def _following(self, cell: Cell, text: Reading) -> Judgement:
        """Right for their own numbers: correct if these are; else the first to differ is named."""
        differing = self._differing(cell)
        if differing is None:
            return Judgement("correct", "Correct, from your own rounded numbers.", text.text)
        rule = self.item.trace[differing.key].rule
        says = f"Right for your own numbers; the slip is earlier, in {called(differing, rule)}."
        return Judgement("follows", says, text.text, earlier=str(differing))

    def _differing(self, cell: Cell) -> Cell | None:
        """The earliest of their numbers that makes this one differ."""
        _, carried = self.own.results(cell)
        for one in carried.sources:
            judged = self.judge(one)
            true = carried.with_other(one, one.of(self.item.trace))
            if judged.verdict == "correct" or true.value == carried.value:
                continue
            return cell_of(self.item.trace, judged.earlier) if judged.earlier else one
        return None


def is_number_of(typed: Reading, result: Result) -> bool:
    """Whether a typed number is that of a slip.

    All its digits must fit, but for two units of the last one, and with fewer decimals than two it
    must be the number itself: otherwise slips would soon be taken for one another.
    """
    if typed.value is None or not result.fits(typed.value):
        return False
    if not isfinite(result.value):
        return True
    rounded = typed.tolerance <= DECIMALS + NOISE
    allowed = max(4 * typed.tolerance, result.slack) if rounded else 0.0
    return abs(typed.value - result.value) <= allowed + NOISE
