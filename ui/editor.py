"""The table in which a small case is edited in place: rows, classes, targets, weights, names."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ce_core import Case, CaseError
from ce_core.arrays import Array
from ui import state
from ui.messages import STOP, explain, plain
from ui.table import Tables, edited, read_case, tables
from ui.view import IGNORED, TARGET, View, letters, names_fault, positions

MOST_ROWS, MOST_CLASSES = 60, 16


def editor(view: View) -> None:
    """Logits with a row per sample, the target in the same row, the weights beneath."""
    case = view.case
    if positions(case) > MOST_ROWS or case.classes > MOST_CLASSES:
        st.caption(
            f"This case has more than {MOST_ROWS} rows or {MOST_CLASSES} classes, too large to "
            "type: paste it or upload a file."
        )
        return
    made = state.remember("tables", lambda: tables(case, view.classes))
    _logits(made, view)
    if made.probabilities is not None:
        st.markdown("**Target**: a probability for each class")
        _grid("probabilities", made.probabilities, view)
    st.markdown("**Weight** of each class")
    _grid("weight", made.weight, view)
    message = state.told("editor")
    if message:
        st.error(message, icon=STOP)
    _size(view)
    _names(view)


def _logits(made: Tables, view: View) -> None:
    words = "a score for each class" + ("" if view.case.soft else ", and the class that is true")
    st.markdown(f"**Logits**: {words}")
    _grid("logits", made.logits, view)


def _grid(name: str, frame: pd.DataFrame, view: View) -> None:
    columns = {
        label: st.column_config.TextColumn(label, alignment="right", width="small")
        for label in frame.columns
    }
    columns["_index"] = st.column_config.TextColumn("row", width="small", disabled=True)
    if TARGET in frame.columns:
        columns[TARGET] = st.column_config.SelectboxColumn(
            TARGET, options=[*view.classes, IGNORED], required=True, width="small"
        )
    st.data_editor(
        frame,
        key=state.key(name),
        column_config=columns,
        on_change=_edit,
        width="stretch",
        alt=f"Table of {name} to edit",
    )


def _edit() -> None:
    """Read all three tables, as they now are, into the case."""
    view = state.current()
    state.act()
    made: Tables = state.remember("tables", lambda: tables(view.case, view.classes))
    frames = {
        name: frame if frame is None else edited(frame, _edits(name))
        for name, frame in vars(made).items()
    }
    _try(lambda: read_case(Tables(**frames), view.case))


def _edits(name: str) -> dict[int, dict[str, object]]:
    typed = state.value(name) or {}
    rows: dict[int, dict[str, object]] = typed.get("edited_rows", {})
    return rows


def _try(make: Callable[[], Case], *, renew: bool = False) -> None:
    try:
        case = make()
    except CaseError as problem:
        state.tell("editor", explain(problem))
    else:
        state.show(state.current().with_case(case), renew=renew)


def _size(view: View) -> None:
    """Rows and classes, one more or one less."""
    case = view.case
    rows_fixed = case.logits.ndim != 2
    more_rows, fewer_rows, more, fewer = st.columns(4)
    _button(more_rows, "Add a row", rows=1, off=rows_fixed)
    _button(fewer_rows, "Remove last row", rows=-1, off=rows_fixed or len(case.logits) < 2)
    _button(more, "Add a class", classes=1, off=case.classes >= MOST_CLASSES)
    _button(fewer, "Remove last class", classes=-1, off=case.classes < 2)


def _button(
    where: DeltaGenerator,
    label: str,
    *,
    off: bool,
    rows: int = 0,
    classes: int = 0,
) -> None:
    where.button(
        label,
        key=state.key(label),
        disabled=off,
        width="stretch",
        on_click=_resize,
        args=(rows, classes),
    )


def _resize(rows: int, classes: int) -> None:
    state.act()
    view = state.current()
    _try(lambda: _grown(view.case, rows, classes), renew=True)
    if classes and view.names and state.current() is not view:
        added = [name for name in letters(len(view.names) + 1) if name not in view.names]
        names = (*view.names, added[-1]) if classes > 0 else view.names[:-1]
        state.show(state.current().replace(names=names), renew=True)


def _grown(case: Case, rows: int, classes: int) -> Case:
    """The case with a row or a class more (zeros, target the first class, weight 1) or less."""
    axis = 0 if case.single else 1
    logits, target, weight = case.logits, case.target, case.weight
    if rows:
        logits = _resized(logits, rows, 0)
        target = _resized(target, rows, 0)
    if classes < 0 and not case.soft and (target == case.classes - 1).any():
        raise CaseError(
            "target",
            "a class that is some row's target cannot go",
            "the last class is a target",
            "Choose another target for its rows first.",
        )
    if classes:
        logits = _resized(logits, classes, axis)
        target = _resized(target, classes, axis) if case.soft else target
        weight = None if weight is None else _resized(weight, classes, 0, fill=1.0)
    return case.replace(logits=logits, target=target, weight=weight)


def _resized(array: Array, change: int, axis: int, fill: float = 0) -> Array:
    if change < 0:
        return np.take(array, range(array.shape[axis] + change), axis=axis)
    shape = (*array.shape[:axis], change, *array.shape[axis + 1 :])
    return np.concatenate([array, np.full(shape, fill, dtype=array.dtype)], axis=axis)


def _names(view: View) -> None:
    st.text_input(
        "Class names, with commas between them",
        value=", ".join(view.classes),
        key=state.key("names"),
        max_chars=600,
        on_change=_rename,
    )
    message = state.told("names")
    if message:
        st.error(message, icon=STOP)


def _rename() -> None:
    view = state.current()
    state.act()
    names = tuple(name.strip() for name in (state.value("names") or "").split(",") if name.strip())
    count = view.case.classes
    if not names or names == letters(count):
        state.show(view.replace(names=()), renew=True)
    elif fault := names_fault(names, count):
        state.tell("names", plain(f"{fault[0].upper()}{fault[1:]}. You typed {', '.join(names)}."))
    else:
        state.show(view.replace(names=names), renew=True)
