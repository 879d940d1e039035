"""The worksheet on the page: what goes on it, what its first page looks like, and the files."""

from base64 import b64encode

import streamlit as st

from ce_core import CaseError
from ui.download import download
from ui.header import story
from ui.inputs import numbers
from ui.messages import STOP, explain
from ui.teach.site import own_site
from ui.view import View
from ui.worksheet.choosing import choices
from ui.worksheet.making import as_markdown, as_pdf, first_page

SHOWN = (
    "width: 100%; max-width: 30rem; display: block; background: #fff; "
    "border: 1px solid var(--wce-line, #838da1); border-radius: 0.375rem"
)


def worksheet(view: View) -> None:
    """What to print, the first page, and the files to take along."""
    if not view.sheet.items:
        numbers(view, kept=True)
    site = view.lesson.base or own_site()
    left, right = st.columns([2, 3], gap="medium")
    with left:
        choices(view)
        if not view.sheet.items:
            story(view)
    try:
        page = first_page(view, site)
    except CaseError as problem:
        right.error(explain(problem), icon=STOP)
        return
    with left, st.container(gap="small"):
        download(
            "sheet-pdf",
            "Worksheet as PDF",
            "worksheet.pdf",
            "application/pdf",
            lambda: as_pdf(view, site),
            note="to print",
        )
        download(
            "sheet-markdown",
            "Worksheet as Markdown",
            "worksheet.md",
            "text/markdown",
            lambda: as_markdown(view, site),
            note="for Jupyter, Quarto and GitHub",
        )
        st.caption(
            "The PDF is tagged for screen readers, and its text can be searched. A QR code leads "
            "to the same numbers on this site."
        )
    with right:
        _preview(page)


def _preview(page: str) -> None:
    drawn = b64encode(page.encode()).decode()
    st.html(
        f"<img src='data:image/svg+xml;base64,{drawn}' style='{SHOWN}' "
        "alt='The first page of the worksheet'>"
    )
    st.caption("The first page")
