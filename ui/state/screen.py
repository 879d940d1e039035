"""Which view is on the screen, and how it got there.

A run that no widget caused and whose query differs from the last one known came from outside: a
link, Back, or Forward. Then the query is read. A run that a widget caused has its view from
that widget's callback; the query the browser sends along may be older than the screen and is
not read. Only such a run writes the link, so that Back is never caught in a loop.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

import streamlit as st

from ui import menu
from ui.link import IGNORED, Dropped, decode, encode, fits, visited
from ui.state.holding import keep
from ui.state.inputs import act, renew_all
from ui.state.spoken import listen
from ui.view import View
from ui.words.speaking import CODES


def arrive(name: str) -> View:
    """The view of this run; called once, before the page of this name is drawn."""
    session, query = st.session_state, st.query_params.to_dict()
    acted = session.pop("acted", False)
    elsewhere = name != session.get("page")
    if "view" not in session or (not acted and query != session["query"]):
        load(query)
    elif elsewhere:
        renew_all()
    if not acted and elsewhere:
        session["query"] = query
    session["page"] = name
    listen()
    return current()


def load(query: dict[str, str]) -> None:
    """Put on the screen what a query says; all inputs start over from it."""
    read(query)
    renew_all()


def read(query: dict[str, str]) -> None:
    """Put on the screen what a query says, and leave the inputs."""
    session = st.session_state
    session["view"], session["dropped"] = decode(query, session.get("kept", {}))
    session["query"] = query


def coming() -> str:
    """The language that the view of this run will ask for, before `arrive` has read it."""
    session, query = st.session_state, st.query_params.to_dict()
    if "view" in session and ("acted" in session or query == session["query"]):
        return current().lang
    asked = query.get("lang")
    return asked if asked in CODES else CODES[0]


def current() -> View:
    """The view on the screen."""
    if "view" not in st.session_state:
        _call_the_frame()
    view: View = st.session_state["view"]
    return view


def _call_the_frame() -> None:
    """Start over from app.py.

    When a server's very first visitor opens a page's own link, Streamlit takes `pages/` for its
    old kind of pages and runs the file alone. A call of st.navigation ends that for good.
    """
    menu.chosen(menu.groups())
    st.rerun()


def dropped() -> tuple[Dropped, ...]:
    """What the link held that could not be read."""
    left_out: tuple[Dropped, ...] = st.session_state.get("dropped", ())
    return left_out


def turn_to(page: str, query: str) -> None:
    """Ask for another page with what stands behind it in the address; for callbacks."""
    asked = dict(parse_qsl(query, keep_blank_values=True))
    asked = {name: text for name, text in asked.items() if name not in IGNORED}
    st.session_state["turned"] = page, asked


def turned_to() -> tuple[str, dict[str, str]]:
    """The page that was asked for since the last run, or "", and its query."""
    asked: tuple[str, dict[str, str]] = st.session_state.pop("turned", ("", {}))
    return asked


def show(view: View, *, renew: bool = False, link: bool = True) -> None:
    """Put another view on the screen; for callbacks.

    Args:
        view: the view to show.
        renew: whether the inputs start over from it, losing what is typed in them.
        link: whether the address follows at once; not while a slider is still being dragged,
            since each address is a step that Back goes through.
    """
    session = st.session_state
    session["view"], session["dropped"] = view, ()
    listen()
    if link:
        session["changed"] = True
    session["told"] = {}
    if not fits(view.case):
        keep(view.case)
    if renew:
        renew_all()
    act()


def visit(place: Mapping[str, str]) -> None:
    """Go to a place in the case on the screen, said as a link says it; for callbacks."""
    view, left_out = visited(current(), place)
    if not left_out:
        show(view)
    act()


def query() -> dict[str, str]:
    """The query parameters of the view, for a link to another page."""
    return encode(current())


def leave() -> None:
    """Write the link, if a widget changed the view; called once, after the page is drawn."""
    session = st.session_state
    query = encode(session["view"])
    if session.pop("changed", False) and query != session["query"]:
        st.query_params.from_dict(query)
        session["query"] = query
