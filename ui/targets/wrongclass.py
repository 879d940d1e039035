"""The thread's example: one sample of a light class, smoothed until the heavy class wins."""

import math

import streamlit as st

from ce_core import Case
from ce_core.targets.optimum import LIGHT, Optimum, flip_ratio, light_target, loss_over, optimum_of
from ui.figures import figure
from ui.plot import Axis, Bars, Curve, Upright, bars, chart
from ui.slider import slider
from ui.targets.settings import MOST_RATIO, Painting, changed

NAMES = ("right class", "other class")
VERDICTS = {
    (0,): "the **right** class is ahead",
    (1,): "the **wrong** class wins",
    (0, 1): "both classes are **even**",
}


def wrong_class(set_to: Painting) -> None:
    """Two sliders, what is asked for and what is best, and the loss over the probability."""
    st.subheader("One sample, two classes")
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
            "How many times heavier the other class is",
            set_to.ratio,
            1,
            MOST_RATIO,
            1,
            lambda seen, value: changed(seen, ratio=value),
        )
    with right:
        slider(
            "target-epsilon",
            "Label smoothing ε of the example",
            set_to.epsilon,
            0,
            1,
            0.01,
            lambda seen, value: changed(seen, epsilon=value),
        )


def _bars(best: Optimum) -> None:
    at = best["optimum"][0].tolist()
    series = [
        Bars("target y", [1.0, 0.0], "target"),
        Bars("smoothed target q", best.q[0].tolist(), "target", hatched=True),
        Bars("p where the loss is least", at, "probs"),
    ]
    listed = " and ".join(map(figure, at))
    alt = f"Target, smoothed target and the best probabilities, {listed}"
    bars(NAMES, series, alt=alt, high=1)


def _curve(case: Case, best: float) -> None:
    xs, ys = loss_over(case)
    chart(
        [
            Curve(xs.tolist(), ys.tolist(), "loss", "loss"),
            Upright(best, f"least at {figure(best, 3)}", "probs"),
        ],
        Axis("probability of the right class", 0, 1),
        Axis("loss", 0, float(ys.max())),
        alt=f"The loss over the probability of the right class; it is least at {figure(best, 3)}",
        height=220,
    )


def _verdict(set_to: Painting, case: Case, best: Optimum) -> None:
    at = best["optimum"][0].tolist()
    heavy = figure(float(case.inputs["weight"][1]))
    verdict = VERDICTS[best.wanted(0)]
    st.markdown(
        f"With the weights {figure(LIGHT)} and {heavy} and ε = {figure(set_to.epsilon)} the loss "
        f"is least at p = ({figure(at[0], 3)}, {figure(at[1], 3)}): {verdict}. "
        + _turning(best, set_to.epsilon)
    )


def _turning(best: Optimum, epsilon: float) -> str:
    bar = float(best["flip"][0])
    first = (
        f"With these weights the other class overtakes at ε = {figure(bar)}."
        if math.isfinite(bar)
        else "With equal weights the right class stays ahead at every ε below 1."
    )
    ratio = flip_ratio(epsilon)
    second = (
        f" At this ε it overtakes when it is {figure(ratio)} times as heavy."
        if math.isfinite(ratio)
        else " Without smoothing the weights do not move the optimum."
    )
    return first + second
