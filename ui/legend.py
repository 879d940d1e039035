"""The legend: each concept's letters and name, drawn with its mark in its colour."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from ui import state
from ui.hiding import hidden
from ui.palette import CONCEPTS, Concept
from ui.words import tr


def legend(concepts: Iterable[Concept] = CONCEPTS) -> None:
    """How to read colours, letters and marks, as one line that wraps; not where it is hidden."""
    view = state.current()
    if view.present or hidden(view, "legend"):
        return
    st.html(draw(concepts))


def draw(concepts: Iterable[Concept]) -> str:
    """The legend as an HTML list; it reads as "z logits, p probabilities" when heard."""
    entries = "".join(_entry(concept) for concept in concepts)
    # Without its role a list that is drawn without bullets is no list to Safari.
    name = escape(tr("Letters and marks"))
    return f"<ul class='wce-legend' role='list' aria-label='{name}'>{entries}</ul>"


def _entry(concept: Concept) -> str:
    letters = ", ".join(concept.letters)
    return (
        f"<li><span class='wce-letter {concept.classes}'>{escape(letters)}</span> "
        f"{escape(tr(concept.name))}</li>"
    )
