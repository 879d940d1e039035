"""The browser tab's part in a page: told at the end of each run, it tells a new session at once.

A copy of the server may end at any time, and a laptop may sleep for longer than a session is kept.
Then the browser finds a server that knows nothing of it. What this tab was told last is sent
along, so the page is the same again: its case, its place, and what stands in its fields.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import streamlit as st

from ui import state
from ui.messages import NOTE
from ui.tab.notes import ODD
from ui.words import tr, words

HERE = Path(__file__).parent
KEY = "tab"
LOST = words(
    "No connection to the server. Steps still work; the rest comes back by itself, with what you "
    "typed."
)
WAITS = words("Your numbers come back from this browser tab. A moment.")


def begin() -> None:
    """Take up what the tab brings to a new session; called before anything else is drawn."""
    with st.container(key="wce-tab"):  # style.css takes its room away
        _mount()(
            key=KEY,
            data={"session": state.name()},
            default={"brought": None, "lacking": None},
            on_brought_change=_call,
            on_notes_change=_come,
            on_lacking_change=_tell_again,
        )
    brought = _sent("brought")
    if brought and state.is_new():
        with suppress(*ODD):
            state.resume(brought)


def end() -> dict[str, Any]:
    """Do what the last session was still asked to do, and say how things stand, for the tab."""
    if state.catch_up():
        st.rerun()
    brings, notes = state.hand_over()
    return {
        "brings": brings,
        "notes": notes,
        "heard": _sent("brought").get("call", 0),
        "says": tr(LOST),
    }


def waiting() -> bool:
    """Whether the page has to wait for its numbers; then that is said."""
    if not state.awaits():
        return False
    st.info(tr(WAITS), icon=NOTE)
    return True


@st.cache_resource(show_spinner=False)
def _mount():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit's own callable
    return st.components.v2.component(
        "weighted_cross_entropy_tab",
        html=(HERE / "tab.html").read_text(),
        css=(HERE / "tab.css").read_text(),
        js=(HERE / "tab.js").read_text(),
    )


def _sent(name: str) -> Mapping[str, Any]:
    sent = (state.at(KEY) or {}).get(name)
    return sent if isinstance(sent, Mapping) else {}


def _call() -> None:
    """The tab is back at a session that goes on; after a reload it brings what no link holds."""
    brought = _sent("brought")
    if brought:
        with suppress(*ODD):
            state.take_late(brought["texts"], brought["notes"])


def _tell_again() -> None:
    """Notes that the tab should have and has not."""
    lacking = (state.at(KEY) or {}).get("lacking")
    if isinstance(lacking, list):
        state.tell_again(str(name) for name in lacking)


def _come() -> None:
    """Notes too long to be sent along with each message."""
    with suppress(*ODD):
        state.take_late(_sent("notes"), _sent("brought").get("notes", {}))
