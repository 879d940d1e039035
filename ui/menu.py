"""The list of pages in their groups, and the menu that carries the link from page to page."""

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage

PAGES = {
    "Learn": (
        ("start", "Start"),
        ("steps", "Steps"),
        ("reductions", "Reductions"),
        ("targets", "Targets"),
        ("gradient", "Gradient"),
    ),
    "Check": (("check", "Check"), ("mistake", "Find my mistake")),
    "Weigh": (
        ("placement", "Where the weight goes"),
        ("choose", "Choose weights"),
        ("lab", "Imbalance lab"),
    ),
    "Class": (("practice", "Practice"), ("teach", "Teach")),
}
FIRST = "start"


def groups() -> dict[str, list[StreamlitPage]]:
    """The pages by group; the first page lives at the root."""
    return {
        group: [
            st.Page(
                f"pages/{name}.py",
                title=title,
                default=name == FIRST,
                url_path=None if name == FIRST else name,
            )
            for name, title in pages
        ]
        for group, pages in PAGES.items()
    }


def chosen(pages: Mapping[str, list[StreamlitPage]]) -> StreamlitPage:
    """The page that the address asks for.

    Streamlit's own menu would lose the link's parameters on the way, so it stays hidden.
    """
    return st.navigation([page for group in pages.values() for page in group], position="hidden")


def menu(pages: Mapping[str, list[StreamlitPage]], query: Mapping[str, str]) -> None:
    """Links to all pages in the sidebar, each with the case and the step in it."""
    st.sidebar.markdown("**Weighted cross-entropy**, step by step")
    for name, group in pages.items():
        st.sidebar.caption(name)
        for page in group:
            st.sidebar.page_link(page, query_params=dict(query), width="stretch")
