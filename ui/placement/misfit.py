"""Where a weight is more than another intercept: a model that does not fit; and where it is less:
classes that can be told apart.
"""

import streamlit as st

from ce_core.placement import WORLDS, Fitted
from ui import state
from ui.figures import column, figure
from ui.placement.change import changed
from ui.placement.compute import HIGH, LOW, lines, odds, trained
from ui.plot import Axis, Curve, Level, chart
from ui.view import View

WORLD = "placement-world"
RATIO = 9.0  # of the separable pair


def misfit(view: View) -> None:
    """A line fitted to log-odds that are straight, or bent."""
    given = view.placement
    st.header("What would happen if the model could not fit?")
    st.markdown(
        "Then it cannot be right everywhere, and the weight decides where it tries. Choose what "
        "the classes look like; their shares and the weight are those of the sliders above."
    )
    titles = {one.key: one.title for one in WORLDS}
    st.segmented_control(
        "The two classes",
        titles,
        default=given.world,
        format_func=titles.__getitem__,
        required=True,
        key=state.key(WORLD),
        on_change=_choose,
    )
    fit = lines(given.world, given.gap, given.rare, given.miss)
    with st.container(key="placement-misfit"):
        left, right = st.columns([3, 2])
    with left:
        _picture(view, fit)
    with right:
        _table(fit)
        st.markdown(_told(fit))


def _choose() -> None:
    state.show(changed(state.current(), world=state.value(WORLD)))


def _picture(view: View, fit: Fitted) -> None:
    given = view.placement
    x, true = odds(given.world, given.gap, given.rare)
    chart(
        [
            Level(0.0, "", ""),
            Curve(x, true, "probs", "true log-odds"),
            Curve(x, fit.plain.log_odds(x), "logits", "line, weights 1 : 1", dash=True),
            Curve(
                x,
                fit.weighted.log_odds(x),
                "weight",
                f"line, weights 1 : {figure(given.miss)}",
                dash=True,
            ),
        ],
        Axis("x", LOW, HIGH),
        Axis("log-odds of the rare class", -10, 10),
        alt=f"The true log-odds, and two fitted lines: without weights the slope is "
        f"{figure(fit.plain.slope)}, with weights {figure(fit.weighted.slope)}.",
    )


def _table(fit: Fitted) -> None:
    both = (fit.plain, fit.weighted)
    columns = (
        column(line.intercept for line in both),
        column(line.slope for line in both),
        column(line.crosses() for line in both),
    )
    names = ("1 : 1", f"1 : {figure(fit.ratio)}")
    body = "".join(
        f"<tr><th scope='row'>{name}</th>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"
        for name, *texts in zip(names, *columns, strict=True)
    )
    st.html(
        "<div class='wce-scroll'><table class='wce-sheet'><caption>The fitted lines</caption>"
        "<thead><tr><th scope='col'>weights</th><th scope='col'>intercept</th>"
        "<th scope='col'>slope</th><th scope='col'>boundary</th></tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _told(fit: Fitted) -> str:
    if fit.ratio == 1:
        return "The weights are 1 : 1, so the two lines are one. Raise the weight above."
    moved = (
        f"The intercept moves by {figure(fit.rise)}; log {figure(fit.ratio)} is "
        f"{figure(fit.log_ratio)}. "
    )
    if fit.straight:
        return moved + (
            f"The slope stays {figure(fit.plain.slope)}. The true log-odds are a straight line, "
            "so the model fits, and the weight shifts it without turning it."
        )
    return moved + (
        f"The slope goes from {figure(fit.plain.slope)} to **{figure(fit.weighted.slope)}**, "
        f"{figure(fit.turn, 2)} times what it was: the weight turns the line. Dividing the outputs "
        "by the weights does not bring the plain line back. And a plain fit with its threshold at "
        f"1 / (1 + {figure(fit.ratio)}) parts the classes at x = {figure(fit.by_threshold)}, the "
        f"weighted one at {figure(fit.weighted.crosses())}."
    )


def told_apart() -> None:
    """Separable classes: the boundary after ever more steps."""
    with st.expander("And if the classes can be told apart? Then the weights fade"):
        _fading()


def _fading() -> None:
    st.markdown(
        "Then the loss can go to 0, and the longer a model trains the less the weights matter. "
        "One sample at x = −1, one at x = 1, weights 1 and 9, gradient descent from 0 with "
        "learning rate 1 on the weighted mean:"
    )
    reached = trained(RATIO)
    columns = (
        [f"{one.steps:,}" for one in reached],
        column(one.boundary for one in reached),
        column(one.slope for one in reached),
        [figure(one.loss) for one in reached],
    )
    body = "".join(
        f"<tr><th scope='row'>{steps}</th>"
        + "".join(f"<td>{text}</td>" for text in texts)
        + "</tr>"
        for steps, *texts in zip(*columns, strict=True)
    )
    st.html(
        "<div class='wce-scroll'><table class='wce-sheet'>"
        "<caption>The boundary creeps back to the middle, 0</caption>"
        "<thead><tr><th scope='col'>steps</th><th scope='col'>boundary</th>"
        "<th scope='col'>slope</th><th scope='col'>loss</th></tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )
