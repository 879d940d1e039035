"""None, sum, mean and a common mistake on a card each, and the sentence that tells them all."""

from typing import Any

import numpy as np

from ce_core import Trace
from ui.place import row_label
from ui.reductions.numbers import Numbers
from ui.view import positions

LISTED = 8  # losses on the first card
ROUNDING = 1e-12  # weights of 0.7 and 1.3 may add up to 1.9999999999999998

Told = list[str | dict[str, str]]


def cards(
    book: Numbers, trace: Trace, wrong: Trace, bars: list[dict[str, Any]], *, ones: bool
) -> list[dict[str, Any]]:
    """What each reduction gives, and what dividing by N would."""
    count = positions(trace.case)
    listed = _listed(book, trace, bars)
    more = count - len(listed)
    return [
        {
            "key": "none",
            "name": "none",
            "words": "a list: one loss for each row" if count else "an empty list: there is no row",
            "list": listed,
            "more": f"… and {more:,} more" if more else "",
        },
        {"key": "sum", "name": "sum", "words": "the list, added up", "value": "sum"},
        {
            "key": "mean",
            "name": "mean",
            "words": f"the sum, divided by {_divisor(trace)}",
            "value": "mean",
            "fraction": ["sum", "below"],
            "mark": "yes",
            "verdict": "this is torch’s mean",
        },
        {
            "key": "count",
            "name": "divided by N",
            "words": "the sum, divided by the number of samples",
            "value": "plain",
            "fraction": ["sum", "count"],
            **_verdict(trace, wrong, ones=ones),
        },
    ]


def _listed(book: Numbers, trace: Trace, bars: list[dict[str, Any]]) -> list[str]:
    """The names of the first rows' losses; where those have no bar, they are entered here."""
    losses = trace["losses"].rows
    if len(bars) == len(losses):
        return [bar["L"] for bar in bars[:LISTED]]
    return [
        book.add(
            f"first{k}",
            loss,
            f"weighted loss of row {row_label(trace.case, k)}",
            made="its loss, weighted",
            concept="loss",
        )
        for k, loss in enumerate(losses[:LISTED])
    ]


def _divisor(trace: Trace) -> str:
    if undivided(trace):
        return "0/0: without a class torch cannot count the samples"
    return "the number of samples" if trace.case.soft else "the sum of the targets’ weights"


def undivided(trace: Trace) -> bool:
    """Whether there are rows but no class: torch then divides by 0/0."""
    return trace.case.soft and not trace.case.classes and positions(trace.case) > 0


def same_divisor(trace: Trace, wrong: Trace) -> bool:
    """Whether the mean's denominator is N."""
    ours, count = (float(one["denominator"].output) for one in (trace, wrong))
    return bool(np.isclose(ours, count, rtol=ROUNDING, atol=0))


def _verdict(trace: Trace, wrong: Trace, *, ones: bool) -> dict[str, str]:
    if same_divisor(trace, wrong):
        if trace.case.soft:
            why = "the same: with probabilities as target, torch divides by N"
        elif not positions(trace.case):
            why = "the same: no row, so both are 0/0"
        elif ones or trace.case.weight is None:
            why = "the same: weights of 1 add up to N"
        else:
            why = "the same here: these weights happen to add up to N"
        return {"mark": "yes", "verdict": why}
    mean, plain = (float(one["mean_loss"].output) for one in (trace, wrong))
    if np.isnan(mean) and np.isnan(plain):
        return {"verdict": "both are nan, because the sum is nan"}
    if np.isinf(mean) and mean == plain:
        return {"verdict": "both are infinite, because the sum is"}
    if mean == plain:
        return {"mark": "yes", "verdict": "the same number here, because the sum is 0"}
    return {"mark": "no", "verdict": "wrong: this is not what torch gives"}


def unweighted(trace: Trace, wrong: Trace) -> str:
    """What a batch without weights divides by, in words; "" where there is nothing to say."""
    case = trace.case
    count = positions(case)
    if case.weight is not None or case.soft or not count:
        return ""
    if same_divisor(trace, wrong):
        return (
            "This batch has no weights, which is the same as weights of 1: mean and “divided by N” "
            "agree."
        )
    kept = int(trace["denominator"].output)
    if not kept:
        return ""
    rows = "1 row that counts" if kept == 1 else f"{kept:,} rows that count"
    return (
        "This batch has no weights, so each row that counts weighs 1. The mean is divided by the "
        f"{rows}, not by all {count:,}."
    )


def sentence(trace: Trace, wrong: Trace) -> Told:
    """All four numbers in one breath; a dict is a number."""
    case = trace.case
    total, below, mean = {"n": "sum"}, {"n": "below"}, {"n": "mean"}
    if not positions(case):
        return ["There is no row: the sum is ", total, ", and the mean is 0/0, ", mean, "."]
    if undivided(trace):
        return ["There is no class, so torch’s divisor is 0/0, and the mean is ", mean, "."]
    count, plain = {"n": "count"}, {"n": "plain"}
    if not case.soft and bool((case.target == case.ignore_index).all()):
        told: Told = ["Every row is ignored: the sum is ", total, ", and so is the divisor. "]
        return [*told, "0/0 is ", mean, ". Divided by N, ", count, ", it would be ", plain, "."]
    losses = "losses" if case.weight is None else "weighted losses"
    told = [f"The {losses} add up to ", total]
    told += [f". Divided by {_divisor(trace)}, ", below, ", that is the mean, ", mean, "."]
    if not same_divisor(trace, wrong):
        alike = np.array_equal(trace["mean_loss"].output, wrong["mean_loss"].output, equal_nan=True)
        verb = "it is also" if alike else "it would be"
        return [*told, " Divided by N, ", count, f", {verb} ", plain, "."]
    return told if case.soft else [*told, " N is ", count, ", too, so both ways agree."]
