"""The worksheet as data for the page setter: what is left to fill in is not in it."""

from dataclasses import asdict
from typing import Any

from ui.words import tongue, tr
from ui.worksheet.formulas import colours, formula
from ui.worksheet.grids import Grid, emptied
from ui.worksheet.qr import code
from ui.worksheet.settings import ANSWERED
from ui.worksheet.sheets import Paper, Part, Worksheet
from ui.worksheet.steps import Work
from ui.worksheet.task import Task


def paper_data(made: Worksheet, size: str) -> dict[str, Any]:
    """All that `sheet.typ` draws, as JSON.

    Args:
        made: the worksheet.
        size: of the paper, one of `PAPERS`.
    """
    return {
        "title": made.title,
        "lang": tongue().lang,
        "size": "us-letter" if size == "letter" else size,
        "colours": colours(),
        "words": _words(),
        "papers": [_paper(paper) for paper in made.papers],
    }


def _words() -> dict[str, str]:
    return {
        "site": tr("Weighted cross-entropy, step by step"),
        "name": tr("Name"),
        "date": tr("Date"),
        "guess": tr("Before you begin"),
        "check": tr("Check each step"),
        "link": tr("QR code of the link to this calculation"),
        "got": tr("If you got"),
        "did": tr("this was done"),
        "instead": tr("do this instead"),
        "slips": tr("Numbers that tell what went wrong"),
        "page": tr("Page"),
    }


def _paper(paper: Paper) -> dict[str, Any]:
    key = paper.kind == ANSWERED
    return {
        "key": key,
        "title": paper.title,
        "says": paper.says,
        "tasks": [_task(part, key=key) for part in paper.parts],
    }


def _task(part: Part, *, key: bool) -> dict[str, Any]:
    one, drawn = part.task, code(part.task.link)
    filled = len(one.steps) - part.left
    return {
        "title": one.title,
        "asks": one.asks,
        "call": one.call,
        "notes": list(one.notes),
        "given": [asdict(grid) for grid in one.given],
        "steps": [
            _step(number, step, blank=number > filled, key=key)
            | {"answer": number == len(one.steps)}
            for number, step in enumerate(one.steps, 1)
        ],
        "guess": _guess(one, key=key),
        "slips": [asdict(told) for told in one.slips] if key else [],
        "slips_of": one.slips_of,
        "link": one.link,
        "code": asdict(drawn) if drawn else None,
    }


def _step(number: int, step: Work, *, blank: bool, key: bool) -> dict[str, Any]:
    grids: tuple[Grid, ...] = step.grids
    worked = step.worked and not blank
    return {
        "number": number,
        "title": step.title,
        "formula": formula(step.formula),
        "grids": [asdict(emptied(grid) if blank else grid) for grid in grids],
        "blank": blank,
        "where": step.where if worked else "",
        "worked": formula(step.worked) if worked else None,
        "sentence": step.sentence if key else "",
        "why": step.why if key else "",
    }


def _guess(one: Task, *, key: bool) -> dict[str, Any] | None:
    if one.guess is None:
        return None
    guess = one.guess
    return {
        "question": guess.question,
        "options": list(guess.options),
        "right": guess.right if key else None,
        "reason": guess.reason if key else "",
    }
