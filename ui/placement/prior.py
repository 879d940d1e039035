"""Is the prior ignored, since its log is a constant? The gradient without it and with it."""

import numpy as np
import streamlit as st

from ce_core.placement import Ignored, all_equal, weight_fault
from ui.figures import figure
from ui.picker import row_picker
from ui.place import row_label
from ui.placement.compute import ignored
from ui.placement.names import SHOWN, few
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
        why = weight_fault(case.inputs["weight"])
        st.markdown(
            f"Here the loss with a prior is {figure(found.within)}, so there is nothing to compare."
            + (f" {why}" if why else "")
        )
        return
    st.markdown(_told(found, equal=all_equal(case.inputs["weight"])))
    row_picker(view, "prior")
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


def _told(found: Ignored, *, equal: bool) -> str:
    """What q does to the loss and to its gradients."""
    without, within = figure(found.without), figure(found.within)
    if equal:
        return f"All weights are equal, so q cancels: with it and without, the loss is {within}."
    return (
        f"On these numbers the loss is {without} without q and **{within}** with it, and a "
        f"gradient differs by up to **{figure(found.largest)}**."
    )
