"""Many links to the app's own pages as one element, each with the numbers it leads to.

Streamlit draws every link of its own anew at each click, here and in the browser: seventeen in
the menu were a third of what an edit cost. These are real links, to be opened in another tab or
copied; a plain click is told to Python and stays in this one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from ui import state
from ui.drawn import Part, part
from ui.menu import FIRST

HERE = Path(__file__).parent
Query = Mapping[str, str]


@dataclass(frozen=True)
class Link:
    """A way to a page.

    Attributes:
        page: the page's name.
        title: what it says, as plain text in the language of the page.
        query: what stands behind the page in the address.
        note: a sentence below it.
    """

    page: str
    title: str
    query: Query
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Links under one title; a title of "" is not there."""

    title: str
    links: Sequence[Link]


def links(
    key: str,
    groups: Sequence[Group],
    *,
    label: str,
    look: Literal["list", "menu"] = "list",
    head: tuple[str, str] = ("", ""),
) -> None:
    """Draw the links; a click on one opens its page in this tab.

    Args:
        key: the name of the whole, of its own in the app.
        groups: in their order; a list stands in columns where there is room for them.
        label: what it is called where it is read aloud.
        look: how it looks.
        head: what stands above all of it, the first part strong.
    """
    data = {
        "look": look,
        "label": label,
        "head": list(head),
        "here": state.page() if look == "menu" else "",
        "groups": [[group.title, [_told(one) for one in group.links]] for group in groups],
    }
    _mount()(key=key, data=data, on_go_change=partial(_go, key))


def _told(one: Link) -> dict[str, str]:
    query = urlencode(one.query, safe=",;:[]")
    at = "./" if one.page == FIRST else one.page  # beside the open page, so below any base path
    told = {"page": one.page, "title": one.title, "href": f"{at}?{query}" if query else at}
    return told | ({"note": one.note} if one.note else {})


def _go(key: str) -> None:
    """Any text at all may come from a browser; a link in the address may hold any, too."""
    match (state.at(key) or {}).get("go"):
        case {"page": str(page), "href": str(href)}:
            state.turn_to(page, href.partition("?")[2])


@st.cache_resource(show_spinner=False)
def _mount() -> Part:
    return part(
        "links",
        html="<nav class='wce-links'></nav>",
        css=(HERE / "links.css").read_text(),
        js=(HERE / "links.js").read_text(),
        isolated=False,  # so that whoever looks for the page's first link finds it in the menu
    )
