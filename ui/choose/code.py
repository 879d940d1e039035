"""The chosen weights as code, for four libraries' ways to use them."""

import streamlit as st

from ui.choose.made import Made
from ui.choose.snippets import MOST, SNIPPETS

FEW = 30  # weights; with more the code scrolls in a box
TALL = 320  # pixels


def code(made: Made) -> None:
    """One tab for each way."""
    weights = made.chosen.weights
    if weights is None:
        st.caption(f"{made.chosen.scheme.title} has no weights for these counts, so no code.")
        return
    if len(weights) > MOST:
        st.markdown(f"There are more than {MOST} weights, so here is how to compute them.")
    for tab, snippet in zip(st.tabs([one.title for one in SNIPPETS]), SNIPPETS, strict=True):
        with tab:
            st.code(
                snippet.text(made),
                language="python",
                wrap_lines=True,
                height="content" if len(weights) <= FEW else TALL,
            )
            st.caption(snippet.says)
