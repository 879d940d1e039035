"""How each strategy's own loss went down while it trained."""

import numpy as np
import streamlit as st

from ce_core.lab import strategy_of
from ui.figures import figure
from ui.lab.panels import panels
from ui.lab.training import Experiment
from ui.plot import Axis, Curve, chart_html


def curves(experiment: Experiment) -> None:
    """A curve for each strategy, the mean of its runs."""
    results = experiment.results
    steps = results.at_steps.tolist()

    def draw(k: int) -> str:
        losses = results.losses[k].mean(axis=0)
        finite = losses[np.isfinite(losses)]
        top = float(finite.max()) if finite.size else 1.0
        last = figure(float(losses[-1]), 3) if losses.size else "not known yet"
        title = strategy_of(results.strategies[k]).title
        return chart_html(
            (Curve(steps, losses.tolist(), "loss"),),
            Axis("step", 0, results.plan.steps),
            Axis("its own loss", 0, 1.05 * top),
            alt=f"The loss of {title} over the steps; the last is {last}",
            height=150,
        )

    panels(experiment, draw)
    st.caption(
        "Each curve is the mean over the runs. The losses are different formulas: compare their "
        "shapes, not their heights."
    )
