"""The log of softmax falls away from log-softmax: a chart along the gap between two logits."""

import numpy as np
import streamlit as st

from ui.figures import figure
from ui.plot import Axis, Curve, Mark, Upright, chart
from ui.stability.cached import gap_curves, reached
from ui.view import View
from ui.words import tr


def along(view: View) -> None:
    """Both logs of the smaller of two logits, up to where the first is −inf."""
    st.subheader(tr("The log of softmax, against log-softmax"))
    both = gap_curves(view.dtype)
    stays, breaks = float(both.gap[-1]), figure(both.breaks)
    st.markdown(
        tr(
            "Two logits, 0 and −gap. In {dtype}, softmax stores the smaller probability as 0 from "
            "the gap {gap} on, and the log of 0 is −inf. A little before, few digits of the "
            "probability are left, and its log moves in steps. Log-softmax goes on in a straight "
            "line: it never stores the probability.",
            dtype=view.dtype,
            gap=breaks,
        )
    )
    marks: list[Mark] = [
        Curve(both.gap, both.log_softmax, "probs", "log_softmax", dash=True),
        Curve(
            both.gap,
            np.where(np.isfinite(both.of_softmax), both.of_softmax, np.nan),
            "loss",
            "log(softmax)",
        ),
        Upright(both.breaks, tr("−inf from {gap}", gap=breaks)),
    ]
    own = reached(view.case).get("largest gap")
    low = float(both.gap[0])
    if own is not None and low <= own <= stays:
        marks.append(Upright(own, tr("your largest gap, {gap}", gap=figure(own)), "logits"))
    chart(
        marks,
        Axis(tr("gap between the two logits"), low, stays),
        Axis(tr("log-probability of the smaller one"), -stays, -low),
        alt=tr(
            "In {dtype} the log of softmax follows log-softmax down to a gap of about {gap}, in "
            "steps near its end, and is minus infinity beyond.",
            dtype=view.dtype,
            gap=breaks,
        ),
    )
    if own is not None and not low <= own <= stays:
        said = (
            tr("The largest gap in your numbers, {gap}, is below what is drawn.", gap=figure(own))
            if own < low
            else tr(
                "The largest gap in your numbers, {gap}, is beyond it: −inf by log(softmax).",
                gap=figure(own),
            )
        )
        st.caption(said)
