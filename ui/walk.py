"""The walk from the logits to the loss: the ledger, and what a case needs around it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import state
from ui.compute import traced
from ui.figures import latex
from ui.header import embedded
from ui.ledger.component import ledger
from ui.ledger.payload import MOST_CLASSES, MOST_ROWS
from ui.messages import NOTE
from ui.palette import coloured
from ui.place import Place, place
from ui.view import View, positions
from ui.words import tr
from ui.words.formulas import formula_words


def walk(view: View) -> None:
    """Every step of the case; of an empty one, what is left of it."""
    at = place(traced(view.case), view)
    if at.exists:
        looked_at(at)
        if at.case.single and not (embedded() or view.present):  # a lesson has no room for it
            st.caption(
                tr(
                    "These logits are one sample without a batch axis. The lines of torch see it "
                    "as a batch of one, logits.unsqueeze(0)."
                )
            )
        ledger(at, view)
    else:
        nothing(at)


def looked_at(at: Place) -> None:
    """Any row and any class by its number, where the ledger cannot hold them all."""
    rows, classes = positions(at.case), at.case.classes
    line = st.container(horizontal=True)
    if rows > MOST_ROWS:
        _number(line, "row", tr("Row, 0 to {last:,}", last=rows - 1), at.row, rows)
    if classes > MOST_CLASSES:
        _number(line, "class", tr("Class, 0 to {last:,}", last=classes - 1), at.column, classes)


def _number(line: DeltaGenerator, name: str, label: str, at: int, count: int) -> None:
    # the key holds the value, so that going there in the ledger shows here as well
    key = f"look-{name}-{at}"
    line.number_input(
        label,
        min_value=0,
        max_value=count - 1,
        value=at,
        key=key,
        on_change=_look,
        args=(name, key),
    )


def _look(name: str, widget: str) -> None:
    if name == "row":
        state.show(state.current().replace(column=None))
    state.visit({name: str(state.at(widget))})


def nothing(at: Place) -> None:
    """A batch without rows: its sums and its mean."""
    st.info(tr("This batch is empty, so there is no row to look at."), icon=NOTE)
    for step in at.trace:
        if step.output.ndim == 0:
            formula = coloured(
                formula_words(step.rule.formula), dark=st.context.theme.type == "dark"
            )
            st.latex(rf"{formula} = {latex(float(step.output))}")
            st.caption(tr(step.rule.why))
