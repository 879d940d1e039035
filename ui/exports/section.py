"""The case on the screen to take along: buttons that make the files, and how they begin."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ce_core.exports import notebook, program, table
from ce_core.trace import Trace
from ui import link
from ui.compute import traced
from ui.download import download
from ui.exports.derivation import derivation
from ui.place import place
from ui.teach.site import own_site
from ui.view import View

Make = Callable[[Trace, View, str], str]


@dataclass(frozen=True)
class Export:
    """One kind of file.

    Attributes:
        key: its name among the page's inputs.
        label: what the button says.
        ending: of the file's name.
        kind: its media type.
        note: what it is for.
        make: its text from the trace, the view and the link to it ("" where none holds the case).
    """

    key: str
    label: str
    ending: str
    kind: str
    note: str
    make: Make


EXPORTS = (
    Export(
        "notebook",
        "Jupyter notebook",
        ".ipynb",
        "application/x-ipynb+json",
        "each step's formula, its NumPy and its torch, and a check that they agree; needs Python "
        "3.11 or newer with numpy and torch",
        lambda trace, view, at: notebook(trace, view.names, at),
    ),
    Export(
        "program",
        "Python program",
        ".py",
        "text/x-python",
        "the same cells without Jupyter",
        lambda trace, view, at: program(trace, view.names, at),
    ),
    Export(
        "table",
        "CSV of every number",
        ".csv",
        "text/csv",
        "a line for each number, with all its digits",
        lambda trace, view, _: table(trace, view.classes),
    ),
    Export(
        "derivation",
        "LaTeX derivation",
        ".tex",
        "application/x-tex",
        "each step as a formula, then with the numbers of one row and class",
        lambda trace, view, at: derivation(place(trace, view), at),
    ),
)


def exports(view: View) -> None:
    """A button for each kind of file."""
    st.markdown("The numbers above with every step, to run, to open in a spreadsheet, or to print.")
    for one in EXPORTS:
        download(one.key, one.label, _name(view, one), one.kind, _maker(view, one), note=one.note)


def _name(view: View, one: Export) -> str:
    return f"{view.preset or 'cross-entropy'}{one.ending}"


def _maker(view: View, one: Export) -> Callable[[], bytes]:
    def make() -> bytes:
        steps = f"{view.lesson.base or own_site()}/steps"
        at = (
            link.address(steps, View(view.case, view.names, view.preset))
            if link.fits(view.case)
            else ""
        )
        return one.make(traced(view.case), view, at).encode()

    return make
