"""Smoothing with weights: where the loss is least, and when that is the wrong class."""

import math

import streamlit as st

from ce_core.targets.alone import WEIGHTS, alone
from ce_core.targets.optimum import Optimum, optimum_of
from ce_core.targets.versions import weighed_otherwise
from ui.compute import LARGE, size, traced
from ui.figures import figure
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

THREAD = "https://github.com/pytorch/pytorch/issues/104776"


def weighing(view: View) -> None:
    """The example of the thread, moved by two sliders, and the row of one's own case."""
    st.header("Smoothing with weights")
    st.markdown(
        "Smoothing asks for a little of every class, and each class's part is multiplied by that "
        "class's **own** weight. So the loss is least not at the smoothed target q but at "
        "p proportional to w · q. If another class is heavy enough, that is the wrong class "
        f"([someone met this]({THREAD}))."
    )
    wrong_class(view.painting)
    _alone(view.painting.epsilon)
    st.subheader("Your own case")
    row = at_row(view)
    if row is not None:
        _own(view, row)
        _otherwise(view)


def _alone(epsilon: float) -> None:
    st.subheader("One sample, and its weight moves the mean")
    st.markdown(
        "The mean of one sample is divided by the weight of its target. Without smoothing the same "
        "weight multiplies the whole loss and cancels. With smoothing the other classes' parts do "
        "not have it, so it no longer cancels."
    )
    lines = [
        (figure(weight), *(figure(alone(weight, smoothing)) for smoothing in (0.0, epsilon)))
        for weight in WEIGHTS
    ]
    table(
        "The mean loss of one sample with the logits 2, 1, 0.1; the other two classes weigh 1",
        ("weight of the target's class", "ε = 0", f"ε = {figure(epsilon)}, as set above"),
        lines,
    )


def _own(view: View, row: int) -> None:
    case = one_row(view, row)
    if is_ignored(case):
        st.info(
            f"The target of {called(view, row)} is ignore_index: nothing pulls there.", icon=NOTE
        )
        return
    best = optimum_of(case)
    if not best.wanted(0):
        st.info(
            "This row has no best probabilities: nothing weighs anything, or a negative weight or "
            "target makes the loss fall without end.",
            icon=NOTE,
        )
        return
    _own_bars(view, row, best)
    _own_verdict(view, row, best)


def _own_verdict(view: View, row: int, best: Optimum) -> None:
    case, wanted = view.case, best.wanted(0)
    epsilon = figure(case.label_smoothing if case.smooths else 0.0)
    p = figure(float(best["optimum"][0][wanted[0]]))
    most = (
        f"**{name(view, wanted[0])}** has the probability {p}"
        if len(wanted) == 1
        else f"{len(wanted):,} classes are even, with the probability {p} each"
    )
    said = f"With your weights and ε = {epsilon} the loss of {called(view, row)} is least when "
    said += most
    target = asked_class(case, row)
    if target in wanted:
        which = "That is the target's class" if len(wanted) == 1 else "The target's is one of them"
        st.markdown(f"{said}. {which}. {_own_turning(view, best)}")
    else:
        st.warning(
            f"{said}. The target asks for {name(view, target)}. {_own_turning(view, best)}",
            icon=WARNING,
        )


def _own_turning(view: View, best: Optimum) -> str:
    if view.case.soft or view.case.classes < 2:
        return ""
    bar = float(best["flip"][0])
    if not math.isfinite(bar) or bar < 0:
        return "No other class is heavier, so smoothing cannot turn it round."
    return f"The heaviest other class overtakes at ε = {figure(bar)}."


def _own_bars(view: View, row: int, best: Optimum) -> None:
    shown = drawn(view, row)
    names = [view.classes[k] for k in shown]
    q, at = best.q[0][list(shown)], best["optimum"][0][list(shown)]
    series = [
        Bars("smoothed target q", q.tolist(), "target", hatched=True),
        Bars("p where the loss is least", at.tolist(), "probs"),
    ]
    bars(
        names, series, alt=f"The smoothed target of {called(view, row)} and the best probabilities"
    )
    folded(view, shown)


def _otherwise(view: View) -> None:
    case = view.case
    if not case.smooths or case.reduction == "none":
        return
    if size(case) > LARGE:
        too_large("All rows weighed in other ways are left out")
        return
    others = weighed_otherwise(case)
    if not others:
        return
    lines = [("torch: each class's part with its own weight", figure(float(traced(case).answer)))]
    lines += [(title, figure(float(answer))) for title, answer in others]
    table("Your case, weighed in other ways", ("way", case.reduction), lines)
