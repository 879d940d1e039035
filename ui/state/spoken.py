"""Which page is on the screen, and what language it speaks."""

from threading import local

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.menu import FIRST
from ui.view import View
from ui.words.speaking import CODES, Tongue, complete, follow

_thread = local()


def page() -> str:
    """The name of the page on the screen, as a link says it."""
    return st.session_state.get("page") or FIRST


def tongue() -> Tongue:
    """The language and the decimal sign of the page on the screen.

    A page whose text is not all translated speaks English throughout: half a page in each of two
    languages helps nobody.
    """
    heard: Tongue | None = getattr(_thread, "tongue", None)
    if heard is not None:
        return heard
    if get_script_run_ctx(suppress_warning=True) is None:  # no page: a test, a thread
        return Tongue()
    return listen()


def listen() -> Tongue:
    """Look up what is spoken and remember it for this thread, which runs for one browser tab.

    Hundreds of texts on a page ask for it, and each look into the session state has its price.
    """
    _thread.tongue = _tongue()
    return _thread.tongue


def _tongue() -> Tongue:
    view: View | None = st.session_state.get("view")
    if view is None:
        return Tongue()
    return Tongue(view.lang if complete(view.lang, page()) else CODES[0], view.decimal)


follow(tongue)
