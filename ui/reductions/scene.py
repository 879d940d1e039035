"""One batch with its weights: a bar for each row, the two rectangles, and their numbers."""

from typing import Any

import numpy as np

from ce_core import Case, Trace
from ce_core.areas import areas
from ce_core.mistakes import by_count
from ui.reductions.bar import bar
from ui.reductions.cards import cards, same_divisor, sentence, undivided, unweighted
from ui.reductions.faults import apart, fault, note
from ui.reductions.numbers import Numbers, divided_by
from ui.view import positions
from ui.words import tr

MOST_BARS = 100  # narrower ones cannot be told apart
OWN_BARS = 24  # of a longer batch; the others are one bar together


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
    bars = [bar(book, trace, measured, k, names, ones=ones) for k in range(drawn)]
    for key in ("w", "h", "L"):
        book.align([bar[key] for bar in bars])
    _totals(book, trace, wrong, bars)
    if bars:  # the last of the sums so far is the whole
        bars[-1]["far"] = "below"
    return {
        "numbers": book.book,
        "bars": bars,
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
        return {"width": "1", "height": "L", "total": "N", "each": tr("the same for every row")}
    height = "L / w" if case.smooths else "−log p"
    return {"width": "w", "height": height, "total": "Σ w", "each": tr("the weight of its target")}


def _plain(trace: Trace, key: str) -> float | None:
    value = float(trace[key].output)
    return value if np.isfinite(value) else None


def _made_below(trace: Trace) -> str:
    if undivided(trace):
        return tr("0/0: as many numbers in the target as there are classes, none of either")
    return tr("all rows, counted") if trace.case.soft else tr("the weights of all targets, added")


def _called_below(trace: Trace) -> str:
    if undivided(trace):
        return tr("torch’s divisor")
    return tr("number of samples") if trace.case.soft else tr("sum of the targets’ weights")


def _totals(book: Numbers, trace: Trace, wrong: Trace, bars: list[dict[str, Any]]) -> None:
    total = book.add(
        "sum",
        trace["sum_loss"].output,
        tr("sum of the weighted losses"),
        made=tr("all weighted losses, added"),
        concept="loss",
        of=[bar["L"] for bar in bars],
    )
    below = book.add(
        "below",
        trace["denominator"].output,
        _called_below(trace),
        made=_made_below(trace),
        concept="weight",
        of=[bar["w"] for bar in bars],
    )
    book.add(
        "mean",
        trace["mean_loss"].output,
        tr("the mean, as torch gives it"),
        made=divided_by(book, total, below),
        concept="loss",
        of=(total, below),
    )
    count = book.add(
        "count",
        wrong["denominator"].output,
        tr("N, the number of samples"),
        made=tr("all rows, counted: heavy, light or ignored, each is one"),
    )
    book.add(
        "plain",
        wrong["mean_loss"].output,
        tr("the sum divided by N"),
        made=divided_by(book, total, count),
        concept="loss",
        of=(total, count),
    )
