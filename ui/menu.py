"""The list of pages in their groups, and which one is open."""

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ce_core.words import words
from ui.words import speaking, tr

PAGES = {
    words("Learn"): (
        ("start", words("Start")),
        ("steps", words("Steps")),
        ("reductions", words("Reductions")),
        ("targets", words("Targets")),
        ("gradient", words("Gradient")),
    ),
    words("Check"): (("check", words("Check")), ("mistake", words("Find my mistake"))),
    words("Weigh"): (
        ("placement", words("Where the weight goes")),
        ("choose", words("Choose weights")),
        ("lab", words("Imbalance lab")),
    ),
    words("Class"): (("practice", words("Practice")), ("teach", words("Teach"))),
}
FIRST = "start"


def groups(lang: str = "") -> dict[str, list[StreamlitPage]]:
    """The pages by group, titled in the language; the first page lives at the root."""
    with speaking(lang):
        return {
            tr(group): [
                st.Page(
                    f"pages/{name}.py",
                    title=tr(title),
                    default=name == FIRST,
                    url_path=None if name == FIRST else name,
                )
                for name, title in pages
            ]
            for group, pages in PAGES.items()
        }


def chosen(pages: Mapping[str, list[StreamlitPage]]) -> StreamlitPage:
    """The page that the address asks for.

    Streamlit's own menu would lose the link's parameters on the way, so it stays hidden; ours is
    in `ui/sidebar.py`.
    """
    return st.navigation([page for group in pages.values() for page in group], position="hidden")


def turn(pages: Mapping[str, list[StreamlitPage]], asked: str, query: Mapping[str, str]) -> None:
    """Go to the page of this name, if there is one."""
    for page in (page for group in pages.values() for page in group):
        if asked == (page.url_path or FIRST):
            st.switch_page(page, query_params=dict(query))


def tab_title(page: StreamlitPage, lang: str) -> str:
    """What the browser's tab says of a page."""
    with speaking(lang):
        if not page.url_path:
            return tr("Weighted cross-entropy, step by step")
        return tr("{page}: weighted cross-entropy", page=page.title)
