"""The log of softmax falls away from log-softmax: a chart along the gap between two logits."""

import numpy as np
import streamlit as st

from ui.figures import figure
from ui.plot import Axis, Curve, Mark, Upright, chart
from ui.stability.cached import gap_curves, reached
from ui.view import View


def along(view: View) -> None:
    """Both logs of the smaller of two logits, up to where the first is −inf."""
    st.subheader("The log of softmax, against log-softmax")
    both = gap_curves(view.dtype)
    stays = float(both.gap[-1])
    st.markdown(
        f"Two logits, 0 and −gap. In {view.dtype}, softmax stores the smaller probability as 0 "
        f"from the gap {figure(both.breaks)} on, and the log of 0 is −inf. A little before, few "
        "digits of the probability are left, and its log moves in steps. Log-softmax goes on in a "
        "straight line: it never stores the probability."
    )
    marks: list[Mark] = [
        Curve(both.gap, both.log_softmax, "probs", "log_softmax", dash=True),
        Curve(
            both.gap,
            np.where(np.isfinite(both.of_softmax), both.of_softmax, np.nan),
            "loss",
            "log(softmax)",
        ),
        Upright(both.breaks, f"−inf from {figure(both.breaks)}"),
    ]
    own = reached(view.case).get("largest gap")
    low = float(both.gap[0])
    if own is not None and low <= own <= stays:
        marks.append(Upright(own, f"your largest gap, {figure(own)}", "logits"))
    chart(
        marks,
        Axis("gap between the two logits", low, stays),
        Axis("log-probability of the smaller one", -stays, -low),
        alt=f"In {view.dtype} the log of softmax follows log-softmax down to a gap of about "
        f"{figure(both.breaks)}, in steps near its end, and is minus infinity beyond.",
    )
    if own is not None and not low <= own <= stays:
        side = "below what is drawn" if own < low else "beyond it: −inf by log(softmax)"
        st.caption(f"The largest gap in your numbers, {figure(own)}, is {side}.")
