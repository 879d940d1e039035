"""The answer: one scheme's weights for these counts, and beside them the code to copy."""

import streamlit as st

from ui.choose.code import code
from ui.choose.counts_in import TIED
from ui.choose.made import Made
from ui.choose.settings_in import scheme
from ui.choose.table import why
from ui.choose.weights_as_text import weight_text
from ui.messages import plain

SHOWN = 12  # weights that stand in the line


def answer(made: Made) -> None:
    """The scheme with its weights, and the code that uses them."""
    st.header("Your weights")
    chosen, copied = st.columns([1, 2], gap="medium")
    with chosen:
        st.markdown(weights_line(made))
        scheme(made)
    with copied:
        code(made)


def weights_line(made: Made) -> str:
    """The weights in one line, each with its class; or why there are none."""
    weights = made.chosen.weights
    if weights is None:
        return plain(why(made.chosen, made))
    pairs = [
        f"{plain(name)}{TIED}**{weight_text(weight)}**"
        for name, weight in zip(made.names[:SHOWN], weights[:SHOWN], strict=True)
    ]
    more = len(weights) - len(pairs)
    return ", ".join(pairs) + (f" and {more:,} more" if more else "")
