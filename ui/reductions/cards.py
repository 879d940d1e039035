"""None, sum, mean and a common mistake on a card each, and the sentence that tells them all."""

from typing import Any

import numpy as np

from ce_core import Case, Trace
from ui.place import row_label
from ui.reductions.numbers import Numbers
from ui.reductions.told import Told, told
from ui.view import positions
from ui.words import tr

LISTED = 8  # losses on the first card
BY_N = "the sum, divided by the number of samples"
ALL_IGNORED = (
    "Every row is ignored: the sum is {sum}, and so is the divisor. 0/0 is {mean}. Divided by N, "
    "{count}, it would be {plain}."
)
ROUNDING = 1e-12  # weights of 0.7 and 1.3 may add up to 1.9999999999999998


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
            "ask": tr("What does none give?"),
            "words": tr("a list: one loss for each row")
            if count
            else tr("an empty list: there is no row"),
            "list": listed,
            "more": tr("… and {count:,} more", count=more) if more else "",
        },
        {
            "key": "sum",
            "name": "sum",
            "ask": tr("What does sum give?"),
            "words": tr("the list, added up"),
            "value": "sum",
        },
        {
            "key": "mean",
            "name": "mean",
            "ask": tr("What does mean give?"),
            "words": tr(_how(trace)),
            "value": "mean",
            "fraction": ["sum", "below"],
            "mark": "yes",
            "verdict": tr("this is torch’s mean"),
        },
        {
            "key": "count",
            "hide": "plain",
            "name": tr("divided by N"),
            "ask": tr("What does dividing by N give?"),
            "words": tr(BY_N),
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
            tr("weighted loss of row {row}", row=row_label(trace.case, k)),
            made=tr("its loss, weighted"),
            concept="loss",
        )
        for k, loss in enumerate(losses[:LISTED])
    ]


def _how(trace: Trace) -> str:
    if undivided(trace):
        return "the sum, divided by 0/0: without a class torch cannot count the samples"
    return BY_N if trace.case.soft else "the sum, divided by the sum of the targets’ weights"


def undivided(trace: Trace) -> bool:
    """Whether there are rows but no class: torch then divides by 0/0."""
    return trace.case.soft and not trace.case.classes and positions(trace.case) > 0


def same_divisor(trace: Trace, wrong: Trace) -> bool:
    """Whether the mean's denominator is N."""
    ours, count = (float(one["denominator"].output) for one in (trace, wrong))
    return bool(np.isclose(ours, count, rtol=ROUNDING, atol=0))


def _verdict(trace: Trace, wrong: Trace, *, ones: bool) -> dict[str, str]:
    mark, why = _judged(trace, wrong, ones=ones)
    return {"mark": mark, "verdict": tr(why)} if mark else {"verdict": tr(why)}


def _judged(trace: Trace, wrong: Trace, *, ones: bool) -> tuple[str, str]:
    """The mark of what dividing by N gives, and why; no mark where there is nothing to compare."""
    if same_divisor(trace, wrong):
        return "yes", _why_the_same(trace, ones=ones)
    mean, plain = (float(one["mean_loss"].output) for one in (trace, wrong))
    if np.isnan(mean) and np.isnan(plain):
        return "", "both are nan, because the sum is nan"
    if np.isinf(mean) and mean == plain:
        return "", "both are infinite, because the sum is"
    if mean == plain:
        return "yes", "the same number here, because the sum is 0"
    return "no", "wrong: this is not what torch gives"


def _why_the_same(trace: Trace, *, ones: bool) -> str:
    if trace.case.soft:
        return "the same: with probabilities as target, torch divides by N"
    if not positions(trace.case):
        return "the same: no row, so both are 0/0"
    if ones or trace.case.weight is None:
        return "the same: weights of 1 add up to N"
    return "the same here: these weights happen to add up to N"


def unweighted(trace: Trace, wrong: Trace) -> str:
    """What a batch without weights divides by, in words; "" where there is nothing to say."""
    case = trace.case
    count = positions(case)
    if case.weight is not None or case.soft or not count:
        return ""
    if same_divisor(trace, wrong):
        return tr(
            "This batch has no weights, which is the same as weights of 1: mean and “divided by N” "
            "agree."
        )
    kept = int(trace["denominator"].output)
    if not kept:
        return ""
    if kept == 1:
        return tr(
            "This batch has no weights, so each row that counts weighs 1. The mean is divided by "
            "the 1 row that counts, not by all {count:,}.",
            count=count,
        )
    return tr(
        "This batch has no weights, so each row that counts weighs 1. The mean is divided by the "
        "{kept:,} rows that count, not by all {count:,}.",
        kept=kept,
        count=count,
    )


def sentence(trace: Trace, wrong: Trace) -> Told:
    """All four numbers in one breath; a dict is a number."""
    case = trace.case
    said: tuple[str, ...] = (_added(case), _divided(case), _by_count(trace, wrong))
    if not positions(case):
        said = ("There is no row: the sum is {sum}, and the mean is 0/0, {mean}.",)
    elif undivided(trace):
        said = ("There is no class, so torch’s divisor is 0/0, and the mean is {mean}.",)
    elif not case.soft and bool((case.target == case.ignore_index).all()):
        said = (ALL_IGNORED,)
    return told(*said, **{name: name for name in ("sum", "below", "mean", "count", "plain")})


def _added(case: Case) -> str:
    if case.weight is None:
        return "The losses add up to {sum}."
    return "The weighted losses add up to {sum}."


def _divided(case: Case) -> str:
    if case.soft:
        return "Divided by the number of samples, {below}, that is the mean, {mean}."
    return "Divided by the sum of the targets’ weights, {below}, that is the mean, {mean}."


def _by_count(trace: Trace, wrong: Trace) -> str:
    if same_divisor(trace, wrong):
        return "" if trace.case.soft else "N is {count}, too, so both ways agree."
    if np.array_equal(trace["mean_loss"].output, wrong["mean_loss"].output, equal_nan=True):
        return "Divided by N, {count}, it is also {plain}."
    return "Divided by N, {count}, it would be {plain}."
