"""A logit nudged by hand: the slope that the loss then shows, beside the gradient."""

from functools import partial
from html import escape
from math import isfinite

import streamlit as st

from ce_core.descent import Nudge
from ui import state
from ui.figures import figure
from ui.folded import folded
from ui.gradient.computing import nudged
from ui.gradient.nudge_charts import close_up, valley
from ui.gradient.tables import table
from ui.picker import class_picker, row_picker
from ui.place import Place
from ui.view import View
from ui.words import joined, tr, words

OFFERED = (0.1, 0.01, 0.001)
DIGITS = 10
NEAR = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)  # of h: what the picture shows of the curve


def nudging(view: View, at: Place) -> None:
    """Choose a logit and a size; what the loss does, and how near that comes to the gradient."""
    line = st.container(horizontal=True, vertical_alignment="bottom")
    row_picker(view, "nudge", line)
    class_picker(view, "nudge", line)
    _size(line, view)
    (one,) = nudged(at.case, at.row, at.column, (view.descent.nudge,))
    if not one.whole:
        st.caption(
            tr(
                "This batch is too large to run again for each nudge. L is the part of {row} "
                "alone; the other rows' parts do not change.",
                row=at.row_name,
            )
        )
    left, right = st.columns([2, 3], gap="large")
    left.html(_measured(one, at))
    with right:
        st.html(f"<p>{escape(_said(one, at))}</p>")
        close_up(one, nudged(at.case, at.row, at.column, tuple(k * one["size"] for k in NEAR)))
    made = nudged(at.case, at.row, at.column)
    if any(isfinite(one["slope"]) and (one["slope"] or one["gradient"]) for one in made):
        label = tr("How small should h be? From 1 to 1e−8")
        folded(label, "gradient-sizes", partial(_sizes, made))


def _size(line: st.delta_generator.DeltaGenerator, view: View) -> None:
    size = view.descent.nudge
    line.segmented_control(
        tr("Size of the nudge, h"),
        OFFERED,
        default=size if size in OFFERED else None,
        format_func=figure,
        key=state.key(f"nudge-offered-{size}"),
        on_change=_resize,
        args=(f"nudge-offered-{size}",),
    )
    line.number_input(
        tr("h, typed"),
        min_value=1e-12,
        max_value=10.0,
        value=size,
        format="%g",
        step=None,
        key=state.key(f"nudge-typed-{size}"),
        on_change=_resize,
        args=(f"nudge-typed-{size}",),
    )


def _resize(name: str) -> None:
    chosen, view = state.value(name), state.current()
    state.act()
    if chosen:
        state.show(view.replace(descent=view.descent.replace(nudge=float(chosen))))


def _measured(one: Nudge, at: Place) -> str:
    logit = "z"
    losses = [figure(one[key], DIGITS) for key in ("below", "at", "above")]
    slopes = [figure(one[key], DIGITS) for key in ("slope", "gradient", "apart")]
    names = [f"L({logit} − h)", f"L({logit})", f"L({logit} + h)"]
    others = [tr("measured slope"), tr("gradient"), tr("difference")]
    lines = list(zip([*names, *others], [*losses, *slopes], strict=True))
    caption = tr(
        "Class {name} of {row}: z = {logit}, h = {size}",
        name=at.name(at.column),
        row=at.row_name,
        logit=figure(one["logit"]),
        size=shown(one["size"]),
    )
    return table(caption, (tr("number"), tr("value")), lines)


def _said(one: Nudge, at: Place) -> str:
    name = at.name(at.column)
    if not isfinite(one["slope"]):
        return tr(
            "The loss is not a finite number beside the logit of class {name}, so there is no "
            "slope to measure.",
            name=name,
        )
    rise = one["above"] - one["at"]
    done = {"name": name, "size": shown(one["size"]), "by": figure(abs(rise), 8)}
    if rise > 0:
        then = words(
            "Raise the logit of class {name} by {size} and the loss rises by {by}.", **done
        )
    elif rise < 0:
        then = words(
            "Raise the logit of class {name} by {size} and the loss falls by {by}.", **done
        )
    else:
        then = words(
            "Raise the logit of class {name} by {size} and the loss does not change.", **done
        )
    slope = words(
        "From −h to +h, divided by 2h, that is a slope of {slope}; the gradient says {gradient}.",
        slope=figure(one["slope"], 8),
        gradient=figure(one["gradient"], 8),
    )
    return tr(joined([then, slope]))


def _sizes(made: tuple[Nudge, ...]) -> None:
    lines = [
        (
            shown(one["size"]),
            figure(one["slope"], DIGITS),
            figure(abs(one["apart"]), 6),
            figure(abs(one["bend"]), 6),
            figure(one["rounding"], 6),
        )
        for one in made
    ]
    left, right = st.columns([8, 5], gap="medium")
    left.html(
        table(
            tr("From h = 1 to 1e−8"),
            (
                "h",
                tr("measured slope"),
                tr("difference"),
                tr("the bend, h²"),
                tr("rounding, 1/h"),
            ),
            lines,
        )
    )
    with right:
        valley(made)
    st.markdown(_why(made))


def _why(made: tuple[Nudge, ...]) -> str:
    first = made[0]
    known = [one for one in made if isfinite(one["apart"])]
    best = shown(min(known, key=lambda one: abs(one["apart"]))["size"])
    if abs(first["bend"]) <= first["rounding"]:
        return tr(
            "The curve bends to one side as much as to the other here, or not at all, so that only "
            "rounding is left. It grows as h shrinks: the last digits of the two losses are "
            "divided by h. Of these sizes {best} comes closest.",
            best=best,
        )
    return tr(
        "A tenth of h makes a hundredth of the difference: measured to both sides, most of the "
        "curve's bend cancels, and what is left shrinks like h². That ends where the two losses "
        "are so close that their last digits, divided by h, are all that is seen. Of these sizes "
        "{best} comes closest.",
        best=best,
    )


def shown(size: float) -> str:
    """A size as one writes it: 1e−5, not 1.00e−5."""
    return figure(size).replace(".00e", "e").replace(",00e", "e")
