"""Is the prior ignored, since its log is a constant? The gradient without it and with it."""

import numpy as np
import streamlit as st

from ui.figures import figure
from ui.place import row_label
from ui.placement.compute import ignored
from ui.placement.names import SHOWN, few, row_field
from ui.plot import Bars, bars
from ui.view import View, positions


def prior_counts(view: View) -> None:
    """The claim that log q is a constant, and what the numbers say."""
    st.header("Is the prior ignored, because log q is a constant?")
    case = view.case
    if not positions(case) or not case.classes:
        st.markdown("This case has no row, so there is no gradient to compare.")
        return
    row = min(view.row, positions(case) - 1)
    found = ignored(case, row)
    st.markdown(
        r"In the numerator it is: $\log q_y$ has no gradient. But every $q_j$ also stands in the "
        "sum below, beside its $e^{z_j}$, and the sum is in every gradient."
    )
    if not np.isfinite(found.within):
        st.markdown(
            f"With these weights the loss with a prior is {figure(found.within)}, so there is "
            "nothing to compare: a prior needs weights above 0."
        )
        return
    same = found.largest == 0 and found.without == found.within
    end = "These weights are all equal, so here q cancels." if same else ""
    st.markdown(
        f"On these numbers the loss is {figure(found.without)} without q and "
        f"**{figure(found.within)}** with it, and a gradient differs by up to "
        f"**{figure(found.largest)}**. {end}"
    )
    row_field(view)
    names, kept = few(view.classes, found.gradient_within)
    bars(
        names,
        [
            Bars("without q", found.gradient_without[kept].tolist(), "logits"),
            Bars("with q", found.gradient_within[kept].tolist(), "logits", hatched=True),
        ],
        alt=f"Gradient of the loss at row {row_label(case, row)}, without and with the prior, for "
        f"{len(names)} classes.",
        height=200,
    )
    st.caption(
        f"Gradient with respect to the logits of row {row_label(case, row)}. A logit with a "
        "negative gradient is raised by a step."
        + (f" The {SHOWN} classes with the largest." if len(kept) < case.classes else "")
    )
