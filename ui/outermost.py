"""What the whole page is told: its language, who looks at it, what its tab keeps; the way out."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from ui.header import embedded, here
from ui.link import address, fits
from ui.view import View
from ui.words import speaking, tongue, tr

SCRIPT = """
export default function ({ data }) {
  document.documentElement.lang = data.lang;
  document.documentElement.classList.toggle("wce-present", data.present);
  document.querySelector("[data-testid=stSidebar]")?.setAttribute("lang", data.menu);
  const tab = (globalThis.wceTab ??= {});
  tab.told = data.tab; // tab.js reads it, now or when it is there
  tab.hear?.(data.tab);
}
"""


def outermost(view: View, tab: Mapping[str, Any]) -> None:
    """Tell the browser the page's language, what its size is for, and how things stand.

    Args:
        view: the view on the screen.
        tab: what the browser tab is to know of this session, from `tab.end`.
    """
    with st.container(key="wce-outermost"):  # style.css takes its height away
        _mount()(
            key="outermost",
            data={
                "lang": tongue().lang,
                "menu": view.lang,
                "present": view.present,
                "tab": tab,
            },
        )


@st.cache_resource(show_spinner=False)
def _mount():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit's own callable
    return st.components.v2.component("weighted_cross_entropy_outermost", html=" ", js=SCRIPT)


def way_out(view: View) -> None:
    """Inside another page: the link to this place in a window of its own.

    What the teacher has hidden stays hidden there; the page's menu is there again.
    """
    if not embedded() or not fits(view.case):
        return
    with speaking(view.lang):
        label = tr("Open in a new tab")
    whole = address(here(), view.replace(present=False))
    st.html(
        f"<p class='wce-way-out' lang='{view.lang}'><a href='{escape(whole, quote=True)}' "
        f"target='_blank' rel='noopener'>{escape(label)} ↗</a></p>"
    )
