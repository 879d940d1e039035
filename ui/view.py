"""What a person looks at: a case, a step of it, a row and a class."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from string import ascii_uppercase
from typing import Any

import numpy as np

from ce_core import BinaryCase, Case, NLLCase
from ce_core.lab import Plan
from ce_core.practice import MODES, TOPICS
from ce_core.presets import PRESETS, Preset, preset
from ce_core.rule import CELL
from ce_core.rules import rules_for
from ce_core.trace import ANSWERS, as_rows
from ce_core.words import words
from ui.choose.settings import Choosing
from ui.gradient.settings import Descent
from ui.placement.settings import Placement
from ui.practice.items import FIRST, made
from ui.seen import is_seen
from ui.stability.settings import Overflow
from ui.targets.settings import Painting
from ui.teach.settings import Lesson
from ui.words.speaking import CODES, POINT
from ui.worksheet.settings import Sheet

TARGET, IGNORED = "target", "ignored"  # what the tables call the targets, and a row left out
TAKEN_NAMES = (TARGET, IGNORED, "_index")  # the last one is Streamlit's word for the row labels
LONGEST_NAME = 30


@dataclass(frozen=True)
class View:
    """Everything that a link carries; a page draws it and asks for a changed one.

    Attributes:
        case: the case on the screen.
        names: names of the classes, or () for A, B, C, ...
        preset: the key of the preset that the numbers came from, "" for a person's own.
        step: the key of a step; "" is the first.
        row: the target position looked at, counted from 0 over all positions.
        column: the class looked at; None is the row's target.
        term: how many terms of a sum have been built; 0 is all of them.
        device: where torch runs, as torch names it.
        dtype: the floating-point type torch runs in.
        topic: the key of what is practised.
        seed: the number that the practised item is made from.
        mode: how much of it is left to the person: watch, complete or solve.
        blank: the steps left to the person in complete; () leaves that to the item.
        predict: whether the item's question is asked before the walk is shown.
        answer: the number that a person got, as they wrote it.
        of: the key of the step that it is said to be; "" is the loss.
        finding: the keys of the mistakes that they say they made, with commas between them.
        part: the key of the part of a page that is open; "" is the first.
        other: the case of another loss that it was got from; `case` is the first example then.
        placement: what is set about where the weight goes.
        choosing: what is set about choosing weights.
        lab: what the lab trains.
        painting: what is set about the picture on the targets' page.
        descent: what is set about the steps down the gradient.
        overflow: what is set about where floating point breaks.
        lang: the language that the person asks for, by its code.
        decimal: the sign before the decimals: point or comma.
        hide: the keys of what a teacher leaves out of the page.
        present: whether the page is shown to a room: large, the question before its answer.
        lesson: what is set about the course page that a lesson is put into.
        sheet: what is set about the worksheet.
    """

    case: Case
    names: tuple[str, ...] = ()
    preset: str = ""
    step: str = ""
    row: int = 0
    column: int | None = None
    term: int = 0
    device: str = "cpu"
    dtype: str = "float64"
    topic: str = TOPICS[0].key
    seed: int = FIRST
    mode: str = MODES[0]
    blank: tuple[str, ...] = ()
    predict: bool = False
    answer: str = ""
    of: str = ""
    finding: str = ""
    part: str = ""
    other: NLLCase | BinaryCase | None = None
    placement: Placement = field(default_factory=Placement)
    choosing: Choosing = field(default_factory=Choosing)
    lab: Plan = field(default_factory=Plan)
    painting: Painting = field(default_factory=Painting)
    descent: Descent = field(default_factory=Descent)
    overflow: Overflow = field(default_factory=Overflow)
    lang: str = CODES[0]
    decimal: str = POINT
    hide: tuple[str, ...] = ()
    present: bool = False
    lesson: Lesson = field(default_factory=Lesson)
    sheet: Sheet = field(default_factory=Sheet)

    def replace(self, **changes: Any) -> "View":  # noqa: ANN401 - any field of View
        """The same view with some fields changed."""
        return replace(self, **changes)

    def of_case(self, case: Case, *, preset: str = "", names: tuple[str, ...] = ()) -> "View":
        """Another case, seen from the same step where it has that step, from its first row."""
        fitting = names if len(names) == case.classes else ()
        return replace(
            self,
            case=case,
            names=fitting,
            preset=preset,
            step=nearest_step(case, self.step),
            row=0,
            column=None,
            term=0,
            of=self.of if self.of in step_keys(case) else "",
            finding="",
            other=None,
        )

    def with_case(self, case: Case) -> "View":
        """The same numbers with a change to them: names, row and class stay where they fit."""
        kept = self.names if len(self.names) == case.classes else ()
        rows = positions(case)
        column = self.column if self.column is None or self.column < case.classes else None
        return replace(
            self,
            case=case,
            names=kept,
            preset=self.preset if same_numbers(case, preset(self.preset)) else "",
            step=nearest_step(case, self.step),
            row=min(self.row, max(rows - 1, 0)),
            column=column,
            of=self.of if self.of in step_keys(case) else "",
            other=None,
        )

    def with_other(self, other: NLLCase | BinaryCase) -> "View":
        """The case of another loss, to find a mistake in; a link holds one case of one's own."""
        first = PRESETS[0]
        return replace(
            self,
            case=first.case,
            names=first.classes,
            preset=first.key,
            step=nearest_step(first.case, self.step),
            row=0,
            column=None,
            term=0,
            of=self.of if self.of in step_keys(other) else "",
            other=other,
        )

    def practising(self, **changes: Any) -> "View":  # noqa: ANN401 - fields of what is practised
        """Another exercise: steps stay blank where it has them."""
        changed = replace(self, **changes)
        steps = made(changed.seed, changed.topic).steps
        return replace(changed, blank=tuple(key for key in steps if key in changed.blank))

    @property
    def question(self) -> Case | BinaryCase:
        """The case that the person's number was got from."""
        return self.case if self.other is None else self.other

    @property
    def classes(self) -> tuple[str, ...]:
        """A name for each class."""
        return self.names or letters(self.case.classes)


