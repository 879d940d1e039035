"""The parts of the page in order; of an empty case, what can be said."""

import streamlit as st

from ce_core import Trace
from ui.figures import figure
from ui.gradient.batch import batch
from ui.gradient.computing import apart
from ui.gradient.lone import one_sample
from ui.gradient.mirror import CSS, mirror
from ui.gradient.nudging import nudging
from ui.gradient.walking import walking
from ui.gradient.weighing import weighing
from ui.messages import NOTE
from ui.place import Place, place
from ui.view import View


def looked_at(view: View) -> Place | None:
    """The row and the class looked at; None, said on the page, where the case has none."""
    st.html(CSS)
    at = place(apart(view.case), view)
    if at.exists:
        return at
    st.info(
        f"This batch has no row, or no class, so there is no logit to push. {_loss(at.trace)}",
        icon=NOTE,
    )
    return None


def _loss(trace: Trace) -> str:
    if trace.case.reduction == "none":
        return "The list of its losses holds no number to go down from."
    return f"Its loss is {figure(float(trace.answer))}."


def loss_line(at: Place) -> None:
    """The loss that the gradient belongs to."""
    case = at.case
    if case.reduction == "none":
        losses = [figure(float(loss)) for loss in at.trace["losses"].rows[:6]]
        more = ", …" if len(at.trace["losses"].rows) > len(losses) else ""
        st.markdown(f"The losses are {', '.join(losses)}{more}; the gradient is that of their sum.")
    else:
        name = {"mean": "mean loss", "sum": "sum of the losses"}[case.reduction]
        st.markdown(f"The {name} is {figure(float(at.trace.answer))}.")


def everything(view: View, at: Place) -> None:
    """The sections, each with its question."""
    loss_line(at)
    st.header("Where is each logit pushed?")
    mirror(view, at.trace, at)
    batch(at.trace, at)
    st.header("What a weight does to the step, and what it does not")
    weighing(view, at)
    st.subheader("“I set a weight, and nothing changed.”")
    one_sample()
    st.header("A few steps down")
    walking(view, at)
    st.header("Is that really the slope?")
    nudging(view, at)
