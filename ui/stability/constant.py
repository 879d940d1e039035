"""A constant added to all logits: the slider, numbers to try, and both chains for one row."""

from dataclasses import replace
from math import isfinite

import numpy as np
import streamlit as st

from ce_core.rule import CELL
from ce_core.stability import MUCH, Chains, number_type
from ce_core.trace import Step
from ui import state
from ui.compute import LARGE, size
from ui.figures import figure
from ui.place import row_label
from ui.slider import slider
from ui.stability.cached import broken_rows, row_chains
from ui.stability.settings import FARTHEST, TRIES
from ui.stability.tables import line as line_of
from ui.stability.tables import number, table
from ui.view import View, asked_class, positions

SHOWN = 5  # classes
UNDERFLOW = ("naive_exps", "naive_sum", "naive_probs")  # a 0 there is a loss of everything


def choose(view: View) -> None:
    """The constant, and the row looked at."""
    slider(
        "offset",
        "Constant v added to every logit",
        view.overflow.offset,
        -FARTHEST,
        FARTHEST,
        0.1,
        _take,
        help="On paper it changes no probability. The slider goes over powers of ten.",
        powers=True,
    )
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.pills(
        "Constants to try",
        TRIES,
        default=view.overflow.offset if view.overflow.offset in TRIES else None,
        format_func=_said,
        key=state.key("offset-try"),
        on_change=_try,
    )
    rows = positions(view.case)
    if rows > 1 and view.case.classes:
        right.number_input(
            "Row, counted from 0",
            min_value=0,
            max_value=rows - 1,
            value=min(view.row, rows - 1),
            key=state.key("offset-row"),
            on_change=_row,
        )


def _said(value: float) -> str:
    return f"{value:,.12g}".replace("-", "−")


def _take(view: View, value: float) -> View:
    return view.replace(overflow=replace(view.overflow, offset=value))


def _try() -> None:
    chosen = state.value("offset-try")
    state.act()
    if chosen is not None:
        state.show(_take(state.current(), float(chosen)))


def _row() -> None:
    chosen, view = state.value("offset-row"), state.current()
    state.act()
    if chosen is not None and 0 <= chosen < positions(view.case):
        state.show(view.replace(row=int(chosen), column=None))


def steps(view: View) -> None:
    """Both chains for the row, side by side, and what came of them."""
    if not positions(view.case) or not view.case.classes:
        st.info("There is no row or no class, so there is nothing to add a constant to.")
        return
    row = min(view.row, positions(view.case) - 1)
    both = row_chains(view.case, row, view.overflow.offset, view.dtype)
    columns = _columns(view, row)
    told = f"row {row_label(view.case, row)}, in {view.dtype}"
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("As the formula says it")
        _steps(both.naive, view, columns, f"Without the shift: {told}")
        st.markdown(_end(both, both.naive))
    with right:
        st.subheader("With the largest logit subtracted")
        _steps(both.shifted, view, columns, f"With the shift: {told}")
        st.markdown(_end(both, both.shifted))
    st.markdown(_verdict(view, both))


def _columns(view: View, row: int) -> list[int]:
    """The classes shown: the first ones, and the one looked at."""
    wanted = asked_class(view.case, row) if view.column is None else view.column
    shown = list(range(min(view.case.classes, SHOWN)))
    return shown if wanted in shown else [*shown[:-1], wanted]


def _steps(steps: tuple[Step, ...], view: View, columns: list[int], caption: str) -> None:
    lines = []
    for step in steps:
        values = step.output[0]
        cells = [values[c] for c in columns] if step.rule.axes is CELL else [values]
        drawn = [number(value, _word(step.key, float(value))) for value in cells]
        drawn += ["<td></td>"] * (len(columns) - len(cells))
        lines.append(line_of(step.rule.title, drawn, step.rule.torch))
    more = view.case.classes - len(columns)
    if more:
        caption = f"{caption}; {more:,} more classes are not shown"
    table(caption, ["step", *(view.classes[c] for c in columns)], lines)


def _word(key: str, value: float) -> str:
    return "too small" if value == 0 and key in UNDERFLOW else ""


def _end(both: Chains, steps: tuple[Step, ...]) -> str:
    """What came of the costs, by one of the chains."""
    off, costs = both.off(steps), steps[-1].output
    if isfinite(off):
        mark = "⚠" if off > MUCH else "✓"
        return f"**{mark} Every cost is a number, off by at most {figure(off)}.**"
    lost = int(np.count_nonzero(~np.isfinite(costs)))
    which = "The cost" if costs.size == 1 else f"{lost:,} of {costs.size:,} costs"
    return f"**⚠ {which} came out as inf or nan.**"


def _verdict(view: View, both: Chains) -> str:
    """What became of all rows, and of digits that no formula brings back."""
    kind = number_type(view.dtype)
    rows, told = positions(view.case), []
    if rows > 1 and size(view.case) <= LARGE:
        count = broken_rows(view.case, view.overflow.offset, view.dtype)
        told.append(
            f"Of {rows:,} rows, {count:,} {'breaks' if count == 1 else 'break'} without the shift "
            "and not with it."
        )
    if both.beyond:
        told.append(
            f"{view.dtype} ends at {figure(kind.largest)}: the logits themselves are inf now, and "
            "the shift subtracts inf from inf."
        )
    elif both.highest >= 1:
        told.append(
            f"Beside {figure(both.highest)}, {view.dtype} holds numbers "
            f"{figure(kind.spacing(both.highest))} apart, and the logits are rounded to them. "
            "What is lost there no formula brings back."
        )
    return " ".join(told)
