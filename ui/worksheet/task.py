"""One calculation to work out on paper: the case on the screen, or an exercise."""

from dataclasses import dataclass

import numpy as np

from ce_core import Case, Trace
from ce_core.practice import TOPICS, Item
from ce_core.presets import preset
from ui.figures import figure
from ui.notation import write_number
from ui.place import Place
from ui.practice.said import NOUNS
from ui.view import View, asked_class, letters
from ui.words import tr
from ui.words.numerals import prose
from ui.worksheet import slips
from ui.worksheet.grids import Grid, case_grids, is_rounded, step_grids
from ui.worksheet.slips import Told
from ui.worksheet.steps import Work, case_steps, work

BRACKET = r"[\,"  # how formulas write a bracket that is 1 or 0
ACROSS, NARROW = 84, 7  # characters across the paper, and what a number takes of them


@dataclass(frozen=True)
class Guess:
    """What to predict before anything is worked out."""

    question: str
    options: tuple[str, ...]
    right: int
    reason: str


@dataclass(frozen=True)
class Task:
    """A calculation with everything that its sheets say.

    Attributes:
        title: what it is called among several; "" where it is the only one.
        asks: what is to be worked out.
        call: the line of torch that it is about.
        notes: what one has to know to read it.
        given: the numbers to begin with.
        steps: the way, in order.
        slips: numbers that tell what went wrong.
        slips_of: what they are numbers of, where there are several; else "".
        guess: what to predict first.
        link: the address where each step can be checked.
    """

    title: str
    asks: str
    call: str
    notes: tuple[str, ...]
    given: tuple[Grid, ...]
    steps: tuple[Work, ...]
    slips: tuple[Told, ...]
    slips_of: str
    guess: Guess | None
    link: str


def name(view: View) -> str:
    """What the worksheet is called."""
    if view.sheet.items:
        return tr(next(topic.title for topic in TOPICS if topic.key == view.topic))
    chosen = preset(view.preset)
    return prose(chosen.title) if chosen else tr("Weighted cross-entropy, step by step")


def of_case(trace: Trace, names: tuple[str, ...], row: int, link: str, *, key: bool) -> Task:
    """The case on the screen; with the slips where a key is printed."""
    heads = names if _fit(names) else letters(len(names))
    at = _place(trace, heads, row)
    steps = tuple(work(at, key) for key in case_steps(trace))
    return Task(
        title="",
        asks=tr("What does torch return here? Work it out step by step."),
        call=_call(trace.case),
        notes=_notes(trace.case, steps, heads, names),
        given=case_grids(trace.case, heads),
        steps=steps,
        slips=slips.of_case(trace, steps[-1].key, (at.row, at.column)) if key else (),
        slips_of=steps[-1].where,
        guess=None,
        link=link,
    )


def of_item(item: Item, title: str, link: str, *, key: bool) -> Task:
    """An exercise; with the slips where a key is printed."""
    trace, case = item.trace, item.case
    names = letters(case.classes)
    at = _place(trace, names, 0)
    given = tuple(
        grid
        for key in item.given
        if trace[key].output.dtype != bool  # which rows count is said by their targets
        for grid in step_grids(trace, trace[key], names, _noun(trace, key))
    )
    steps = tuple(work(at, key) for key in item.steps)
    return Task(
        title=title,
        asks=tr("Work it out step by step."),
        call=_call(case),
        notes=_notes(case, steps, names, names),
        given=(*case_grids(case, names), *given),
        steps=steps,
        slips=slips.of_topic(item.topic, trace, steps[-1].key, (at.row, at.column)) if key else (),
        slips_of=steps[-1].where,
        guess=Guess(
            prose(item.question),
            tuple(map(prose, item.options)),
            item.right,
            prose(item.reason),
        ),
        link=link,
    )


def _place(trace: Trace, names: tuple[str, ...], row: int) -> Place:
    """Where a step is shown worked: in a row that counts, if there is one."""
    case = trace.case
    counting = np.flatnonzero(trace["kept"].rows).tolist() if "kept" in trace else [row]
    if counting and row not in counting:
        row = counting[0]
    return Place(trace, names, row, asked_class(case, row))


def _noun(trace: Trace, key: str) -> str:
    return tr(NOUNS.get(key, trace[key].rule.title))


def _call(case: Case) -> str:
    """The call in torch; what is as usual stays out, but for the reduction."""
    parts = ["logits", "target"]
    if case.weight is not None:
        parts.append("weight")
    if not case.soft and (case.target == case.ignore_index).any():
        parts.append(f"ignore_index={case.ignore_index}")
    if case.smooths:
        parts.append(f"label_smoothing={write_number(case.label_smoothing)}")
    return f'F.cross_entropy({", ".join(parts)}, reduction="{case.reduction}")'


def _fit(names: tuple[str, ...]) -> bool:
    """Whether the class names fit above the columns of a table; else letters stand there."""
    return sum(max(len(name), NARROW) for name in names) <= ACROSS


def _notes(
    case: Case, steps: tuple[Work, ...], heads: tuple[str, ...], names: tuple[str, ...]
) -> tuple[str, ...]:
    counted = [
        tr("{name} is {number}", name=head if head == name else f"{head} ({name})", number=number)
        for number, (head, name) in enumerate(zip(heads, names, strict=True))
    ]
    notes = [
        tr("In the formulas classes are counted from 0: {classes}.", classes=", ".join(counted)),
        tr("log is the natural logarithm, ln."),
    ]
    if any(BRACKET in step.formula for step in steps):
        notes.append(tr("A square bracket is 1 where what stands in it is true, and 0 elsewhere."))
    if case.smooths:
        notes.append(tr("The label smoothing ε is {value}.", value=figure(case.label_smoothing)))
    if is_rounded(case):
        notes.append(tr("Some given numbers are rounded here; the key was worked with all digits."))
    return tuple(notes)
