"""Whether a predicted probability is how often the rare class comes."""

import streamlit as st

from ce_core.lab import strategy_of
from ui.figures import figure
from ui.lab.panels import panels
from ui.lab.training import Experiment
from ui.messages import plain
from ui.plot import Axis, Curve, Dots, chart_html

ENDS = ((0.0, "0"), (0.5, "0.5"), (1.0, "1"))


def calibration(experiment: Experiment) -> None:
    """A reliability curve for each strategy, with the diagonal that it should lie on."""
    name = experiment.split.train.names[experiment.split.rare]

    def draw(k: int) -> str:
        outcome = experiment.outcomes[k]
        bins = outcome.calibration
        predicted, observed = bins.predicted.tolist(), bins.observed.tolist()
        error = figure(outcome.interval("calibration_error").mean, 2)
        title = strategy_of(outcome.key).title
        return chart_html(
            (
                Curve((0.0, 1.0), (0.0, 1.0), dash=True),
                Curve(predicted, observed, "probs"),
                Dots(predicted, observed, "probs"),
            ),
            Axis("predicted probability", 0, 1, ENDS),
            Axis("how often it was so", 0, 1, ENDS),
            alt=f"Reliability curve of {title} for {name}; its calibration error is {error}",
            height=150,
        )

    panels(experiment, draw)
    share = figure(float(experiment.split.prior[experiment.split.rare]), 3)
    st.caption(
        f"On the dashed line a predicted 0.3 comes true 3 times in 10. Test samples count so that "
        f"{plain(name)} has its training share of {share}."
    )
