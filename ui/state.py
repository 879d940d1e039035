"""The one door to session state and the URL: which view is on the screen, and how it got there.

A run that no widget caused and whose query differs from the last one known came from outside: a
link, Back, or Forward. Then the query is read. A run that a widget caused has its view from
that widget's callback; the query the browser sends along may be older than the screen and is
not read. Only such a run writes the link, so that Back is never caught in a loop.

Session state is never iterated over: another run of the same tab may be changing it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ce_core import Case
from ui import menu
from ui.link import Dropped, decode, encode, fits, visited
from ui.menu import FIRST
from ui.view import View
from ui.words.speaking import CODES, Tongue, complete, follow

KEPT = 3  # cases too large for a link, held for this browser tab
HELD = 50  # other things held for it, the last ones


def arrive(name: str) -> View:
    """The view of this run; called once, before the page of this name is drawn."""
    session, query = st.session_state, st.query_params.to_dict()
    acted = session.pop("acted", False)
    elsewhere = name != session.get("page")
    if "view" not in session or (not acted and query != session["query"]):
        _load(query)
    elif elsewhere:
        _renew()
    if not acted and elsewhere:
        session["query"] = query
    session["page"] = name
    return current()


def coming() -> str:
    """The language that the view of this run will ask for, before `arrive` has read it."""
    session, query = st.session_state, st.query_params.to_dict()
    if "view" in session and ("acted" in session or query == session["query"]):
        return current().lang
    asked = query.get("lang")
    return asked if asked in CODES else CODES[0]


def page() -> str:
    """The name of the page on the screen, as a link says it."""
    return st.session_state.get("page") or FIRST


def _load(query: dict[str, str]) -> None:
    session = st.session_state
    session["view"], session["dropped"] = decode(query, session.get("kept", {}))
    session["query"] = query
    _renew()


def _renew() -> None:
    """Give every input a new key, so that it starts from the view and not from its last value."""
    st.session_state["first"], st.session_state["told"] = {}, {}
    st.session_state["generation"] = st.session_state.get("generation", 0) + 1


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


def leave() -> None:
    """Write the link, if a widget changed the view; called once, after the page is drawn."""
    session = st.session_state
    query = encode(session["view"])
    if session.pop("changed", False) and query != session["query"]:
        st.query_params.from_dict(query)
        session["query"] = query


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
    if link:
        session["changed"] = True
    session["told"] = {}
    if not fits(view.case):
        held: dict[str, Case] = session.get("kept", {})
        held = {**held, view.case.digest: view.case}
        session["kept"] = dict(list(held.items())[-KEPT:])
    if renew:
        _renew()
    act()


def visit(place: Mapping[str, str]) -> None:
    """Go to a place in the case on the screen, said as a link says it; for callbacks."""
    view, left_out = visited(current(), place)
    if not left_out:
        show(view)
    act()


def tongue() -> Tongue:
    """The language and the decimal sign of the page on the screen.

    A page whose text is not all translated speaks English throughout: half a page in each of two
    languages helps nobody.
    """
    if get_script_run_ctx(suppress_warning=True) is None:  # no page: a test, a thread
        return Tongue()
    view: View | None = st.session_state.get("view")
    if view is None:
        return Tongue()
    return Tongue(view.lang if complete(view.lang, page()) else CODES[0], view.decimal)


follow(tongue)


def look_again() -> None:
    """Note that a part of the page is to be drawn once more in a moment."""
    st.session_state["again"] = True


def looks_again() -> bool:
    """Whether a part of the page asked for that; it has to ask each time."""
    return bool(st.session_state.pop("again", False))


def act() -> None:
    """Say that a widget caused the run that follows; every widget's callback comes by here."""
    st.session_state["acted"] = True


def key(name: str) -> str:
    """The key of an input that starts over when the view comes from elsewhere."""
    turn = st.session_state.get("turns", {}).get(name, 0)
    return f"{name}-{st.session_state['generation']}-{turn}"


def refresh(*names: str) -> None:
    """Let some inputs start over from the view, and leave what is typed in the others."""
    turns: dict[str, int] = st.session_state.get("turns", {})
    st.session_state["turns"] = {**turns, **{name: turns.get(name, 0) + 1 for name in names}}


def value(name: str, default: Any = None) -> Any:  # noqa: ANN401 - what the widget holds
    """What the input of this name holds."""
    return st.session_state.get(key(name), default)


def put_back(name: str, typed: Any) -> None:  # noqa: ANN401 - what the widget holds
    """Let the input of this name begin with what was typed, when the inputs have started over."""
    st.session_state[key(name)] = typed


def at(widget: str, default: Any = None) -> Any:  # noqa: ANN401 - what the widget holds
    """What the widget of this whole key holds; before it is drawn, the default."""
    return st.session_state.get(widget, default)


def remember(name: str, made: Callable[[], Any]) -> Any:  # noqa: ANN401 - what was made
    """What was made first under this name; made anew when the inputs start over."""
    first: dict[str, Any] = st.session_state.get("first", {})
    at = key(name)
    if at not in first:
        first = {**first, at: made()}
        st.session_state["first"] = first
    return first[at]


def tell(name: str, told: Any) -> None:  # noqa: ANN401 - any message
    """Keep a message of an input until the inputs start over."""
    st.session_state["told"] = {**st.session_state.get("told", {}), key(name): told}


def told(name: str) -> Any:  # noqa: ANN401 - any message
    """The message kept under this name, or None."""
    return st.session_state.get("told", {}).get(key(name))


def hold(name: str, thing: Any) -> None:  # noqa: ANN401 - what a person made
    """Hold something that a person made for this browser tab, whatever page or link comes."""
    things: dict[str, Any] = st.session_state.get("held", {})
    others = {other: made for other, made in things.items() if other != name}
    st.session_state["held"] = dict([*others.items(), (name, thing)][-HELD:])


def held(name: str) -> Any:  # noqa: ANN401 - what a person made
    """What is held under this name, or None."""
    return st.session_state.get("held", {}).get(name)


def query() -> dict[str, str]:
    """The query parameters of the view, for a link to another page."""
    return encode(current())
