"""What the ledger draws, as one JSON made from a trace: numbers, equations, sentences, links.

Everything here is plain data. nan and infinity are the texts "nan", "inf" and "-inf", since JSON
has no number for them. A long batch and many classes are cut to those that matter, with a count
of the rest; numbers keep all their digits, and the browser rounds them. The texts are in the
language of the page.
"""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ce_core import Step, Trace
from ce_core.arrays import Array
from ce_core.rule import CELL, ROW
from ui.ledger.equations import equation
from ui.ledger.teaching import OPEN, Teaching
from ui.palette import MEANING
from ui.place import Place, axes_of, row_label, takes
from ui.words import script_words, tongue, tr

HERE = Path(__file__).parent
MOST_ROWS, MOST_CLASSES = 50, 12
OPTIONS = ("ignore_index", "label_smoothing")
AXES = {"CELL": "cell", "ROW": "row", "ONE": "one"}
TITLES = {"logits": "Logits", "target": "Target", "weight": "Class weights"}


def payload(
    at: Place,
    step: str,
    term: int = 0,
    torch: Mapping[str, Array] | None = None,
    teaching: Teaching = OPEN,
) -> dict[str, Any]:
    """The trace as the ledger's JSON.

    Args:
        at: the row and the class to begin with; they are always among those drawn.
        step: the key of the step to begin with.
        term: how many terms of its sum to begin with; 0 is all.
        torch: torch's own array for each step, if it has been asked.
        teaching: what is left out, what is kept back until it is asked for, and for what room.
    """
    trace = at.trace
    rows, classes = _rows(at), _classes(at)
    names = ("logits", "target", "weight", *OPTIONS, *trace.keys)
    values = {name: _values(at, name, at.rows(name), rows, classes) for name in names}
    withheld = teaching.withheld(trace.keys, step)
    for key in withheld:
        values[key]["data"] = _nothing(values[key]["data"])
    theirs = {key: array for key, array in (torch or {}).items() if key not in withheld}
    return {
        "id": trace.case.digest,
        "case": {
            "rows": len(trace["row_max"].rows),
            "classes": trace.case.classes,
            "shape": list(trace.case.shape),
            "soft": trace.case.soft,
            "reduction": trace.case.reduction,
        },
        "rows": [_row(at, row) for row in rows],
        "classes": [{"class": c, "name": at.names[c]} for c in classes],
        "values": values,
        "torch": torch
        and {key: _values(at, key, array, rows, classes) for key, array in theirs.items()},
        "steps": [_step(trace, s) for s in trace],
        "titles": {name: tr(title) for name, title in TITLES.items()}
        | {key: key for key in OPTIONS}
        | {s.key: tr(s.rule.title) for s in trace},
        "concepts": {name: MEANING[name] for name in names},
        "view": {"step": step, "row": at.row, "class": at.column, "term": term},
        "words": script_words(HERE),
        "decimal": tongue().decimal,
        **teaching.as_json(),
    }


def _rows(at: Place) -> list[int]:
    """All rows, or the one looked at, those with the largest losses, and the first ones."""
    losses = at.trace["losses"].rows
    if len(losses) <= MOST_ROWS:
        return list(range(len(losses)))
    order = np.argsort(np.where(np.isnan(losses), np.inf, losses), kind="stable")[::-1]
    half = MOST_ROWS // 2
    return sorted({at.row, *map(int, order[:half]), *range(half - 1)})


def _classes(at: Place) -> list[int]:
    """All classes, or the one looked at, the target, and the likeliest of the row."""
    if at.case.classes <= MOST_CLASSES:
        return list(range(at.case.classes))
    probs = at.trace["probs"].rows[at.row]
    likely = np.argsort(np.where(np.isnan(probs), 0, probs), kind="stable")[::-1]
    wanted = [at.column, *([at.target] if at.target is not None and not at.ignored else [])]
    chosen = list(dict.fromkeys([*wanted, *map(int, likely[:MOST_CLASSES])]))[:MOST_CLASSES]
    return sorted(chosen)


def _row(at: Place, row: int) -> dict[str, Any]:
    here = Place(at.trace, at.names, row, at.column)
    return {
        "row": row,
        "label": row_label(at.case, row),
        "target": here.target,
        "name": None if here.target is None else here.name(here.target),
        "ignored": here.ignored,
    }


def _step(trace: Trace, step: Step) -> dict[str, Any]:
    rule, made = step.rule, equation(step.rule)
    return {
        "key": rule.key,
        "title": tr(rule.title),
        "axes": AXES[rule.axes.name],
        "left": made.left,
        "symbols": list(made.symbols),
        "numbers": list(made.numbers),
        "sentence": tr(rule.sentence),
        "why": tr(rule.why),
        "torch": rule.torch,
        "reads": [{"name": name, "takes": takes(trace, step, name)} for name in rule.reads],
    }


def _values(
    at: Place, name: str, array: Array, rows: Sequence[int], classes: Sequence[int]
) -> dict[str, Any]:
    axes = axes_of(at.trace, name)
    if axes is CELL:
        return {"axes": "cell", "data": _plain(array[np.ix_(list(rows), list(classes))])}
    if axes is ROW:
        return {"axes": "row", "data": _plain(array[list(rows)])}
    if axes is None:
        return {"axes": "class", "data": _plain(array[list(classes)])}
    return {"axes": "one", "data": _plain(array)}


def _nothing(data: Any) -> Any:  # noqa: ANN401 - nested lists of numbers and texts
    """The same nested lists without a number in them."""
    return [_nothing(part) for part in data] if isinstance(data, list) else None


def _plain(array: Array) -> Any:  # noqa: ANN401 - nested lists of numbers and texts
    if array.ndim:
        return [_plain(part) for part in array]
    value = array.item()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
