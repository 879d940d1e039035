"""The lesson as one file, to save."""

import streamlit as st

from ui import link
from ui.compute import traced
from ui.download import download
from ui.lesson.file import lesson_html
from ui.place import place
from ui.view import View
from ui.words import speaking


def lesson_file(view: View, site: str) -> None:
    """The button that makes the file, and what it is good for.

    Args:
        view: the lesson.
        site: the address that its link back leads to.
    """
    st.header("As one file, without a server")
    st.markdown(
        "All steps of the example as a single HTML file, which loads nothing from elsewhere. It "
        "can be stepped through and printed, and has a dark mode, as here. Put it among the files "
        "of your learning platform or on any web server, or open it from disk. What is left out, "
        "left to the reader or to be guessed above is so in the file as well."
    )
    download(
        "lesson",
        "Save the lesson",
        f"{view.preset or 'cross-entropy'}.html",
        "text/html",
        lambda: _made(view, site),
        note="about 100 to 200 kB",
    )


def _made(view: View, site: str) -> bytes:
    shown = view.replace(present=False)
    at = link.address(f"{site}/steps", shown) if link.fits(view.case) else ""
    with speaking(shown.lang, shown.decimal):
        return lesson_html(shown, place(traced(view.case), view), at).encode()
