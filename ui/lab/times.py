"""What a step of each strategy costs, each trained alone."""

from html import escape

import streamlit as st

from ui.figures import figure
from ui.lab.naming import titled
from ui.lab.training import Experiment
from ui.words import tr


def times(experiment: Experiment) -> None:
    """A bar for each strategy, in thousandths of a second."""
    if not experiment.times:
        st.caption(tr("The time of a step is measured once a training is finished."))
        return
    longest = max(experiment.times.values())
    rows = "".join(
        f"<tr><th scope='row'>{escape(titled(key))}</th>"
        f"<td class='wce-number'>{figure(1000 * seconds, 3)}</td>"
        f"<td class='wce-lab-bar' aria-hidden='true'><i style='width:{_part(seconds, longest)}%'>"
        "</i></td></tr>"
        for key, seconds in experiment.times.items()
    )
    heads = (tr("trained with"), tr("ms for a step"))
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
    st.html(
        "<div class='wce-scroll'><table class='wce-check wce-lab-narrow'><tr>"
        f"{head}<td></td></tr>"
        f"{rows}</table></div>"
    )
    st.caption(
        tr(
            "Measured on {device}, each strategy alone, after the training. All strategies take "
            "the same number of steps, so a step's time is what they differ in.",
            device=experiment.device,
        )
    )


def _part(seconds: float, longest: float) -> str:
    return f"{100 * seconds / longest:.1f}" if longest > 0 else "0"
