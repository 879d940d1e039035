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
from ui.words import tr


def prior_counts(view: View) -> None:
    """The claim that log q is a constant, and what the numbers say."""
    st.header(tr("Is the prior ignored, because log q is a constant?"))
    case = view.case
    if not positions(case) or not case.classes:
        st.markdown(tr("This case has no row, so there is no gradient to compare."))
        return
    row = min(view.row, positions(case) - 1)
    found = ignored(case, row)
    st.markdown(
        tr(
            "In the numerator it is: {log} has no gradient. But every {part} also stands in the "
            "sum below, beside its {exp}, and the sum is in every gradient.",
            log=r"$\log q_y$",
            part="$q_j$",
            exp="$e^{z_j}$",
        )
    )
    if not np.isfinite(found.within):
        why = weight_fault(case.inputs["weight"])
        none = tr(
            "Here the loss with a prior is {loss}, so there is nothing to compare.",
            loss=figure(found.within),
        )
        st.markdown(none + (f" {tr(why)}" if why else ""))
        return
    st.markdown(_told(found, equal=all_equal(case.inputs["weight"])))
    row_picker(view, "prior")
    names, kept = few(view.classes, found.gradient_within)
    bars(
        names,
        [
            Bars(tr("without q"), found.gradient_without[kept].tolist(), "logits"),
            Bars(tr("with q"), found.gradient_within[kept].tolist(), "logits", hatched=True),
        ],
        alt=tr(
            "Gradient of the loss at row {row}, without and with the prior, for {count} classes.",
            row=row_label(case, row),
            count=len(names),
        ),
        height=200,
    )
    largest = tr("The {count} classes with the largest.", count=SHOWN)
    said = tr(
        "Gradient with respect to the logits of row {row}. A logit with a negative gradient is "
        "raised by a step.",
        row=row_label(case, row),
    )
    st.caption(f"{said} {largest}" if len(kept) < case.classes else said)


def _told(found: Ignored, *, equal: bool) -> str:
    """What q does to the loss and to its gradients."""
    without, within = figure(found.without), figure(found.within)
    if equal:
        return tr(
            "All weights are equal, so q cancels: with it and without, the loss is {loss}.",
            loss=within,
        )
    return tr(
        "On these numbers the loss is {without} without q and **{within}** with it, and a "
        "gradient differs by up to **{apart}**.",
        without=without,
        within=within,
        apart=figure(found.largest),
    )
