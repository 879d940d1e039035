"""The answer: one scheme's weights for these counts, and beside them the code to copy."""

import streamlit as st

from ui.choose.code import code
from ui.choose.counts_in import TIED
from ui.choose.listing import joined_texts
from ui.choose.made import Made
from ui.choose.settings_in import scheme
from ui.choose.table import why
from ui.choose.weights_as_text import weight_text
from ui.messages import plain
from ui.words import tr

SHOWN = 12  # weights that stand in the line


def answer(made: Made) -> None:
    """The scheme with its weights, and the code that uses them."""
    st.header(tr("Your weights"))
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
    if more:
        return tr("{listed} and {count:,} more", listed=joined_texts(pairs), count=more)
    return joined_texts(pairs)
