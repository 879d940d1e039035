"""A large case at a glance: how the losses spread, and the rows that cost most."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from ui import state
from ui.compute import traced
from ui.figures import figure
from ui.palette import CONCEPT, template
from ui.place import row_label
from ui.view import View, positions
from ui.words import tr

MANY = 60  # rows; fewer can be looked at one by one
WORST = 5
BINS = 40


def overview(view: View) -> None:
    """The spread of the losses and the rows with the largest ones, for a case of many rows.

    Before a room the lesson stands alone.
    """
    if view.present or positions(view.case) <= MANY:
        return
    losses = traced(view.case)["losses"].rows
    finite = losses[np.isfinite(losses)]
    st.header(tr("All {count:,} rows", count=len(losses)))
    spread, worst = st.columns([3, 2], gap="large")
    with spread:
        st.plotly_chart(
            _histogram(finite),
            theme=None,
            config={"displayModeBar": False},
            key="overview",
            alt=tr("Histogram of the weighted losses of {count:,} rows", count=len(finite)),
        )
        if len(finite) < len(losses):
            apart = len(losses) - len(finite)
            st.caption(tr("{count:,} rows have a loss of ∞ or nan.", count=apart))
    with worst:
        st.markdown(f"**{tr('The rows that cost most')}**")
        order = np.argsort(np.where(np.isnan(losses), np.inf, losses), kind="stable")
        for row in order[::-1][:WORST]:
            label = tr(
                "row {row}: {loss}",
                row=row_label(view.case, int(row)),
                loss=figure(float(losses[row])),
            )
            st.button(label, key=f"worst-{row}", on_click=_look, args=(int(row),))


def _look(row: int) -> None:
    state.show(state.current().replace(row=row, column=None))


def _histogram(losses: np.ndarray) -> go.Figure:
    counts, edges = np.histogram(losses, bins=BINS)
    dark = st.context.theme.type == "dark"
    bars = go.Bar(
        x=(edges[:-1] + edges[1:]) / 2,
        y=counts,
        width=np.diff(edges),
        marker_color=CONCEPT["loss"].colour(dark=dark),
        marker_line_width=0,
    )
    layout = go.Layout(
        template=template(dark=dark),
        height=260,
        xaxis_title=tr("weighted loss"),
        yaxis_title=tr("rows"),
        bargap=0,
    )
    return go.Figure(bars, layout)
