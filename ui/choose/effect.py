"""What the chosen weights do: for one sample, for a whole class, and to the case on the page."""

from functools import partial

import streamlit as st

from ui import state
from ui.choose.made import Made
from ui.figures import figure
from ui.plot import Bars, bars
from ui.view import View


def effect(made: Made) -> None:
    """Bars of what one sample weighs, and what a whole class does."""
    one = made.chosen
    st.header("What the weights do")
    if one.weights is None or one.carried is None:
        st.markdown(f"**{one.scheme.title}** has no weights for these counts: see the table.")
        return
    sample, whole = st.columns(2, gap="large")
    with sample:
        st.markdown("**One sample of the class weighs**")
        bars(made.names, [Bars("", list(one.weights), "weight")], alt=_alt(made, whole=False))
    with whole:
        st.markdown("**All samples of the class together weigh**")
        bars(
            made.names,
            [Bars("", list(one.carried), "weight", hatched=True)],
            alt=_alt(made, whole=True),
        )
    st.caption(
        "Together is the weight times the count. Where these bars are level, every class has as "
        "much to say as every other."
    )


def _alt(made: Made, *, whole: bool) -> str:
    values = made.chosen.carried if whole else made.chosen.weights
    what = "All samples of a class together weigh" if whole else "One sample weighs"
    if values is None:
        return what
    parts = [f"{name} {figure(value)}" for name, value in zip(made.names, values, strict=True)]
    return f"{what}: {', '.join(parts[:20])}."


def use(view: View, made: Made) -> None:
    """The case on the page, and a button that puts the weights into it."""
    st.header("The case on this page")
    weights = made.chosen.weights
    if weights is None:
        return
    if view.case.classes != len(weights):
        st.caption(
            f"The case below has {view.case.classes:,} classes and there are {len(weights):,} "
            "counts, so these weights cannot be put into it."
        )
        return
    used = view.case.weight is not None and bool((view.case.weight == weights).all())
    st.button(
        "These weights are in the case below" if used else "Use these weights in the case below",
        key=state.key("use-weights"),
        disabled=used,
        on_click=partial(_put, tuple(weights.tolist())),
    )


def _put(weights: tuple[float, ...]) -> None:
    view = state.current()
    case = view.case.replace(weight=weights)
    state.show(view.with_case(case))
    state.refresh("tables", "weight")
