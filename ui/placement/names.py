"""Which row and which classes are looked at: a field for one, a limit for the others."""

import numpy as np
import streamlit as st

from ui import state
from ui.view import View, positions

SHOWN = 10  # classes with bars


def few(names: tuple[str, ...], values: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The classes to draw: all, or those whose values are largest, in their order."""
    kept = np.arange(len(values))
    if len(values) > SHOWN:
        size = np.nan_to_num(np.abs(values))
        kept = np.sort(np.argsort(-size, kind="stable")[:SHOWN])
    return [names[k] for k in kept], kept


def row_field(view: View) -> None:
    """Which row is looked at, where there are several."""
    rows = positions(view.case)
    if rows < 2:
        return
    st.number_input(
        f"Row, 0 to {rows - 1:,}",
        min_value=0,
        max_value=rows - 1,
        value=min(view.row, rows - 1),
        step=1,
        key=state.key(f"placement-row-{rows}"),
        on_change=_look,
        args=(rows,),
        width=200,
    )


def _look(rows: int) -> None:
    row = state.value(f"placement-row-{rows}")
    if row is None:
        state.act()
        return
    state.show(state.current().replace(row=int(row), column=None))
