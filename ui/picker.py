"""Which row and which class are looked at; each part of a page can choose another."""

from collections.abc import Callable
from typing import Any
from zlib import crc32

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import state
from ui.place import row_label
from ui.view import View, asked_class, positions
from ui.words import tr

LISTED = 40  # more rows or classes than these are chosen by number
WIDTH = 240  # pixels of a picker that stands alone


def row_picker(view: View, where: str, box: DeltaGenerator | None = None) -> None:
    """The row, where there are several; by its target's name, or by number where they are many.

    Args:
        view: the view whose row it is.
        where: the part of the page, so that two parts may have a picker each.
        box: where to draw it; None draws it where the page is.
    """
    rows = positions(view.case)
    if rows > 1 and view.case.classes:
        _picker(box, f"{where}-row", tr("Row"), view.row, rows, lambda row: _row(view, row))


def class_picker(view: View, where: str, box: DeltaGenerator | None = None) -> None:
    """The class; of a row at first its target's."""
    column = asked_class(view.case, view.row) if view.column is None else view.column
    _picker(
        box,
        f"{where}-class",
        tr("Class"),
        column,
        view.case.classes,
        lambda k: view.classes[int(k)],
    )


def _row(view: View, row: int) -> str:
    label = row_label(view.case, row)
    if view.case.soft:
        return tr("row {row}", row=label)
    target = int(view.case.target.reshape(-1)[row])
    if target == view.case.ignore_index:
        return tr("row {row}, ignored", row=label)
    return tr("row {row}: {name}", row=label, name=view.classes[target])


def _picker(
    box: DeltaGenerator | None,
    name: str,
    label: str,
    chosen: int,
    count: int,
    words: Callable[[int], str],
) -> None:
    # The key holds the value, so that a choice made elsewhere on the page shows here as well. And
    # the labels: a browser goes on sending the one it had, which names nothing after an edit.
    labels = [words(k) for k in range(count)] if count <= LISTED else []
    key = state.key(f"{name}-{chosen}-{crc32('|'.join(labels).encode()):x}")
    on: dict[str, Any] = {
        "key": key,
        "on_change": _look,
        "args": (name, key),
        "width": "stretch" if box else WIDTH,
    }
    draw = box or st
    if count <= LISTED:
        draw.selectbox(label, range(count), index=chosen, format_func=words, **on)
    else:
        draw.number_input(
            tr("{label}, 0 to {last:,}", label=label, last=count - 1),
            min_value=0,
            max_value=count - 1,
            value=chosen,
            **on,
        )


def _look(name: str, key: str) -> None:
    chosen, view = state.at(key), state.current()
    state.act()
    if not isinstance(chosen, int):  # nothing, or a label that is gone
        return
    if name.endswith("-row"):
        if 0 <= chosen < positions(view.case):
            state.show(view.replace(row=chosen, column=None))
    else:
        state.visit({"class": str(chosen)})
