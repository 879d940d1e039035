"""One small picture for each strategy, side by side."""

from collections.abc import Callable
from html import escape

import streamlit as st

from ui.lab.naming import titled
from ui.lab.training import Experiment


def panels(experiment: Experiment, draw: Callable[[int], str], *, wide: bool = False) -> None:
    """Draw a panel for each strategy.

    Args:
        experiment: whose strategies.
        draw: the HTML of the strategy at this place.
        wide: whether a panel needs the room for an axis of its own.
    """
    figures = "".join(
        f"<figure><figcaption>{escape(titled(key))}</figcaption>{draw(k)}</figure>"
        for k, key in enumerate(experiment.results.strategies)
    )
    name = "wce-lab-panels wce-lab-wide" if wide else "wce-lab-panels"
    st.markdown(f"<div class='{name}'>{figures}</div>", unsafe_allow_html=True)
