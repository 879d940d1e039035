"""What the exercise draws, as one JSON: the numbers given, the steps, and what fields are worth."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ce_core import Step
from ce_core.arrays import Array
from ce_core.practice import RUNGS, Item, hint, tolerance
from ce_core.rule import CELL, ONE, ROW
from ui.figures import column, latex
from ui.palette import MEANING
from ui.practice.exercise import AMISS, LONGEST, Exercise
from ui.practice.formulas import mathml, with_sign
from ui.practice.said import DONE, INVITATIONS, KEEPS, MARKS, NOUNS, OF_WHAT, RUNG_TITLES
from ui.view import letters, positions
from ui.words import joined, script_words, tongue, tr, words
from ui.words.formulas import formula_words

HERE = Path(__file__).parent
REDUCED = {"losses", "share"}  # steps after which the reduction counts
FORMULA, NUMBERS = 2, 3  # rungs


def payload(one: Exercise) -> dict[str, Any]:
    """The exercise as JSON; the browser keeps its fields as long as the id stays."""
    label, says = INVITATIONS.get(one.harder, (words(""), words("")))
    return {
        "id": one.name,
        "given": _given(one.item),
        "note": _note(one.item),
        "steps": [_step(one, number, key) for number, key in enumerate(one.item.steps, 1)],
        "names": {cell: place_name(one.item, cell) for cell in one.blanks},
        "typed": dict(one.work.typed),
        "judged": {cell: _judged(one, cell) for cell in one.judged},
        "hints": {cell: _hints(one, cell) for cell in one.work.hints},
        "rungs": RUNGS,
        "longest": LONGEST,
        "keeps": tr(KEEPS),
        "next": {"mode": one.harder, "label": tr(label), "says": tr(says)} if one.harder else None,
        "done": tr(DONE) if one.done else "",
        "guessing": False,
        "words": script_words(HERE),
        "lang": tongue().lang,
        "decimal": tongue().decimal,
    }


def before(one: Exercise) -> dict[str, Any]:
    """The same before the walk is shown: what is given, and nothing that was made of it."""
    given = [table for table in _given(one.item) if table["key"] not in one.item.trace]
    nothing: dict[str, Any] = {"names": {}, "typed": {}, "judged": {}, "hints": {}}
    return (
        payload(one)
        | nothing
        | {
            "id": f"{one.name} guess",
            "given": given,
            "steps": [],
            "next": None,
            "done": "",
            "guessing": True,
        }
    )


def place_name(item: Item, cell: str) -> str:
    """Where a cell stands in its step: "row 0, class B"; "" in a step of one number."""
    _, row, place = cell.split("/")
    if not place:
        return tr("row {row}", row=row) if row else ""
    return tr("row {row}, class {name}", row=row, name=letters(item.case.classes)[int(place)])


def _given(item: Item) -> list[dict[str, Any]]:
    """The inputs, the options that are not as usual, and the steps that need no work."""
    case, classes = item.case, letters(item.case.classes)
    tables = [_plain(tr("Logits"), "logits", classes, _rows(item), case.inputs["logits"])]
    if case.weight is not None:
        tables.append(_plain(tr("Class weights"), "weight", classes, [{}], case.weight[None]))
    if case.smooths:
        smoothing = case.inputs["label_smoothing"]
        tables.append(_plain("label_smoothing", "label_smoothing", (), [{}], smoothing))
    for key in item.given:
        step = item.trace[key]
        if step.output.dtype != bool:  # which rows count is said beside their names
            heads, rows = _axes(item, step)
            title = NOUNS.get(key, step.rule.title)
            says = tr(OF_WHAT[key]) if key in OF_WHAT else ""
            tables.append(_plain(tr(title), key, heads, rows, step.rows) | {"says": says})
    return tables


def _note(item: Item) -> str:
    """How formulas count the classes, and what torch would be told where it matters."""
    names = letters(item.case.classes)
    counted = joined(
        [words("{name} is {number}", name=name, number=k) for k, name in enumerate(names)], ", "
    )
    said = tr("In the formulas class {counted}.", counted=counted)
    if not REDUCED & {*item.steps}:
        return said
    return f"{said} {tr('The reduction is {reduction}.', reduction=item.case.reduction)}"


def _plain(
    title: str, key: str, heads: Sequence[str], rows: Sequence[dict[str, str]], values: Array
) -> dict[str, Any]:
    table = values.reshape(len(rows), -1)
    texts = iter(column(table.reshape(-1)))
    return {
        "key": key,
        "title": title,
        "concept": MEANING[key],
        "heads": list(heads),
        "rows": [
            {**row, "cells": [{"text": next(texts)} for _ in line]}
            for row, line in zip(rows, table, strict=True)
        ],
    }


def _axes(item: Item, step: Step) -> tuple[Sequence[str], list[dict[str, str]]]:
    """The names of a step's columns and rows."""
    heads = letters(item.case.classes) if step.rule.axes is CELL else ()
    return heads, [{}] if step.rule.axes is ONE else _rows(item)


