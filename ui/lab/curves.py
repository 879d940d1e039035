"""How each strategy's own loss went down while it trained."""

import numpy as np
import streamlit as st

from ce_core.lab import strategy_of
from ce_core.words import words
from ui.figures import figure
from ui.lab.panels import panels
from ui.lab.training import Experiment
from ui.plot import Axis, Curve, chart_html
from ui.words import tr


def curves(experiment: Experiment) -> None:
    """A curve for each strategy, the mean of its runs."""
    results = experiment.results
    steps = results.at_steps.tolist()

    def draw(k: int) -> str:
        losses = results.losses[k].mean(axis=0)
        finite = losses[np.isfinite(losses)]
        top = float(finite.max()) if finite.size else 1.0
        title = words(strategy_of(results.strategies[k]).title)
        if losses.size:
            alt = tr(
                "The loss of {title} over the steps; the last is {loss}",
                title=title,
                loss=figure(float(losses[-1]), 3),
            )
        else:
            alt = tr("The loss of {title} over the steps; the last is not known yet", title=title)
        return chart_html(
            (Curve(steps, losses.tolist(), "loss"),),
            Axis(tr("step"), 0, results.plan.steps),
            Axis(tr("its own loss"), 0, 1.05 * top),
            alt=alt,
            height=150,
        )

    panels(experiment, draw)
    st.caption(
        tr(
            "Each curve is the mean over the runs. The losses are different formulas: compare "
            "their shapes, not their heights."
        )
    )
