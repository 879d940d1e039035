"""The row of the case that a part of the page looks at, and which of its classes are drawn."""

import streamlit as st

from ce_core import Case
from ce_core.targets.row import row_of
from ui.compute import LARGE
from ui.header import embedded
from ui.messages import NOTE, plain
from ui.picker import row_picker
from ui.place import row_label
from ui.view import View, asked_class, positions
from ui.words import Words, tr, words

MOST_CLASSES = 10  # drawn side by side


def at_row(view: View) -> int | None:
    """The row looked at, with a field to look at another; None where there is no row to look at."""
    rows = positions(view.case)
    if not rows or not view.case.classes:
        st.info(tr("This case has no row to look at: it has no samples or no classes."), icon=NOTE)
        return None
    row_picker(view, "targets")
    return view.row


def one_row(view: View, row: int) -> Case:
    """The row as a case of its own."""
    return row_of(view.case, row)


def called(view: View, row: int) -> Words:
    """The row in words: "row 3", or "row (0, 1, 1)" of a picture."""
    return words("row {row}", row=row_label(view.case, row))


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
        st.caption(tr("{count:,} more classes are not drawn; they are in every sum.", count=left))


def other_numbers(said: Words) -> None:
    """Say that a part has numbers of its own, not those of the case whose answers stand above."""
    if not embedded():  # there the case's answers are not drawn
        st.caption(tr(said))


def too_large(what: Words, most: int = LARGE) -> None:
    """Say what is not computed for a case of so many numbers."""
    st.caption(tr("{what}: this case has more than {most:,} logits.", what=what, most=most))


def name(view: View, number: int) -> str:
    """A class's name for Markdown."""
    return plain(view.classes[number])


def is_ignored(case: Case) -> bool:
    """Whether a case of one row has that row ignored."""
    return not case.soft and bool((case.target == case.ignore_index).all())
