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
from ui.words import tr

X = Axis("x", LOW, HIGH)
DENSITY = 0.4


def one_dimension(view: View) -> None:
    """The sliders, the two classes, the posteriors, the cost, and the numbers."""
    given = view.placement
    st.header(tr("Where does a weight move the decision?"))
    st.markdown(
        tr(
            "One number x, and two classes that overlap: normal, both of spread 1. The rare class "
            "lies to the right. A false alarm costs 1 and missing a rare one costs more; the "
            "classes weigh as much as their mistakes cost."
        )
    )
    with st.container(key="placement-sliders"):
        one, two, three = st.columns(3)
    with one:
        slider("rare", tr("Share of the rare class"), given.rare, *RARES, 0.01, taking("rare"))
    with two:
        slider(
            "miss",
            tr("Cost of a miss, and weight"),
            given.miss,
            *MISSES,
            0.5,
            taking("miss"),
        )
    with three:
        slider("gap", tr("Distance of the means"), given.gap, *GAPS, 0.1, taking("gap"))
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
        (
            tr("boundary without weights"),
            figure(found.plain_cut),
            tr("where p(1 | x) passes 1/2"),
        ),
        (
            tr("boundary with weights"),
            figure(found.cut),
            tr("where the weighted p(1 | x) passes 1/2"),
        ),
        (
            tr("intercept moves by"),
            figure(fit.rise),
            tr("and log {ratio} is the same", ratio=figure(ratio)),
        ),
        (
            tr("slope"),
            figure(fit.weighted.slope),
            tr("without weights {slope}", slope=figure(fit.plain.slope)),
        ),
    )
    cards = "".join(
        f"<div><dt>{name}</dt><dd class='wce-placement-answer'>{value}</dd><dd>{words}</dd></div>"
        for name, value, words in items
    )
    label = tr("What the weight moves")
    st.html(f"<dl class='wce-answers' aria-label='{label}'>{cards}</dl>")


def _cuts(found: Decision, top: float) -> tuple[Curve, Curve]:
    """Both boundaries, as lines that the legend names; their own names would overlap."""
    ends = (0.0, top)
    return (
        Curve((found.plain_cut,) * 2, ends, "", tr("boundary, no weights"), dash=True),
        Curve((found.cut,) * 2, ends, "weight", tr("boundary, weights")),
    )


def _classes(found: Decision) -> None:
    st.markdown(tr("**The two classes, each as high as it is frequent**"))
    chart(
        [
            Area(found.x, found.common, "", tr("common class, 0")),
            Area(found.x, found.rare, "target", tr("rare class, 1")),
            *_cuts(found, DENSITY),
        ],
        X,
        Axis(tr("density"), 0, DENSITY),
        alt=tr(
            "The densities of both classes, scaled by their shares. The boundary moves from "
            "{plain} to {cut} with the weight.",
            plain=figure(found.plain_cut),
            cut=figure(found.cut),
        ),
        height=200,
    )


def _posteriors(found: Decision) -> None:
    st.markdown(tr("**The probability of the rare class, and what a weighted model says**"))
    chart(
        [
            Curve(found.x, found.posterior, "probs", "p(1 | x)"),
            Curve(found.x, found.weighted, "weight", tr("weighted model"), dash=True),
            Level(0.5, "1/2", ""),
            Level(found.level, tr("Elkan’s {level}", level=figure(found.level)), ""),
            Upright(found.cut, "", "weight", dash=False),
        ],
        X,
        Axis(tr("probability"), 0, 1),
        alt=tr(
            "The probability of the rare class rises with x; the weighted model's curve is the "
            "same, further left. It passes 1/2 at {cut}, where p passes {level}.",
            cut=figure(found.cut),
            level=figure(found.level),
        ),
        height=200,
    )


def _cost(found: Decision) -> None:
    top = max(found.cost)
    st.markdown(tr("**Expected cost, if class 1 is predicted from x on**"))
    chart(
        [
            Area(found.x, found.cost, "loss", tr("cost of a sample")),
            *_cuts(found, top),
        ],
        X,
        Axis(tr("cost"), 0, top),
        alt=tr(
            "The expected cost falls to its lowest place and rises again. The lowest place is "
            "{cheapest}.",
            cheapest=figure(found.cheapest),
        ),
        height=200,
    )


def _words(found: Decision, fit: Fitted, ratio: float) -> None:
    said = (_elkan(found, ratio), _searched(found), _fitted(fit, ratio))
    st.markdown("\n".join(f"- {one}" for one in said))


def _elkan(found: Decision, ratio: float) -> str:
    return tr(
        "**Elkan’s rule**: predict the rare class where p ≥ 1 / (1 + {ratio}) = {level}. That is "
        "from x = {cut} on, the same x at which the weighted model passes 1/2. So one may weigh "
        "the loss, or train plainly and move the threshold.",
        ratio=figure(ratio),
        level=figure(found.level),
        cut=figure(found.level_cut),
    )


def _searched(found: Decision) -> str:
    numbers = {
        "cheapest": figure(found.cheapest),
        "cost": figure(found.cost_at_cut),
        "plain": figure(found.plain_cut),
        "cost_there": figure(found.cost_at_plain),
    }
    if LOW <= found.plain_cut <= HIGH:
        return tr(
            "**The cost**, searched on its own, is lowest at x = {cheapest}. There a sample costs "
            "{cost} on average; at the boundary without weights, {plain}, it costs {cost_there}.",
            **numbers,
        )
    return tr(
        "**The cost**, searched on its own, is lowest at x = {cheapest}. There a sample costs "
        "{cost} on average; at the boundary without weights, {plain} (outside the picture), it "
        "costs {cost_there}.",
        **numbers,
    )


def _fitted(fit: Fitted, ratio: float) -> str:
    return tr(
        "**The line**: a logistic regression fitted to all of both classes has the intercept "
        "{plain}, and with weights {weighted}. The difference is log {ratio}, and the slope "
        "stays: here the weight is nothing but another intercept.",
        plain=figure(fit.plain.intercept),
        weighted=figure(fit.weighted.intercept),
        ratio=figure(ratio),
    )
