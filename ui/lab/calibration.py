"""Whether a predicted probability is how often the rare class comes."""

import streamlit as st

from ce_core.lab import strategy_of
from ce_core.words import words
from ui.figures import figure
from ui.lab.naming import named
from ui.lab.panels import panels
from ui.lab.training import Experiment
from ui.messages import plain
from ui.plot import Axis, Curve, Dots, chart_html
from ui.words import tr

MARKED = (0.0, 0.5, 1.0)


def calibration(experiment: Experiment) -> None:
    """A reliability curve for each strategy, with the diagonal that it should lie on."""
    name = experiment.split.train.names[experiment.split.rare]
    ends = tuple((value, figure(value)) for value in MARKED)

    def draw(k: int) -> str:
        outcome = experiment.outcomes[k]
        bins = outcome.calibration
        predicted, observed = bins.predicted.tolist(), bins.observed.tolist()
        error = figure(outcome.interval("calibration_error").mean, 2)
        alt = tr(
            "Reliability curve of {title} for {name}; its calibration error is {error}",
            title=words(strategy_of(outcome.key).title),
            name=name,
            error=error,
        )
        return chart_html(
            (
                Curve((0.0, 1.0), (0.0, 1.0), dash=True),
                Curve(predicted, observed, "probs"),
                Dots(predicted, observed, "probs"),
            ),
            Axis(tr("predicted probability"), 0, 1, ends),
            Axis(tr("how often it was so"), 0, 1, ends),
            alt=alt,
            height=150,
        )

    panels(experiment, draw)
    share = figure(float(experiment.split.prior[experiment.split.rare]), 3)
    st.caption(
        tr(
            "On the dashed line a predicted {p} comes true {times} times in 10. Test samples "
            "count so that {name} has its training share of {share}.",
            p=figure(0.3),
            times=3,
            name=plain(named(name)),
            share=share,
        )
    )