def _rows(item: Item) -> list[dict[str, str]]:
    """A name for each row, with the class that its target names."""
    case, classes = item.case, letters(item.case.classes)
    targets = [int(target) for target in case.target.reshape(-1)]
    return [
        {
            "name": tr("row {row}", row=row),
            "asked": "" if target == case.ignore_index else classes[target],
        }
        for row, target in zip(range(positions(case)), targets, strict=True)
    ]


def _step(one: Exercise, number: int, key: str) -> dict[str, Any]:
    step = one.item.trace[key]
    heads, rows = _axes(one.item, step)
    asked = one.cells(key)
    lines = _cells(one, step, len(rows))
    worked = [] if asked else [cell["id"] for line in lines for cell in line]
    return {
        "key": key,
        "number": number,
        "title": tr(step.rule.title),
        "concept": MEANING[key],
        "formula": mathml(formula_words(step.rule.formula)),
        "why": tr(step.rule.why),
        "heads": list(heads),
        "rows": [{**row, "cells": line} for row, line in zip(rows, lines, strict=True)],
        "tolerance": f"{capital(tr(tolerance(one.item, asked[0])))}." if asked else "",
        "worked": [_worked(one.item, cell) for cell in worked],
    }


def capital(text: str) -> str:
    """The text as a sentence begins."""
    return text[:1].upper() + text[1:]


def _cells(one: Exercise, step: Step, rows: int) -> list[list[dict[str, Any]]]:
    """The step's numbers in rows; the text of a blank is None."""
    table = np.asarray(step.rows).reshape(rows, -1)
    texts = column(table.reshape(-1))
    return [
        [
            _cell(one, step, cell_id(step, row, place), texts[row * table.shape[1] + place])
            for place in range(table.shape[1])
        ]
        for row in range(rows)
    ]


def cell_id(step: Step, row: int, place: int) -> str:
    """The name of a number of a step: "probs/0/1", "losses/2/", "mean_loss//"."""
    at = {CELL: f"{row}/{place}", ROW: f"{row}/"}.get(step.rule.axes, "/")
    return f"{step.key}/{at}"


def _cell(one: Exercise, step: Step, cell: str, text: str) -> dict[str, Any]:
    if cell not in one.blanks:
        return {"id": cell, "text": text}
    parts = (
        tr(step.rule.title),
        place_name(one.item, cell),
        tr(tolerance(one.item, cell)),
    )
    # a phone's pad of digits has no minus
    keys = "text" if np.nanmin(step.rows) < 0 else "decimal"
    return {"id": cell, "text": None, "label": ", ".join(filter(None, parts)), "keys": keys}


def _worked(item: Item, cell: str) -> dict[str, str]:
    """How a number is made from those before it."""
    key, *at = cell.split("/")
    value = item.trace[key].rows[tuple(int(place) for place in at if place)]
    made = hint(item, {}, cell, 3)
    leads = r"\;\Rightarrow\;" if made.startswith("y_") else "="  # an ignored row has no numbers
    return {
        "name": capital(place_name(item, cell)),
        "math": mathml(f"{with_sign(made)} {leads} {latex(value)}"),
    }


def _judged(one: Exercise, cell: str) -> dict[str, Any]:
    said = one.judged[cell]
    icon, word = MARKS[said.verdict]
    title = one.item.trace[cell.partition("/")[0]].rule.title
    read = f"{capital(tr(said.read_as))}." if said.read_as else ""
    return {
        "text": one.work.typed[cell],
        "verdict": said.verdict,
        "icon": icon,
        "word": tr(word),
        "amiss": said.verdict in AMISS,
        "where": f"{capital(place_name(one.item, cell) or tr(title))}:",
        "sentence": " ".join(filter(None, (read, tr(said.says)))),
    }


def _hints(one: Exercise, cell: str) -> list[dict[str, str]]:
    return [
        {"title": tr(RUNG_TITLES[rung - 1])} | _rung(rung, text)
        for rung, text in enumerate(one.hints(cell), 1)
    ]


def _rung(rung: int, text: str) -> dict[str, str]:
    if rung == FORMULA:
        return {"math": mathml(formula_words(text))}
    return {"math": mathml(with_sign(text))} if rung == NUMBERS else {"words": tr(text)}
