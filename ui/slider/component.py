"""The slider on a Streamlit page: drawn in the browser, its values taken by a callback here."""

import math
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from ui import state
from ui.figures import figure
from ui.slider.message import Message, received
from ui.view import View
from ui.words import script_words, tongue
from ui.words.scripts import SCRIPT

HERE = Path(__file__).parent
SCRIPTS = (SCRIPT, HERE / "number.js", HERE / "bind.js")
Take = Callable[[View, float], View]


def slider(  # noqa: PLR0913 - what Streamlit's own slider asks for, and what to do with the value
    name: str,
    label: str,
    value: float,
    low: float,
    high: float,
    step: float,
    take: Take,
    *,
    shown: Callable[[float], str] = figure,
    help: str = "",  # noqa: A002 - Streamlit's word for it
    powers: bool = False,
) -> None:
    """Draw a slider that moves the page while it is dragged, and a field for the same number.

    While it moves the view follows; the link follows when it is let go, when a number is typed,
    or a moment after the last key.

    Args:
        name: what it is called among the page's inputs; one slider has it.
        label: its name on the screen.
        value: where it stands.
        low: the least value.
        high: the largest.
        step: from one place to the next; the field takes numbers in between too, unless `low` and
            `step` are whole.
        take: the view with this value, from the view on the screen and the value.
        shown: the value in words, said beside the field where that differs from its number.
        help: a sentence below it.
        powers: whether the way along it goes over powers of ten, on both sides of zero; the slider
            then stops at numbers of three digits, and `step` is the least of them.
    """
    key = f"slider-{name}"
    whole = float(low).is_integer() and float(step).is_integer()
    value = min(max(float(value), low), high) if math.isfinite(value) else low
    before = _sent(key, low, high, whole=whole)
    _mount()(
        key=key,
        data={
            "label": label,
            "help": help,
            "value": value,
            "shown": shown(value),
            "low": low,
            "high": high,
            "step": step,
            "whole": whole,
            "powers": powers,
            "n": before.n if before else 0,
            "turn": state.key(name),
            "words": script_words(HERE),
            "decimal": tongue().decimal,
        },
        default={"sent": None},
        on_sent_change=partial(_moved, key, low, high, take, whole=whole),
    )


@st.cache_resource(show_spinner=False)
def _mount():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit's own callable
    return st.components.v2.component(
        "weighted_cross_entropy_slider",
        html=(HERE / "slider.html").read_text(),
        css=(HERE / "slider.css").read_text(),
        js="\n".join(script.read_text() for script in SCRIPTS),
    )


def _sent(key: str, low: float, high: float, *, whole: bool) -> Message | None:
    """What the browser sent last."""
    held = state.at(key)
    return received(held.get("sent"), low, high, whole=whole) if hasattr(held, "get") else None


def _moved(key: str, low: float, high: float, take: Take, *, whole: bool) -> None:
    message = _sent(key, low, high, whole=whole)
    state.act()
    if message is not None:
        state.show(take(state.current(), message.value), link=message.final)
