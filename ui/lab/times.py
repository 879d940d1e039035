"""What a step of each strategy costs, each trained alone."""

from html import escape

import streamlit as st

from ce_core.lab import strategy_of
from ui.figures import figure
from ui.lab.training import Experiment


def times(experiment: Experiment) -> None:
    """A bar for each strategy, in thousandths of a second."""
    if not experiment.times:
        st.caption("The time of a step is measured once a training is finished.")
        return
    longest = max(experiment.times.values())
    rows = "".join(
        f"<tr><th scope='row'>{escape(strategy_of(key).title)}</th>"
        f"<td class='wce-number'>{figure(1000 * seconds, 3)}</td>"
        f"<td class='wce-lab-bar' aria-hidden='true'><i style='width:{_part(seconds, longest)}%'>"
        "</i></td></tr>"
        for key, seconds in experiment.times.items()
    )
    st.html(
        "<div class='wce-scroll'><table class='wce-check wce-lab-narrow'><tr>"
        "<th scope='col'>trained with</th><th scope='col'>ms for a step</th><td></td></tr>"
        f"{rows}</table></div>"
    )
    st.caption(
        f"Measured on {experiment.device}, each strategy alone, after the training. All "
        "strategies take the same number of steps, so a step's time is what they differ in."
    )


def _part(seconds: float, longest: float) -> str:
    return f"{100 * seconds / longest:.1f}" if longest > 0 else "0"
