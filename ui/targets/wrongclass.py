"""The thread's example: one sample of a light class, smoothed until the heavy class wins."""

import math

import streamlit as st

from ce_core import Case
from ce_core.targets.optimum import LIGHT, Optimum, flip_ratio, light_target, loss_over, optimum_of
from ui.figures import figure, listed
from ui.plot import Axis, Bars, Curve, Upright, bars, chart
from ui.slider import slider
from ui.targets.settings import MOST_RATIO, Painting, changed
from ui.words import Words, joined, tr, words

NAMES = (words("right class"), words("other class"))
VERDICTS = {
    (0,): words("the **right** class is ahead"),
    (1,): words("the **wrong** class wins"),
    (0, 1): words("both classes are **even**"),
}


def wrong_class(set_to: Painting) -> None:
    """Two sliders, what is asked for and what is best, and the loss over the probability."""
    st.subheader(tr("One sample, two classes"))
    _sliders(set_to)
    case = light_target(set_to.ratio, set_to.epsilon)
    best = optimum_of(case)
    left, right = st.columns(2)
    with left:
        _bars(best)
    with right:
        _curve(case, float(best["optimum"][0][0]))
    _verdict(set_to, case, best)


def _sliders(set_to: Painting) -> None:
    left, right = st.columns(2)
    with left:
        slider(
            "target-ratio",
            tr("How many times heavier the other class is"),
            set_to.ratio,
            1,
            MOST_RATIO,
            1,
            lambda seen, value: changed(seen, ratio=value),
        )
    with right:
        slider(
            "target-epsilon",
            tr("Label smoothing ε of the example"),
            set_to.epsilon,
            0,
            1,
            0.01,
            lambda seen, value: changed(seen, epsilon=value),
        )


def _bars(best: Optimum) -> None:
    at = best["optimum"][0].tolist()
    series = [
        Bars(tr("target y"), [1.0, 0.0], "target"),
        Bars(tr("smoothed target q"), best.q[0].tolist(), "target", hatched=True),
        Bars(tr("p where the loss is least"), at, "probs"),
    ]
    alt = tr(
        "Target, smoothed target and the best probabilities, {first} and {second}",
        first=figure(at[0]),
        second=figure(at[1]),
    )
    bars(tuple(map(tr, NAMES)), series, alt=alt, high=1)


def _curve(case: Case, best: float) -> None:
    xs, ys = loss_over(case)
    chart(
        [
            Curve(xs.tolist(), ys.tolist(), "loss", tr("loss")),
            Upright(best, tr("least at {p}", p=figure(best, 3)), "probs"),
        ],
        Axis(tr("probability of the right class"), 0, 1),
        Axis(tr("loss"), 0, float(ys.max())),
        alt=tr(
            "The loss over the probability of the right class; it is least at {p}",
            p=figure(best, 3),
        ),
        height=220,
    )


def _verdict(set_to: Painting, case: Case, best: Optimum) -> None:
    at = best["optimum"][0].tolist()
    heavy = figure(float(case.inputs["weight"][1]))
    verdict = VERDICTS[best.wanted(0)]
    said = words(
        "With the weights {light} and {heavy} and ε = {epsilon} the loss is least at p = ({p}): "
        "{verdict}.",
        light=figure(LIGHT),
        heavy=heavy,
        epsilon=figure(set_to.epsilon),
        p=listed(at, 3),
        verdict=verdict,
    )
    st.markdown(tr(joined([said, *_turning(best, set_to.epsilon)])))


def _turning(best: Optimum, epsilon: float) -> tuple[Words, Words]:
    bar = float(best["flip"][0])
    first = (
        words("With these weights the other class overtakes at ε = {epsilon}.", epsilon=figure(bar))
        if math.isfinite(bar)
        else words("With equal weights the right class stays ahead at every ε below 1.")
    )
    ratio = flip_ratio(epsilon)
    second = (
        words("At this ε it overtakes when it is {times} times as heavy.", times=figure(ratio))
        if math.isfinite(ratio)
        else words("Without smoothing the weights do not move the optimum.")
    )
    return first, second
