"""Three formulas that are equal on paper, at larger and larger logits."""

from math import isfinite

import streamlit as st

from ce_core.stability import EQUAL, keeps_digits
from ui.figures import digits
from ui.stability.cached import COMMON, formulas
from ui.stability.tables import cell, line, number, table
from ui.view import View

PLACES = 6  # significant digits: enough to see what is lost


def three(view: View) -> None:
    """What each formula gives for the logits [v, v]."""
    st.subheader("Three equal formulas")
    st.markdown(
        "For two equal logits the loss is ln 2 = 0.693147, however large they are. Log-sum-exp "
        "adds the largest logit back before the target's is subtracted, and beside a large number "
        "the small one loses its digits."
    )
    found = formulas(view.dtype)
    lines = [
        line(one.title, [_value(float(value)) for value in found[one.key]], one.torch)
        for one in EQUAL
    ]
    heads = [f"v = {v:,.0f}" for v in COMMON]
    table(f"The loss of [v, v] in {view.dtype}", ("formula", *heads), lines)
    if all(keeps_digits(float(value)) for values in found.values() for value in values):
        st.caption(f"{view.dtype} holds all of these well. Choose float32 to see digits go.")


def _value(value: float) -> str:
    if not isfinite(value):
        return number(value)
    lost = not keeps_digits(value)
    return cell(digits(value, PLACES) if value else "0", "digits lost" if lost else "", broken=lost)
