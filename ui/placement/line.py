"""Two overlapping classes on a line: how a weight moves the decision, and what it costs."""

import streamlit as st

from ce_core.placement import Decision, Fitted
from ui.figures import figure
from ui.placement.change import taking
from ui.placement.compute import HIGH, LOW, decided, lines
from ui.placement.settings import GAPS, MISSES, RARES
from ui.plot import Area, Axis, Curve, Level, Upright, chart
from ui.slider import slider
from ui.view import View

X = Axis("x", LOW, HIGH)
DENSITY = 0.4


def one_dimension(view: View) -> None:
    """The sliders, the two classes, the posteriors, the cost, and the numbers."""
    given = view.placement
    st.header("Where does a weight move the decision?")
    st.markdown(
        "One number x, and two classes that overlap: normal, both of spread 1. The rare class "
        "lies to the right. A false alarm costs 1 and missing a rare one costs more; the classes "
        "weigh as much as their mistakes cost."
    )
    with st.container(key="placement-sliders"):
        one, two, three = st.columns(3)
    with one:
        slider("rare", "Share of the rare class", given.rare, *RARES, 0.01, taking("rare"))
    with two:
        slider(
            "miss",
            "Cost of a miss, and weight",
            given.miss,
            *MISSES,
            0.5,
            taking("miss"),
        )
    with three:
        slider("gap", "Distance of the means", given.gap, *GAPS, 0.1, taking("gap"))
    decision = decided(given.gap, given.rare, given.miss)
    fit = lines("line", given.gap, given.rare, given.miss)
    _answer(decision, fit, given.miss)
    with st.container(key="placement-line"):
        left, right = st.columns(2)
    with left:
        _classes(decision)
        _cost(decision)
    with right:
        _posteriors(decision)
        _words(decision, fit, given.miss)


def _answer(found: Decision, fit: Fitted, ratio: float) -> None:
    items = (
        ("boundary without weights", figure(found.plain_cut), "where p(1 | x) passes 1/2"),
        ("boundary with weights", figure(found.cut), "where the weighted p(1 | x) passes 1/2"),
        ("intercept moves by", figure(fit.rise), f"and log {figure(ratio)} is the same"),
        ("slope", figure(fit.weighted.slope), f"without weights {figure(fit.plain.slope)}"),
    )
    cards = "".join(
        f"<div><dt>{name}</dt><dd class='wce-placement-answer'>{value}</dd><dd>{words}</dd></div>"
        for name, value, words in items
    )
    st.html(f"<dl class='wce-answers' aria-label='What the weight moves'>{cards}</dl>")


def _cuts(found: Decision, top: float) -> tuple[Curve, Curve]:
    """Both boundaries, as lines that the legend names; their own names would overlap."""
    ends = (0.0, top)
    return (
        Curve((found.plain_cut,) * 2, ends, "", "boundary, no weights", dash=True),
        Curve((found.cut,) * 2, ends, "weight", "boundary, weights"),
    )


def _classes(found: Decision) -> None:
    st.markdown("**The two classes, each as high as it is frequent**")
    chart(
        [
            Area(found.x, found.common, "", "common class, 0"),
            Area(found.x, found.rare, "target", "rare class, 1"),
            *_cuts(found, DENSITY),
        ],
        X,
        Axis("density", 0, DENSITY),
        alt="The densities of both classes, scaled by their shares. The boundary moves from "
        f"{figure(found.plain_cut)} to {figure(found.cut)} with the weight.",
        height=200,
    )


def _posteriors(found: Decision) -> None:
    st.markdown("**The probability of the rare class, and what a weighted model says**")
    chart(
        [
            Curve(found.x, found.posterior, "probs", "p(1 | x)"),
            Curve(found.x, found.weighted, "weight", "weighted model", dash=True),
            Level(0.5, "1/2", ""),
            Level(found.level, f"Elkan’s {figure(found.level)}", ""),
            Upright(found.cut, "", "weight", dash=False),
        ],
        X,
        Axis("probability", 0, 1),
        alt="The probability of the rare class rises with x; the weighted model's curve is the "
        f"same, further left. It passes 1/2 at {figure(found.cut)}, where p passes "
        f"{figure(found.level)}.",
        height=200,
    )


def _cost(found: Decision) -> None:
    top = max(found.cost)
    st.markdown("**Expected cost, if class 1 is predicted from x on**")
    chart(
        [
            Area(found.x, found.cost, "loss", "cost of a sample"),
            *_cuts(found, top),
        ],
        X,
        Axis("cost", 0, top),
        alt="The expected cost falls to its lowest place and rises again. The lowest place is "
        f"{figure(found.cheapest)}.",
        height=200,
    )


def _words(found: Decision, fit: Fitted, ratio: float) -> None:
    out = "" if LOW <= found.plain_cut <= HIGH else " (outside the picture)"
    st.markdown(
        f"- **Elkan’s rule**: predict the rare class where p ≥ 1 / (1 + {figure(ratio)}) = "
        f"{figure(found.level)}. That is from x = {figure(found.level_cut)} on, the same x at "
        "which the weighted model passes 1/2. So one may weigh the loss, or train plainly and "
        "move the threshold.\n"
        f"- **The cost**, searched on its own, is lowest at x = {figure(found.cheapest)}. There a "
        f"sample costs {figure(found.cost_at_cut)} on average; at the boundary without weights, "
        f"{figure(found.plain_cut)}{out}, it costs {figure(found.cost_at_plain)}.\n"
        f"- **The line**: a logistic regression fitted to all of both classes has the intercept "
        f"{figure(fit.plain.intercept)}, and with weights {figure(fit.weighted.intercept)}. The "
        f"difference is log {figure(ratio)}, and the slope stays: here the weight is nothing but "
        "another intercept."
    )
