"""A class that weighs 0 beside one that is ignored: the same until something is smoothed."""

import streamlit as st

from ce_core.targets.weightless import ROW, silenced
from ui.figures import figure
from ui.targets.table import table
from ui.words import tr


def weightless() -> None:
    """One small batch, its background silenced in both ways."""
    st.subheader(tr("A class that weighs 0 is not quite ignored"))
    st.markdown(
        tr(
            "Without smoothing a weight of 0 does the same to a class's rows as ignore_index: they "
            "cost 0 and add 0 to what the mean divides by. With smoothing such a row still pays "
            "for the other classes' shares, at their weights, and no row pays for the share of the "
            "class that weighs 0. And 0 times an infinite cost is nan."
        )
    )
    lines = []
    for one in silenced():
        pair = (one.weightless, one.ignored)
        rows = (figure(float(trace["losses"].rows[ROW])) for trace in pair)
        means = (figure(float(trace.answer)) for trace in pair)
        lines.append((tr(one.title), *rows, *means))
    table(
        tr("Three samples, the last of the class background: the loss of its row, and the mean"),
        (
            tr("batch"),
            tr("its row, weight 0"),
            tr("its row, ignored"),
            tr("mean, weight 0"),
            tr("mean, ignored"),
        ),
        lines,
    )
