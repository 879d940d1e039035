"""The menu beside every page: links to all pages, each with the case and the step in it."""

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ui import state
from ui.links import Group, Link, links
from ui.menu import FIRST
from ui.words import speaking, tr


def sidebar(pages: Mapping[str, list[StreamlitPage]], lang: str) -> None:
    """The pages by group; the case comes along to each.

    Args:
        pages: as the navigation knows them, titled in the language.
        lang: the person's language, which the page itself need not be in.
    """
    query = state.query()
    groups = [
        Group(title, [Link(page.url_path or FIRST, page.title, query) for page in group])
        for title, group in pages.items()
    ]
    with speaking(lang):
        label, slogan = tr("Pages"), tr("**Weighted cross-entropy**, step by step")
    strong, _, rest = slogan.removeprefix("**").partition("**")
    with st.sidebar:
        links("menu", groups, look="menu", label=label, head=(strong, rest))
