"""The page shown to a room by `present=1`: the way into it, and the way back."""

import streamlit as st

from ui import state
from ui.view import View
from ui.words import tr

PAGES = ("steps", "reductions")  # whose lesson is made to be looked at from afar


def way_in(view: View) -> None:
    """The way to the same place in large type, on the pages made for it."""
    if state.page() in PAGES and not view.present:
        st.button(
            tr("Present"),
            key="present-start",
            icon=":material/present_to_all:",
            type="tertiary",
            help=tr("In large type, with nothing but the lesson, for a projector"),
            on_click=_show,
            args=(True,),
        )


def way_back(view: View) -> None:
    """At the foot of a page shown to a room: the way to the page as it always is."""
    if view.present:
        st.button(
            tr("Leave presenter mode"),
            key="present-end",
            icon=":material/close_fullscreen:",
            type="tertiary",
            on_click=_show,
            args=(False,),
        )


def _show(present: bool) -> None:  # noqa: FBT001 - what the callback is given
    state.show(state.current().replace(present=present))
