"""Three formulas that are equal on paper, at larger and larger logits."""

from math import isfinite

import streamlit as st

from ce_core.stability import EQUAL, LN2, keeps_digits
from ui.figures import digits
from ui.stability.cached import COMMON, formulas
from ui.stability.tables import cell, line, number, table
from ui.view import View
from ui.words import tr

PLACES = 6  # significant digits: enough to see what is lost


def three(view: View) -> None:
    """What each formula gives for the logits [v, v]."""
    st.subheader(tr("Three equal formulas"))
    st.markdown(
        tr(
            "For two equal logits the loss is ln 2 = {ln2:.6f}, however large they are. "
            "Log-sum-exp adds the largest logit back before the target's is subtracted, and beside "
            "a large number the small one loses its digits.",
            ln2=LN2,
        )
    )
    found = formulas(view.dtype)
    lines = [
        line(tr(one.title), [_value(float(value)) for value in found[one.key]], one.torch)
        for one in EQUAL
    ]
    heads = [tr("v = {value:,.0f}", value=v) for v in COMMON]
    table(tr("The loss of [v, v] in {dtype}", dtype=view.dtype), (tr("formula"), *heads), lines)
    if all(keeps_digits(float(value)) for values in found.values() for value in values):
        st.caption(
            tr(
                "{dtype} holds all of these well. Choose float32 to see digits go.",
                dtype=view.dtype,
            )
        )


def _value(value: float) -> str:
    if not isfinite(value):
        return number(value)
    lost = not keeps_digits(value)
    word = tr("digits lost") if lost else ""
    return cell(digits(value, PLACES) if value else "0", word, broken=lost)