def start() -> View:
    """What a person sees who brings nothing: the first preset."""
    return of_preset(PRESETS[0])


def of_preset(chosen: Preset) -> View:
    """A preset from its first step."""
    return View(chosen.case, chosen.classes, chosen.key)


def same_numbers(case: Case, chosen: Preset | None) -> bool:
    """Whether the case is the preset's but for its options."""
    return chosen is not None and case == chosen.case.replace(
        reduction=case.reduction,
        ignore_index=case.ignore_index,
        label_smoothing=case.label_smoothing,
    )


def step_keys(case: Case | BinaryCase) -> tuple[str, ...]:
    """The keys of the case's steps, in order."""
    return tuple(rule.key for rule in rules_for(case))


def nearest_step(case: Case, step: str) -> str:
    """The step itself where the case has it, else the one that gives the answer."""
    if not step or step in step_keys(case):
        return step
    return ANSWERS[case.reduction]


def positions(case: Case) -> int:
    """The number of target positions: N, times the pixels of an image."""
    count = 1
    for length in case.shape:
        count *= length
    return count


def names_fault(names: Sequence[str], count: int) -> str:
    """What keeps these from being the names of so many classes; "" where nothing does."""
    if len(names) != count or not all(names):
        return words("it must be {count} names with commas between them", count=count)
    if len(set(names)) != count or max(map(len, names), default=0) > LONGEST_NAME:
        return words(
            "class names must differ, and be no longer than {most} characters", most=LONGEST_NAME
        )
    taken = [name for name in names if name in TAKEN_NAMES or "," in name or not is_seen(name)]
    return words("'{name}' cannot be the name of a class", name=taken[0]) if taken else words("")


def asked_class(case: Case, row: int) -> int:
    """The class looked at in a row unless another is chosen: its target, or the likeliest one."""
    if not positions(case) or not case.classes:
        return 0
    if case.soft:
        wanted = as_rows(case.inputs["target"], CELL)[row]
        return int(np.argmax(np.nan_to_num(wanted)))
    target = int(case.target.reshape(-1)[row])
    return target if 0 <= target < case.classes else 0


def letters(count: int) -> tuple[str, ...]:
    """A, B, ... Z, AA, AB, ...: names for classes that have none."""

    def letter(k: int) -> str:
        return (letter(k // 26 - 1) if k >= 26 else "") + ascii_uppercase[k % 26]

    return tuple(letter(k) for k in range(count))
