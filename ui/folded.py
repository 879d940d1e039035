"""Parts of a page that are drawn when a person first opens them, and from then on.

A closed part would cost every edit as much as an open one, here and in the browser. Once it was
open it stays drawn: closing it loses nothing that was typed in it.
"""

from collections.abc import Callable, Iterable

import streamlit as st

from ui import state

Draw = Callable[[], object]


def folded(label: str, key: str, draw: Draw, *, expanded: bool = False) -> None:
    """A part under its label, closed at first.

    Args:
        label: Markdown, in the language of the page; always the same, since with another label
            Streamlit makes another box, and what is being typed in it is gone.
        key: its name, of its own in the whole app.
        draw: draws what is in it.
        expanded: whether it is open at first.
    """
    at_first = state.remember(f"folded-{key}", lambda: expanded)  # else it would shut by itself
    box = st.expander(label, expanded=at_first, key=key, on_change=state.act)
    with box:
        if state.opened(key, now=bool(box.open)):
            draw()


def tabs(key: str, parts: Iterable[tuple[str, Draw]]) -> None:
    """Parts side by side, each under its title; the first is open at first.

    Args:
        key: the name of all of them, of its own in the whole app.
        parts: each one's title, and what draws it.
    """
    titles, draws = zip(*parts, strict=True)
    boxes = st.tabs(titles, key=key, on_change=state.act)
    for at, (box, draw) in enumerate(zip(boxes, draws, strict=True)):
        with box:
            if state.opened(f"{key}-{at}", now=bool(box.open)):
                draw()
