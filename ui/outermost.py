"""What the whole page is told: its language, whether a room looks at it, the way out of a frame."""

from html import escape

import streamlit as st

from ui.header import embedded, here
from ui.link import address
from ui.view import View
from ui.words import speaking, tongue, tr

SCRIPT = """
export default function ({ data }) {
  document.documentElement.lang = data.lang;
  document.documentElement.classList.toggle("wce-present", data.present);
}
"""


def outermost(view: View) -> None:
    """Tell the browser the page's language, and what its size is for."""
    _mount()(key="outermost", data={"lang": tongue().lang, "present": view.present})


@st.cache_resource(show_spinner=False)
def _mount():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit's own callable
    return st.components.v2.component("weighted_cross_entropy_outermost", html=" ", js=SCRIPT)


def way_out(view: View) -> None:
    """Inside another page: the link to this place in a window of its own."""
    if not embedded():
        return
    with speaking(view.lang):
        label = tr("Open in a new tab")
    st.html(
        f"<p class='wce-way-out'><a href='{escape(address(here(), view), quote=True)}' "
        f"target='_blank' rel='noopener'>{escape(label)} ↗</a></p>"
    )
