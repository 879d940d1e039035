"""One batch with its weights: a bar for each row, the two rectangles, and their numbers."""

from typing import Any

import numpy as np

from ce_core import Case, Trace
from ce_core.areas import Areas, areas
from ce_core.arrays import Array
from ce_core.mistakes import by_count
from ui.figures import figure
from ui.place import row_label
from ui.reductions.cards import cards, same_divisor, sentence, undivided, unweighted
from ui.reductions.faults import apart, fault, note
from ui.reductions.numbers import Numbers, times
from ui.view import positions

MOST_BARS = 100  # narrower ones cannot be told apart
OWN_BARS = 24  # of a longer batch; the others are one bar together
IGNORED_COSTS = "what is ignored costs nothing"


def scene(trace: Trace, names: tuple[str, ...], *, ones: bool = False) -> dict[str, Any]:
    """What the browser draws of a trace with reduction "mean".

    Args:
        trace: the trace.
        names: the names of the classes.
        ones: whether the weights have been set to 1, which the words then say.
    """
    wrong = by_count(trace.case)
    count = positions(trace.case)
    book = Numbers()
    measured = areas(trace, OWN_BARS if count > MOST_BARS else None)
    drawn = 0 if undivided(trace) else len(measured.groups)
    bars = [_bar(book, trace, measured, k, names, ones=ones) for k in range(drawn)]
    for key in ("w", "h", "L"):
        book.align([bar[key] for bar in bars])
    _totals(book, trace, wrong, bars)
    if bars:  # the last of the sums so far is the whole
        bars[-1]["far"] = "below"
    return {
        "numbers": book.book,
        "bars": bars,
        "count": count,
        "letters": letters(trace.case),
        "cards": cards(book, trace, wrong, bars, ones=ones),
        "unweighted": "" if ones else unweighted(trace, wrong),
        "sentence": sentence(trace, wrong),
        "fault": fault(trace, measured),
        "apart": apart(trace, wrong),
        "note": note(trace, measured),
        "right": [_plain(trace, "denominator"), _plain(trace, "mean_loss")],
        "wrong": [_plain(wrong, "denominator"), _plain(wrong, "mean_loss")],
        "same": same_divisor(trace, wrong),
    }


def letters(case: Case) -> dict[str, str]:
    """What the bars measure, in the letters of the formulas."""
    if case.soft:
        return {"width": "1", "height": "L", "total": "N", "each": "the same for every row"}
    height = "L / w" if case.smooths else "−log p"
    return {"width": "w", "height": height, "total": "Σ w", "each": "the weight of its target"}


def _plain(trace: Trace, key: str) -> float | None:
    value = float(trace[key].output)
    return value if np.isfinite(value) else None


def _bar(
    book: Numbers, trace: Trace, measured: Areas, k: int, names: tuple[str, ...], *, ones: bool
) -> dict[str, Any]:
    group, case = measured.groups[k], trace.case
    row = f"row {row_label(case, int(group[0]))}"
    called = row if len(group) == 1 else f"the other {len(group):,} rows"
    width = book.add(
        f"w{k}",
        measured["width"][k],
        f"weight of {called}" if not case.soft else f"what {called} counts",
        made=_made_width(case, group, names, ones=ones),
        concept="weight",
    )
    picked = "nll" in trace and len(group) == 1
    height = book.add(
        f"h{k}",
        trace["nll"].rows[group[0]] if picked else measured["height"][k],
        f"−log p of {called}" if picked else f"loss per weight of {called}",
        made=_made_height(trace, group, names) if picked else _made_quotient(case, group),
        concept="loss",
        of=() if picked else (f"L{k}", width),
    )
    area = book.add(
        f"L{k}",
        measured["area"][k],
        f"weighted loss of {called}",
        made=f"{times(book.text(width), book.text(height))}, weight times −log p"
        if picked
        else _made_area(trace.case, group),
        concept="loss",
        of=(width, height) if picked else (),
    )
    far = book.add(
        f"far{k}",
        measured["width_so_far"][k],
        f"weights so far, up to {called}",
        made="the sum before it, and this weight" if k else "the first weight alone",
        concept="weight",
        of=(f"far{k - 1}", width) if k else (width,),
    )
    target = "" if case.soft or len(group) > 1 else _target(case, int(group[0]), names)
    return {
        "short": row_label(case, int(group[0])) if len(group) == 1 else "others",
        "called": called,
        "rows": len(group),
        "target": target,
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
    return "ignored" if number == case.ignore_index else names[number]


def _made_width(case: Case, group: Array, names: tuple[str, ...], *, ones: bool) -> str:
    if len(group) > 1:
        return "what these rows add, all together"
    if case.soft:
        return "with class probabilities as target, each row counts 1"
    target = _target(case, int(group[0]), names)
    if target == "ignored" and int(case.target.reshape(-1)[group[0]]) == case.ignore_index:
        return "this row is ignored, so it adds nothing"
    if ones or case.weight is None:
        return "every class weighs 1 here"
    return f"its target is class {target}, and that class weighs this much"


def _ignored(case: Case, group: Array) -> bool:
    rows = case.target.reshape(-1)[group] if not case.soft else None
    return rows is not None and bool((rows == case.ignore_index).all())


def _made_quotient(case: Case, group: Array) -> str:
    return IGNORED_COSTS if _ignored(case, group) else "area divided by width"


def _made_area(case: Case, group: Array) -> str:
    if _ignored(case, group):
        return IGNORED_COSTS
    if len(group) > 1:
        return "the weighted losses of these rows, added"
    return "all classes’ terms, weighted and added"


def _made_height(trace: Trace, group: Array, names: tuple[str, ...]) -> str:
    row, case = int(group[0]), trace.case
    number = int(case.target.reshape(-1)[row])
    if number == case.ignore_index:
        return IGNORED_COSTS
    chance = figure(float(trace["probs"].rows[row, number]))
    return f"its target, class {names[number]}, has the probability {chance}; this is −ln of it"


def _made_below(trace: Trace) -> str:
    if undivided(trace):
        return "0/0: as many numbers in the target as there are classes, none of either"
    return "all rows, counted" if trace.case.soft else "the weights of all targets, added"


def _totals(book: Numbers, trace: Trace, wrong: Trace, bars: list[dict[str, Any]]) -> None:
    total = book.add(
        "sum",
        trace["sum_loss"].output,
        "sum of the weighted losses",
        made="all weighted losses, added",
        concept="loss",
        of=[bar["L"] for bar in bars],
    )
    below = book.add(
        "below",
        trace["denominator"].output,
        "torch’s divisor" if undivided(trace) else trace["denominator"].rule.title.lower(),
        made=_made_below(trace),
        concept="weight",
        of=[bar["w"] for bar in bars],
    )
    book.add(
        "mean",
        trace["mean_loss"].output,
        "the mean, as torch gives it",
        made=f"{book.text(total)} divided by {book.text(below)}",
        concept="loss",
        of=(total, below),
    )
    count = book.add(
        "count",
        wrong["denominator"].output,
        "N, the number of samples",
        made="all rows, counted: heavy, light or ignored, each is one",
    )
    book.add(
        "plain",
        wrong["mean_loss"].output,
        "the sum divided by N",
        made=f"{book.text(total)} divided by {book.text(count)}",
        concept="loss",
        of=(total, count),
    )
