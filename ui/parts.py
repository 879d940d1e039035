"""The parts of a page, one open at a time; the one that is open is in the link."""

from collections.abc import Mapping

import streamlit as st

from ui import state
from ui.view import View
from ui.words import tr


def open_part(view: View, titles: Mapping[str, str], label: str = "What to look at") -> str:
    """The choice of a part; returns the key of the one that is open.

    Args:
        view: with the part that the link asks for; a part of another page is the first of these.
        titles: the parts' names by their keys.
        label: what the choice is called.
    """
    part = view.part if view.part in titles else next(iter(titles))
    st.segmented_control(
        tr(label),
        list(titles),
        default=part,
        required=True,
        format_func=lambda key: tr(titles[key]),
        key=state.key("part"),
        on_change=_choose,
        args=(next(iter(titles)),),
    )
    return part


def _choose(first: str) -> None:
    chosen = state.value("part")
    state.act()
    if chosen:
        state.show(state.current().replace(part="" if chosen == first else chosen))
