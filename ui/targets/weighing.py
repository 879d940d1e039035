"""Smoothing with weights: where the loss is least, and when that is the wrong class."""

import math

import streamlit as st

from ce_core.targets.alone import LOGITS, WEIGHTS, alone
from ce_core.targets.optimum import Optimum, optimum_of
from ce_core.targets.versions import weighed_otherwise
from ui.compute import LARGE, size, traced
from ui.figures import figure, listed
from ui.messages import NOTE, WARNING
from ui.plot import Bars, bars
from ui.targets.looked import (
    at_row,
    called,
    drawn,
    folded,
    is_ignored,
    name,
    one_row,
    too_large,
)
from ui.targets.table import table
from ui.targets.wrongclass import wrong_class
from ui.view import View, asked_class
from ui.words import Words, joined, tr, words

THREAD = "https://github.com/pytorch/pytorch/issues/104776"


def weighing(view: View) -> None:
    """The example of the thread, moved by two sliders, and the row of one's own case."""
    st.header(tr("Smoothing with weights"))
    st.markdown(
        tr(
            "Smoothing asks for a little of every class, and each class's part is multiplied by "
            "that class's **own** weight. So the loss is least not at the smoothed target q but at "
            "p proportional to w · q. If another class is heavy enough, that is the wrong class "
            "([someone met this]({thread})).",
            thread=THREAD,
        )
    )
    wrong_class(view.painting)
    _alone(view.painting.epsilon)
    st.subheader(tr("Your own case"))
    row = at_row(view)
    if row is not None:
        _own(view, row)
        _otherwise(view)


def _alone(epsilon: float) -> None:
    st.subheader(tr("One sample, and its weight moves the mean"))
    st.markdown(
        tr(
            "The mean of one sample is divided by the weight of its target. Without smoothing the "
            "same weight multiplies the whole loss and cancels. With smoothing the other classes' "
            "parts do not have it, so it no longer cancels."
        )
    )
    lines = [
        (figure(weight), *(figure(alone(weight, smoothing)) for smoothing in (0.0, epsilon)))
        for weight in WEIGHTS
    ]
    table(
        tr(
            "The mean loss of one sample with the logits {logits}; the other two classes weigh 1",
            logits=listed(LOGITS),
        ),
        (
            tr("weight of the target's class"),
            "ε = 0",
            tr("ε = {epsilon}, as set above", epsilon=figure(epsilon)),
        ),
        lines,
    )


def _own(view: View, row: int) -> None:
    case = one_row(view, row)
    if is_ignored(case):
        st.info(
            tr("The target of {row} is ignore_index: nothing pulls there.", row=called(view, row)),
            icon=NOTE,
        )
        return
    best = optimum_of(case)
    if not best.wanted(0):
        st.info(
            tr(
                "This row has no best probabilities: nothing weighs anything, or a negative weight "
                "or target makes the loss fall without end."
            ),
            icon=NOTE,
        )
        return
    _own_bars(view, row, best)
    _own_verdict(view, row, best)


def _own_verdict(view: View, row: int, best: Optimum) -> None:
    case, wanted = view.case, best.wanted(0)
    p = figure(float(best["optimum"][0][wanted[0]]))
    most = (
        words("**{name}** has the probability {p}", name=name(view, wanted[0]), p=p)
        if len(wanted) == 1
        else words(
            "{count:,} classes are even, with the probability {p} each", count=len(wanted), p=p
        )
    )
    said = words(
        "With your weights and ε = {epsilon} the loss of {row} is least when {most}.",
        epsilon=figure(case.label_smoothing if case.smooths else 0.0),
        row=called(view, row),
        most=most,
    )
    target, turning = asked_class(case, row), _own_turning(view, best)
    if target in wanted:
        which = (
            words("That is the target's class.")
            if len(wanted) == 1
            else words("The target's is one of them.")
        )
        st.markdown(tr(joined([said, which, turning])))
    else:
        asks = words("The target asks for {name}.", name=name(view, target))
        st.warning(tr(joined([said, asks, turning])), icon=WARNING)


def _own_turning(view: View, best: Optimum) -> Words:
    if view.case.soft or view.case.classes < 2:
        return words("")
    bar = float(best["flip"][0])
    if not math.isfinite(bar) or bar < 0:
        return words("No other class is heavier, so smoothing cannot turn it round.")
    return words("The heaviest other class overtakes at ε = {epsilon}.", epsilon=figure(bar))


def _own_bars(view: View, row: int, best: Optimum) -> None:
    shown = drawn(view, row)
    names = [view.classes[k] for k in shown]
    q, at = best.q[0][list(shown)], best["optimum"][0][list(shown)]
    series = [
        Bars(tr("smoothed target q"), q.tolist(), "target", hatched=True),
        Bars(tr("p where the loss is least"), at.tolist(), "probs"),
    ]
    alt = tr("The smoothed target of {row} and the best probabilities", row=called(view, row))
    bars(names, series, alt=alt)
    folded(view, shown)


def _otherwise(view: View) -> None:
    case = view.case
    if not case.smooths or case.reduction == "none":
        return
    if size(case) > LARGE:
        too_large(words("All rows weighed in other ways are left out"))
        return
    others = weighed_otherwise(case)
    if not others:
        return
    own = tr("torch: each class's part with its own weight")
    lines = [(own, figure(float(traced(case).answer)))]
    lines += [(tr(title), figure(float(answer))) for title, answer in others]
    table(tr("Your case, weighed in other ways"), (tr("way"), case.reduction), lines)
