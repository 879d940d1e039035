"""The table in which a small case is edited in place: rows, classes, targets, weights, names."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ce_core import Case, CaseError
from ce_core.arrays import Array
from ce_core.words import joined, words
from ui import state
from ui.messages import NOTE, STOP, explain, plain
from ui.table import Tables, doubts, edited, read_case, tables
from ui.view import IGNORED, TARGET, View, letters, names_fault, positions
from ui.words import tr

MOST_ROWS, MOST_CLASSES = 60, 16


def editor(view: View) -> None:
    """Logits with a row per sample, the target in the same row, the weights beneath."""
    case = view.case
    if positions(case) > MOST_ROWS or case.classes > MOST_CLASSES:
        st.caption(
            tr(
                "This case has more than {rows} rows or {classes} classes, too large to type: "
                "paste it or upload a file.",
                rows=MOST_ROWS,
                classes=MOST_CLASSES,
            )
        )
        return
    made = state.remember("tables", lambda: tables(case, view.classes))
    _logits(made, view)
    if made.probabilities is not None:
        st.markdown(tr("**Target**: a probability for each class"))
        _grid("probabilities", made.probabilities, view)
    st.markdown(tr("**Weight** of each class"))
    _grid("weight", made.weight, view)
    _said("editor")
    _size(view)
    _names(view)


def _logits(made: Tables, view: View) -> None:
    st.markdown(
        tr("**Logits**: a score for each class")
        if view.case.soft
        else tr("**Logits**: a score for each class, and the class that is true")
    )
    _grid("logits", made.logits, view)


def _said(name: str) -> None:
    """Why an input could not be taken, and what in it could be meant in two ways."""
    message = state.told(name)
    if message:
        st.error(message, icon=STOP)
    read = state.told(f"{name}-read")
    if read:
        st.info(plain(tr(read)), icon=NOTE)


def _grid(name: str, frame: pd.DataFrame, view: View) -> None:
    columns = {
        label: st.column_config.TextColumn(label, alignment="right", width="small")
        for label in frame.columns
    }
    columns["_index"] = st.column_config.TextColumn(tr("row"), width="small", disabled=True)
    if TARGET in frame.columns:
        columns[TARGET] = st.column_config.SelectboxColumn(
            tr("target"),
            options=[*view.classes, IGNORED],
            required=True,
            width="small",
            format_func=_option,
        )
    if "weight" in frame.index:
        frame = frame.rename(index={"weight": tr("weight")})
    st.data_editor(
        frame,
        key=state.key(name),
        column_config=columns,
        on_change=_edit,
        width="stretch",
        alt=tr("Table of {what} to edit", what=name),
    )


def _option(name: str | float) -> str:
    return tr("ignored") if name == IGNORED else str(name)


def _edit() -> None:
    """Read all three tables, as they now are, into the case."""
    view = state.current()
    state.act()
    made: Tables = state.remember("tables", lambda: tables(view.case, view.classes))
    frames = {
        name: frame if frame is None else edited(frame, _edits(name))
        for name, frame in vars(made).items()
    }
    typed = Tables(**frames)
    _try(lambda: read_case(typed, view.case))
    state.tell("editor-read", joined(doubts(typed)))


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
    _button(more_rows, words("Add a row"), rows=1, off=rows_fixed)
    _button(fewer_rows, words("Remove last row"), rows=-1, off=rows_fixed or len(case.logits) < 2)
    _button(more, words("Add a class"), classes=1, off=case.classes >= MOST_CLASSES)
    _button(fewer, words("Remove last class"), classes=-1, off=case.classes < 2)


def _button(
    where: DeltaGenerator,
    label: str,
    *,
    off: bool,
    rows: int = 0,
    classes: int = 0,
) -> None:
    where.button(
        tr(label),
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
            words("a class that is some row's target cannot go"),
            words("the last class is a target"),
            words("Choose another target for its rows first."),
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
        tr("Class names, with commas between them"),
        value=", ".join(view.classes),
        key=state.key("names"),
        max_chars=600,
        on_change=_rename,
    )
    message = state.told("names")
    if message:
        st.error(plain(tr(message)), icon=STOP)


def _rename() -> None:
    view = state.current()
    state.act()
    names = tuple(name.strip() for name in (state.value("names") or "").split(",") if name.strip())
    count = view.case.classes
    if not names or names == letters(count):
        state.show(view.replace(names=()), renew=True)
    elif fault := names_fault(names, count):
        typed = ", ".join(names)
        state.tell("names", words("You typed {names}: {why}.", names=typed, why=fault))
    else:
        state.show(view.replace(names=names), renew=True)
