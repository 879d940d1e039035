"""The chosen weights as code, for four libraries' ways to use them."""

import streamlit as st

from ui.choose.made import Made
from ui.choose.snippets import MOST, SNIPPETS
from ui.words import tr, words

FEW = 30  # weights; with more the code scrolls in a box
TALL = 320  # pixels


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
    for tab, snippet in zip(st.tabs([tr(one.title) for one in SNIPPETS]), SNIPPETS, strict=True):
        with tab:
            st.code(
                snippet.text(made),
                language="python",
                wrap_lines=True,
                height="content" if len(weights) <= FEW else TALL,
            )
            st.caption(tr(snippet.says))
