"""One exercise as a person left it: which cells are blank, what was typed, what it is worth."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ce_core.practice import MODES, RUNGS, Item, Judgement, blanks, hint, judge, write_code
from ui.practice.items import made
from ui.view import View

LONGEST = 200  # characters kept of a field; what is longer than a number needs is refused as such
AMISS = ("mistake", "not yet", "unreadable")
FILLED = ("correct", "follows", "mistake", "not yet")


@dataclass(frozen=True)
class Work:
    """What a person has done in one mode of an item.

    Attributes:
        typed: cell -> the text in its field.
        hints: cell -> how many of its hints were asked for.
        slips: the keys of the known mistakes that came up, also those put right since.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, int] = field(default_factory=dict)
    slips: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exercise:
    """An item in a mode, with the work done in it."""

    item: Item
    mode: str
    steps: tuple[str, ...]
    work: Work

    @property
    def name(self) -> str:
        """What tells this exercise from others: another name is another sheet of fields."""
        return " ".join((self.item.topic, str(self.item.seed), self.mode, *self.steps))

    @cached_property
    def blanks(self) -> tuple[str, ...]:
        """The cells to be filled in."""
        return blanks(self.item, self.mode, self.steps)

    @cached_property
    def typed(self) -> dict[str, str]:
        """The text in each field, "" where it is empty."""
        return {cell: self.work.typed.get(cell, "") for cell in self.blanks}

    @cached_property
    def judged(self) -> Mapping[str, Judgement]:
        """What each field that holds anything is worth."""
        judged = {cell: judge(self.item, self.typed, cell) for cell in self.blanks}
        return {cell: said for cell, said in judged.items() if said.verdict != "empty"}

    @property
    def done(self) -> bool:
        """Whether every blank holds a number."""
        verdicts = [said.verdict for said in self.judged.values()]
        return bool(self.blanks) and sum(v in FILLED for v in verdicts) == len(self.blanks)

    @property
    def harder(self) -> str:
        """The mode that asks for more; "" after the last."""
        later = MODES[MODES.index(self.mode) + 1 :]
        return later[0] if later else ""

    @property
    def code(self) -> str:
        """What can be handed in."""
        work = self.work
        return write_code(self.item, self.mode, self.steps, self.judged, work.hints, work.slips)

    def hints(self, cell: str) -> tuple[str, ...]:
        """The hints asked for at a cell, the first rung first."""
        used = self.work.hints.get(cell, 0)
        return tuple(hint(self.item, self.typed, cell, rung) for rung in range(1, used + 1))

    def cells(self, key: str) -> tuple[str, ...]:
        """The blanks of a step."""
        return tuple(cell for cell in self.blanks if cell.partition("/")[0] == key)


def exercise(view: View, work: Work) -> Exercise:
    """The exercise that the view asks for, as far as it was done."""
    item = made(view.seed, view.topic)
    blank = tuple(key for key in item.steps if key in view.blank)
    return Exercise(item, view.mode, blank, work)


def work_of(note: Mapping[str, Any]) -> Work:
    """The work that a note of it holds; anything odd in it is left out where it is used."""
    return Work(
        {str(cell): str(text)[:LONGEST] for cell, text in note["typed"].items()},
        {str(cell): _rungs(used) for cell, used in note["hints"].items()},
        tuple(str(slip) for slip in note["slips"]),
    )


def received(one: Exercise, sent: object) -> Work | None:
    """The work that the browser sent, which can be anything.

    A field that was emptied is sent as "", so what is not sent at all stays as it was known.

    Returns:
        The work so far as it fits the exercise, with the slips in it; None where it is of another
        exercise or no work at all.
    """
    if not isinstance(sent, Mapping) or sent.get("id") != one.name:
        return None
    typed, hints = _mapping(sent.get("typed")), _mapping(sent.get("hints"))
    texts = {cell: str(typed[cell])[:LONGEST] for cell in one.blanks if cell in typed}
    used = {cell: _rungs(hints.get(cell)) for cell in one.blanks}
    known = one.work.hints
    work = Work(
        {**one.work.typed, **texts},
        {cell: most for cell in used if (most := max(used[cell], known.get(cell, 0)))},
    )
    found = Exercise(one.item, one.mode, one.steps, work).judged.values()
    slips = (*one.work.slips, *(said.mistake for said in found if said.mistake))
    return Work(work.typed, work.hints, tuple(dict.fromkeys(slips)))


def _mapping(sent: object) -> Mapping[str, Any]:
    return sent if isinstance(sent, Mapping) else {}


def _rungs(sent: object) -> int:
    return min(max(sent, 0), RUNGS) if isinstance(sent, int) else 0
