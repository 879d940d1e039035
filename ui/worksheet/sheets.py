"""The sheets of a worksheet: each says how many of its steps are left to fill in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ce_core.practice import MODES, SEEDS
from ui.compute import traced
from ui.link import address
from ui.practice.items import made
from ui.view import View, letters, start
from ui.words import tongue, tr
from ui.worksheet import task
from ui.worksheet.ladder import CASE_RUNGS, left_out
from ui.worksheet.limits import refuse
from ui.worksheet.settings import ANSWERED, FADED, QUESTIONS
from ui.worksheet.task import Task

SOLVE = MODES[-1]


@dataclass(frozen=True)
class Part:
    """A task, and how many of its last steps are left to the person."""

    task: Task
    left: int


@dataclass(frozen=True)
class Paper:
    """One sheet: questions, faded, or the key.

    Attributes:
        kind: which of `KINDS` it is.
        title: what it is called.
        says: what to do with it.
        parts: what is on it.
    """

    kind: str
    title: str
    says: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Worksheet:
    """A title, and the sheets that were asked for."""

    title: str
    papers: tuple[Paper, ...]


def worksheet_of(view: View, site: str, names: tuple[str, ...]) -> Worksheet:
    """The worksheet that the view asks for, in the language that is spoken.

    Args:
        view: the case or the topic and the seed, and what is set about the sheet.
        site: the address of the app's first page, for the links.
        names: the case's class names as they are to be written.

    Raises:
        CaseError: the case on the screen does not go on paper.
    """
    tasks = _items(view, site) if view.sheet.items else _case(view, site, names)
    papers = (paper for kind in view.sheet.kinds for paper in _papers(kind, tasks))
    return Worksheet(task.name(view), tuple(papers))


def _case(view: View, site: str, names: tuple[str, ...]) -> tuple[Task, ...]:
    refuse(view)
    fresh = View(view.case, view.names, view.preset)
    link = _link(f"{site}/steps", fresh)
    made = task.of_case(traced(view.case), names, view.row, link, key=_has_key(view))
    if view.names and names == letters(len(names)):
        lost = tr("The classes are A, B, C, ... here: the paper has no letters for their names.")
        made = replace(made, notes=(*made.notes, lost))
    return (made,)


def _items(view: View, site: str) -> tuple[Task, ...]:
    return tuple(
        task.of_item(
            made(seed, view.topic),
            tr("Exercise {number}", number=number),
            _link(f"{site}/practice", start().replace(topic=view.topic, seed=seed, mode=SOLVE)),
            key=_has_key(view),
        )
        for number, seed in enumerate(seeds(view), 1)
    )


def _has_key(view: View) -> bool:
    return ANSWERED in view.sheet.kinds


def seeds(view: View) -> tuple[int, ...]:
    """What the exercises are made from."""
    return tuple((view.seed + k) % SEEDS for k in range(view.sheet.items))


def _link(page: str, view: View) -> str:
    spoken = tongue()
    return address(page, view.replace(lang=spoken.lang, decimal=spoken.decimal))


def _papers(kind: str, tasks: tuple[Task, ...]) -> Iterator[Paper]:
    if kind == QUESTIONS:
        says = tr("Work out every step. Write each number with four decimals.")
        yield Paper(kind, tr("Questions"), says, tuple(Part(one, len(one.steps)) for one in tasks))
    elif kind == FADED and len(tasks) > 1:
        yield _fading_exercises(tasks)
    elif kind == FADED:
        yield from (_faded_case(tasks[0], rung) for rung in range(1, CASE_RUNGS + 1))
    else:
        says = tr(
            "Everything was worked with all digits and rounded at the end, so a last decimal may "
            "differ from one worked by hand."
        )
        yield Paper(kind, tr("Key"), says, tuple(Part(one, 0) for one in tasks))


def _fading_exercises(tasks: tuple[Task, ...]) -> Paper:
    """One sheet, on which each exercise leaves out more than the one before."""
    rungs = len(tasks)
    return Paper(
        FADED,
        tr("Partly worked"),
        tr(
            "The first steps are worked for you, fewer from exercise to exercise. Work out the "
            "others, with four decimals."
        ),
        tuple(
            Part(one, left_out(rung, rungs, len(one.steps))) for rung, one in enumerate(tasks, 1)
        ),
    )


def _faded_case(one: Task, rung: int) -> Paper:
    left = left_out(rung, CASE_RUNGS, len(one.steps))
    return Paper(
        FADED,
        tr("Partly worked, sheet {rung} of {rungs}", rung=rung, rungs=CASE_RUNGS),
        tr("The first steps are worked for you. Work out the others, with four decimals."),
        (Part(one, left),),
    )
