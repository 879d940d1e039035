"""What the chosen weights do: for one sample, for a whole class, and to the case on the page."""

from functools import partial

import streamlit as st

from ui import state
from ui.choose.listing import joined_texts
from ui.choose.made import Made
from ui.figures import figure
from ui.plot import Bars, bars
from ui.view import View
from ui.words import tr, words


def effect(made: Made) -> None:
    """Bars of what one sample weighs, and what a whole class does."""
    one = made.chosen
    st.header(tr("What the weights do"))
    if one.weights is None or one.carried is None:
        title = words(one.scheme.title)
        st.markdown(tr("**{title}** has no weights for these counts: see the table.", title=title))
        return
    sample, whole = st.columns(2, gap="large")
    with sample:
        st.markdown(tr("**One sample of the class weighs**"))
        bars(made.names, [Bars("", list(one.weights), "weight")], alt=_alt(made, whole=False))
    with whole:
        st.markdown(tr("**All samples of the class together weigh**"))
        bars(
            made.names,
            [Bars("", list(one.carried), "weight", hatched=True)],
            alt=_alt(made, whole=True),
        )
    st.caption(
        tr(
            "Together is the weight times the count. Where these bars are level, every class has "
            "as much to say as every other."
        )
    )


def _alt(made: Made, *, whole: bool) -> str:
    values = made.chosen.carried if whole else made.chosen.weights
    if values is None:
        return ""
    pairs = zip(made.names, values, strict=True)
    parts = joined_texts([f"{name} {figure(value)}" for name, value in pairs][:20])
    if whole:
        return tr("All samples of a class together weigh: {parts}.", parts=parts)
    return tr("One sample weighs: {parts}.", parts=parts)


def use(view: View, made: Made) -> None:
    """The case on the page, and a button that puts the weights into it."""
    st.header(tr("The case on this page"))
    weights = made.chosen.weights
    if weights is None:
        return
    if view.case.classes != len(weights):
        st.caption(
            tr(
                "The case below has {classes:,} classes and there are {count:,} counts, so these "
                "weights cannot be put into it.",
                classes=view.case.classes,
                count=len(weights),
            )
        )
        return
    used = view.case.weight is not None and bool((view.case.weight == weights).all())
    st.button(
        tr("These weights are in the case below")
        if used
        else tr("Use these weights in the case below"),
        key=state.key("use-weights"),
        disabled=used,
        on_click=partial(_put, tuple(weights.tolist())),
    )


def _put(weights: tuple[float, ...]) -> None:
    view = state.current()
    case = view.case.replace(weight=weights)
    state.show(view.with_case(case))
    state.refresh("tables", "weight")
