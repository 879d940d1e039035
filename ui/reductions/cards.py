"""None, sum, mean and the slip on a card each, and the sentence that tells them in one breath."""

from typing import Any

from ce_core import Trace
from ui.place import row_label
from ui.reductions.numbers import Numbers
from ui.view import positions

LISTED = 8  # losses on the first card


def cards(
    book: Numbers, trace: Trace, wrong: Trace, bars: list[dict[str, Any]], *, ones: bool
) -> list[dict[str, Any]]:
    """What each reduction gives, and what dividing by N would."""
    folded = len(bars) and bars[-1]["short"] == "others"
    listed = [] if folded else [bar["L"] for bar in bars[:LISTED]]
    if folded:  # the first bars are not the first rows
        losses = trace["losses"].rows[:LISTED]
        listed = [
            book.add(
                f"first{k}",
                loss,
                f"weighted loss of row {row_label(trace.case, k)}",
                made="its weight times its loss",
                concept="loss",
            )
            for k, loss in enumerate(losses)
        ]
    more = positions(trace.case) - len(listed)
    return [
        {
            "key": "none",
            "name": "none",
            "words": "a list: one loss for each sample",
            "list": listed,
            "more": f"… and {more:,} more" if more else "",
        },
        {"key": "sum", "name": "sum", "words": "the list, added up", "value": "sum"},
        {
            "key": "mean",
            "name": "mean",
            "words": "the sum, divided by the number of samples"
            if trace.case.soft
            else "the sum, divided by the sum of the targets’ weights",
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


def _verdict(trace: Trace, wrong: Trace, *, ones: bool) -> dict[str, str]:
    if trace["denominator"].output == wrong["denominator"].output:
        if trace.case.soft:
            why = "the same: with probabilities as target, torch divides by N"
        elif ones or trace.case.weight is None:
            why = "the same: weights of 1 add up to N"
        else:
            why = "the same here: these weights happen to add up to N"
        return {"mark": "yes", "verdict": why}
    if trace["mean_loss"].output == wrong["mean_loss"].output:
        return {"mark": "yes", "verdict": "the same number here, because the sum is 0"}
    return {"mark": "no", "verdict": "wrong: this is not what torch gives"}


def sentence(trace: Trace, wrong: Trace, count: int) -> list[str | dict[str, str]]:
    """The whole story in one breath; a dict is a number."""
    total, below, mean = {"n": "sum"}, {"n": "below"}, {"n": "mean"}
    if not count:
        return ["There is no sample: the sum is ", total, ", and the mean is 0/0, ", mean, "."]
    soft = trace.case.soft
    divisor = "the number of samples" if soft else "the sum of the targets’ weights"
    told: list[str | dict[str, str]] = ["The weighted losses add up to ", total]
    told += [f". Divided by {divisor}, ", below, ", that is the mean, ", mean, "."]
    if trace["denominator"].output != wrong["denominator"].output:
        return [*told, " Divided by N, ", {"n": "count"}, ", it would be ", {"n": "plain"}, "."]
    if not soft:
        told.append(" That is also the number of samples, so both ways give the same.")
    return told
