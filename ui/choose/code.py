"""The chosen weights as code, for four libraries' ways to use them."""

import streamlit as st

from ui.choose.made import Made
from ui.choose.snippets import SNIPPETS

MOST = 500  # weights that code can hold and still be read


def code(made: Made) -> None:
    """One tab for each way."""
    st.header("Copy it as code")
    weights = made.chosen.weights
    if weights is None:
        st.markdown(f"**{made.chosen.scheme.title}** has no weights for these counts.")
        return
    if len(weights) > MOST:
        st.markdown(f"There are more than {MOST} weights, so here is how to compute them.")
    for tab, snippet in zip(st.tabs([one.title for one in SNIPPETS]), SNIPPETS, strict=True):
        with tab:
            st.code(snippet.text(made), language="python", wrap_lines=True)
            st.caption(snippet.says)
