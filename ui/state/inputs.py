"""What the inputs hold, and when they start over from the view."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def act() -> None:
    """Say that a widget caused the run that follows; every widget's callback comes by here."""
    st.session_state["acted"] = True


def renew_all() -> None:
    """Give every input a new key, so that it starts from the view and not from its last value."""
    st.session_state["first"], st.session_state["told"] = {}, {}
    st.session_state["generation"] = st.session_state.get("generation", 0) + 1


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


def opened(name: str, *, now: bool) -> bool:
    """Whether a part of a page is open, or was at any time in this browser tab."""
    session = st.session_state
    if now and name not in session.get("opened", ()):
        session["opened"] = {*session.get("opened", ()), name}
    return name in session.get("opened", ())


def look_again() -> None:
    """Note that a part of the page is to be drawn once more in a moment."""
    st.session_state["again"] = True


def looks_again() -> bool:
    """Whether a part of the page asked for that; it has to ask each time."""
    return bool(st.session_state.pop("again", False))
