"""The row of the case that a part of the page looks at, and which of its classes are drawn."""

import streamlit as st

from ce_core import Case
from ce_core.targets.row import row_of
from ui import state
from ui.messages import NOTE, plain
from ui.place import row_label
from ui.view import View, asked_class, positions

MOST_CLASSES = 10  # drawn side by side


def at_row(view: View) -> int | None:
    """The row looked at, with a field to look at another; None where there is no row to look at."""
    rows = positions(view.case)
    if not rows or not view.case.classes:
        st.info("This case has no row to look at: it has no samples or no classes.", icon=NOTE)
        return None
    row = min(view.row, rows - 1)
    if rows > 1:
        key = f"targets-row-{row}"  # the key holds the row, so that another link shows here, too
        st.number_input(
            f"Row, 0 to {rows - 1:,}",
            min_value=0,
            max_value=rows - 1,
            value=row,
            key=key,
            on_change=_look,
            args=(key,),
            width=200,
        )
    return row


def _look(key: str) -> None:
    state.show(state.current().replace(row=int(state.at(key)), column=None))


def one_row(view: View, row: int) -> Case:
    """The row as a case of its own."""
    return row_of(view.case, row)


def called(view: View, row: int) -> str:
    """The row in words: "row 3", or "row (0, 1, 1)" of a picture."""
    return f"row {row_label(view.case, row)}"


def drawn(view: View, row: int) -> tuple[int, ...]:
    """The classes to draw: all of them, or the first ones and the one that the row asks for."""
    count = view.case.classes
    if count <= MOST_CLASSES:
        return tuple(range(count))
    asked = asked_class(view.case, row)
    return tuple(sorted({*range(MOST_CLASSES - 1), max(asked, MOST_CLASSES - 1)}))


def folded(view: View, shown: tuple[int, ...]) -> None:
    """How many classes are not drawn."""
    left = view.case.classes - len(shown)
    if left:
        st.caption(f"{left:,} more classes are not drawn; they are in every sum.")


def name(view: View, number: int) -> str:
    """A class's name for Markdown."""
    return plain(view.classes[number])


def is_ignored(case: Case) -> bool:
    """Whether a case of one row has that row ignored."""
    return not case.soft and bool((case.target == case.ignore_index).all())
