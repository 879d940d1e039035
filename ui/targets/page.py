"""The parts of the targets' page, one open at a time; the one that is open is in the link."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ui import state
from ui.targets.layouts import axes
from ui.targets.leaving import leaving
from ui.targets.painting import painting
from ui.targets.settings import changed
from ui.targets.smoothing import smoothing
from ui.targets.table import style
from ui.targets.weighing import weighing
from ui.targets.writing import writing
from ui.view import View


@dataclass(frozen=True)
class Part:
    """A part of the page: its key in links, its name, and what draws it."""

    key: str
    title: str
    draw: Callable[[View], None]


PARTS = (
    Part("smoothing", "Smoothing", smoothing),
    Part("weights", "Smoothing and weights", weighing),
    Part("kinds", "Numbers or probabilities", writing),
    Part("ignored", "Ignored rows", leaving),
    Part("pixels", "Pixels", painting),
    Part("axes", "Axes", axes),
)
TITLES = {part.key: part.title for part in PARTS}


def parts(view: View) -> None:
    """The choice of a part, and that part."""
    style()
    st.segmented_control(
        "What to look at",
        list(TITLES),
        default=view.painting.part,
        required=True,
        format_func=TITLES.__getitem__,
        key=state.key("part"),
        on_change=_choose,
    )
    next(part for part in PARTS if part.key == view.painting.part).draw(view)


def _choose() -> None:
    chosen = state.value("part")
    state.act()
    if chosen in TITLES:
        state.show(changed(state.current(), part=chosen))
