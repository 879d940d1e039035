"""The way to a page that goes on from here, with the same numbers."""

import streamlit as st

from ui import state
from ui.header import embedded


def onward(page: str, label: str, **more: str) -> None:
    """A link to another page; none inside a course page, which has no way back.

    Args:
        page: the page's name in links.
        label: what it says.
        more: parameters of the link besides those of this page.
    """
    if embedded():
        return
    st.page_link(
        f"pages/{page}.py",
        label=label,
        icon=":material/arrow_forward:",
        query_params=state.query() | more,
    )
