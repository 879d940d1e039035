"""The bar of a row, or of the rows that share one: its measures, and what each is made of."""

from typing import Any

import numpy as np

from ce_core import Case, Trace
from ce_core.areas import Areas
from ce_core.arrays import Array
from ui.figures import figure
from ui.place import row_label
from ui.reductions.numbers import Numbers, times
from ui.words import tr

IGNORED_COSTS = "what is ignored costs nothing"
# What a bar and its numbers are called: of one row, and of the rest, which has a bar together.
CALLED = {
    "called": "row {row}",
    "add": "Add row {row}",
    "weight": "weight of row {row}",
    "counts": "what row {row} counts",
    "nll": "−log p of row {row}",
    "per_weight": "loss per weight of row {row}",
    "loss": "weighted loss of row {row}",
    "so_far": "weights so far, up to row {row}",
}
CALLED_REST = {
    "called": "the other {count:,} rows",
    "add": "Add the other {count:,} rows",
    "weight": "weight of the other {count:,} rows",
    "counts": "what the other {count:,} rows count",
    "per_weight": "loss per weight of the other {count:,} rows",
    "loss": "weighted loss of the other {count:,} rows",
    "so_far": "weights so far, up to the other {count:,} rows",
}


def bar(
    book: Numbers, trace: Trace, measured: Areas, k: int, names: tuple[str, ...], *, ones: bool
) -> dict[str, Any]:
    """A bar of the picture; its numbers are entered in the book."""
    group, case = measured.groups[k], trace.case
    row, rest = row_label(case, int(group[0])), len(group)
    called = CALLED if len(group) == 1 else CALLED_REST
    named = {what: tr(said, row=row, count=rest) for what, said in called.items()}
    width = book.add(
        f"w{k}",
        measured["width"][k],
        named["counts" if case.soft else "weight"],
        made=_made_width(case, group, names, ones=ones),
        concept="weight",
    )
    picked = "nll" in trace and len(group) == 1
    height = book.add(
        f"h{k}",
        trace["nll"].rows[group[0]] if picked else measured["height"][k],
        named["nll" if picked else "per_weight"],
        made=_made_height(trace, group, names) if picked else _made_quotient(case, group),
        concept="loss",
        of=() if picked else (f"L{k}", width),
    )
    product = times(book.text(width), book.text(height))
    area = book.add(
        f"L{k}",
        measured["area"][k],
        named["loss"],
        made=tr("{product}, weight times −log p", product=product)
        if picked
        else _made_area(case, group),
        concept="loss",
        of=(width, height) if picked else (),
    )
    far = book.add(
        f"far{k}",
        measured["width_so_far"][k],
        named["so_far"],
        made=tr("the sum before it, and this weight" if k else "the first weight alone"),
        concept="weight",
        of=(f"far{k - 1}", width) if k else (width,),
    )
    return {
        "short": row if len(group) == 1 else tr("others"),
        "called": named["called"],
        "add": named["add"],
        "together": "" if len(group) == 1 else tr("({count:,} rows)", count=len(group)),
        "target": "" if case.soft or len(group) > 1 else _target(case, int(group[0]), names),
        "w": width,
        "h": height,
        "L": area,
        "far": far,
        "width": _finite(measured["width"][k]),
        "height": _finite(measured["height"][k]),
    }


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _target(case: Case, row: int, names: tuple[str, ...]) -> str:
    number = int(case.target.reshape(-1)[row])
    return tr("ignored") if number == case.ignore_index else names[number]


def _made_width(case: Case, group: Array, names: tuple[str, ...], *, ones: bool) -> str:
    if len(group) > 1:
        return tr("what these rows add, all together")
    if case.soft:
        return tr("with class probabilities as target, each row counts 1")
    if _ignored(case, group):
        return tr("this row is ignored, so it adds nothing")
    if ones or case.weight is None:
        return tr("every class weighs 1 here")
    return tr(
        "its target is class {name}, and that class weighs this much",
        name=_target(case, int(group[0]), names),
    )


def _ignored(case: Case, group: Array) -> bool:
    rows = case.target.reshape(-1)[group] if not case.soft else None
    return rows is not None and bool((rows == case.ignore_index).all())


def _made_quotient(case: Case, group: Array) -> str:
    return tr(IGNORED_COSTS if _ignored(case, group) else "area divided by width")


def _made_area(case: Case, group: Array) -> str:
    if _ignored(case, group):
        return tr(IGNORED_COSTS)
    if len(group) > 1:
        return tr("the weighted losses of these rows, added")
    return tr("all classes’ terms, weighted and added")


def _made_height(trace: Trace, group: Array, names: tuple[str, ...]) -> str:
    if _ignored(trace.case, group):
        return tr(IGNORED_COSTS)
    row = int(group[0])
    number = int(trace.case.target.reshape(-1)[row])
    return tr(
        "its target, class {name}, has the probability {chance}; this is −ln of it",
        name=names[number],
        chance=figure(float(trace["probs"].rows[row, number])),
    )
