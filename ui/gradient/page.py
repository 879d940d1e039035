"""The parts of the page in order; of an empty case, what can be said."""

import streamlit as st

from ce_core import Trace
from ui.figures import figure, listed
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
from ui.words import Words, joined, tr, words


def looked_at(view: View) -> Place | None:
    """The row and the class looked at; None, said on the page, where the case has none."""
    st.html(CSS)
    at = place(apart(view.case), view)
    if at.exists:
        return at
    none = words("This batch has no row, or no class, so there is no logit to push.")
    st.info(tr(joined([none, _loss(at.trace)])), icon=NOTE)
    return None


def _loss(trace: Trace) -> Words:
    if trace.case.reduction == "none":
        return words("The list of its losses holds no number to go down from.")
    return words("Its loss is {loss}.", loss=figure(float(trace.answer)))


def loss_line(at: Place) -> None:
    """The loss that the gradient belongs to."""
    case = at.case
    if case.reduction == "none":
        rows = at.trace["losses"].rows
        losses = listed(rows[:6].tolist()) + (", …" if len(rows) > 6 else "")
        st.markdown(
            tr("The losses are {losses}; the gradient is that of their sum.", losses=losses)
        )
        return
    loss = figure(float(at.trace.answer))
    if case.reduction == "mean":
        st.markdown(tr("The mean loss is {loss}.", loss=loss))
    else:
        st.markdown(tr("The sum of the losses is {loss}.", loss=loss))


def everything(view: View, at: Place) -> None:
    """The sections, each with its question."""
    loss_line(at)
    st.header(tr("Where is each logit pushed?"))
    mirror(view, at.trace, at)
    batch(at.trace, at)
    st.header(tr("What a weight does to the step, and what it does not"))
    weighing(view, at)
    st.subheader(tr("“I set a weight, and nothing changed.”"))
    one_sample()
    st.header(tr("A few steps down"))
    walking(view, at)
    st.header(tr("Is that really the slope?"))
    nudging(view, at)
