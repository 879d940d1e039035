"""Where a weight is more than another intercept: a model that does not fit; and where it is less:
classes that can be told apart.
"""

import streamlit as st

from ce_core.placement import WORLDS, Fitted
from ui import state
from ui.figures import column, figure
from ui.folded import folded
from ui.placement.change import changed
from ui.placement.compute import HIGH, LOW, lines, odds, trained
from ui.plot import Axis, Curve, Level, chart
from ui.view import View
from ui.words import localised, tr

WORLD = "placement-world"
RATIO = 9.0  # of the separable pair


def misfit(view: View) -> None:
    """A line fitted to log-odds that are straight, or bent."""
    given = view.placement
    st.header(tr("What would happen if the model could not fit?"))
    st.markdown(
        tr(
            "Then it cannot be right everywhere, and the weight decides where it tries. Choose "
            "what the classes look like; their shares and the weight are those of the sliders "
            "above."
        )
    )
    titles = {one.key: tr(one.title) for one in WORLDS}
    st.segmented_control(
        tr("The two classes"),
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
            Curve(x, true, "probs", tr("true log-odds")),
            Curve(x, fit.plain.log_odds(x), "logits", tr("line, weights 1 : 1"), dash=True),
            Curve(
                x,
                fit.weighted.log_odds(x),
                "weight",
                tr("line, weights 1 : {weight}", weight=figure(given.miss)),
                dash=True,
            ),
        ],
        Axis("x", LOW, HIGH),
        Axis(tr("log-odds of the rare class"), -10, 10),
        alt=tr(
            "The true log-odds, and two fitted lines: without weights the slope is {plain}, with "
            "weights {weighted}.",
            plain=figure(fit.plain.slope),
            weighted=figure(fit.weighted.slope),
        ),
    )


def _table(fit: Fitted) -> None:
    both = (fit.plain, fit.weighted)
    columns = (
        column(line.intercept for line in both),
        column(line.slope for line in both),
        column(line.crosses() for line in both),
    )
    names = ("1 : 1", f"1 : {figure(fit.ratio)}")
    heads = (tr("weights"), tr("intercept"), tr("slope"), tr("boundary"))
    rows = [(name, *texts) for name, *texts in zip(names, *columns, strict=True)]
    _sheet(tr("The fitted lines"), heads, rows)


def _sheet(caption: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    top = "".join(f"<th scope='col'>{head}</th>" for head in heads)
    body = "".join(
        f"<tr><th scope='row'>{name}</th>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>"
        for name, *texts in rows
    )
    st.html(
        f"<div class='wce-scroll'><table class='wce-sheet'><caption>{caption}</caption>"
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _told(fit: Fitted) -> str:
    if fit.ratio == 1:
        return tr("The weights are 1 : 1, so the two lines are one. Raise the weight above.")
    moved = tr(
        "The intercept moves by {rise}; log {ratio} is {log}.",
        rise=figure(fit.rise),
        ratio=figure(fit.ratio),
        log=figure(fit.log_ratio),
    )
    return f"{moved} {_straight(fit) if fit.straight else _bent(fit)}"


def _straight(fit: Fitted) -> str:
    return tr(
        "The slope stays {slope}. The true log-odds are a straight line, so the model fits, and "
        "the weight shifts it without turning it.",
        slope=figure(fit.plain.slope),
    )


def _bent(fit: Fitted) -> str:
    return tr(
        "The slope goes from {plain} to **{weighted}**, {turn} times what it was: the weight "
        "turns the line. Dividing the outputs by the weights does not bring the plain line back. "
        "And a plain fit with its threshold at 1 / (1 + {ratio}) parts the classes at x = "
        "{threshold}, the weighted one at {crosses}.",
        plain=figure(fit.plain.slope),
        weighted=figure(fit.weighted.slope),
        turn=figure(fit.turn, 2),
        ratio=figure(fit.ratio),
        threshold=figure(fit.by_threshold),
        crosses=figure(fit.weighted.crosses()),
    )


def told_apart() -> None:
    """Separable classes: the boundary after ever more steps."""
    label = tr("And if the classes can be told apart? Then the weights fade")
    folded(label, "fading", _fading)


def _fading() -> None:
    st.markdown(
        tr(
            "Then the loss can go to 0, and the longer a model trains the less the weights "
            "matter. One sample at x = −1, one at x = 1, weights 1 and 9, gradient descent from 0 "
            "with learning rate 1 on the weighted mean:"
        )
    )
    reached = trained(RATIO)
    columns = (
        [localised(f"{one.steps:,}") for one in reached],
        column(one.boundary for one in reached),
        column(one.slope for one in reached),
        [figure(one.loss) for one in reached],
    )
    heads = (tr("steps"), tr("boundary"), tr("slope"), tr("loss"))
    caption = tr("The boundary creeps back to the middle, 0")
    _sheet(caption, heads, list(zip(*columns, strict=True)))
