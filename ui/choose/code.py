"""The chosen weights as code, for four libraries' ways to use them."""

from functools import partial
from typing import Literal

import streamlit as st

from ui.choose.made import Made
from ui.choose.snippets import MOST, SNIPPETS, Snippet
from ui.folded import tabs
from ui.words import tr, words

FEW = 30  # weights; with more the code scrolls in a box
TALL = 320  # pixels

Height = Literal["content"] | int


def code(made: Made) -> None:
    """One tab for each way."""
    weights = made.chosen.weights
    if weights is None:
        title = words(made.chosen.scheme.title)
        st.caption(tr("{title} has no weights for these counts, so no code.", title=title))
        return
    if len(weights) > MOST:
        said = "There are more than {most} weights, so here is how to compute them."
        st.markdown(tr(said, most=MOST))
    height: Height = "content" if len(weights) <= FEW else TALL
    tabs(
        "weights-code", ((tr(one.title), partial(_snippet, one, made, height)) for one in SNIPPETS)
    )


def _snippet(one: Snippet, made: Made, height: Height) -> None:
    st.code(one.text(made), language="python", wrap_lines=True, height=height)
    st.caption(tr(one.says))
