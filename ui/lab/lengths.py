"""How long the gradient was at every step: whether there are rare huge ones."""

from html import escape

import numpy as np
import streamlit as st

from ce_core.arrays import Array
from ce_core.lab import Interval, strategy_of
from ce_core.words import words
from ui.figures import figure
from ui.lab.naming import titled
from ui.lab.panels import panels
from ui.lab.training import Experiment
from ui.plot import Axis, Dots, chart_html
from ui.words import tr

MOST = 400  # steps that are drawn; of more, the longest gradient of each few
POWERS = range(-3, 7)


def lengths(experiment: Experiment) -> None:
    """The first run's gradients for each strategy, and all runs' in a table."""
    results = experiment.results
    steps, norms = _drawn(results.norms[:, 0])
    logs = np.log10(np.maximum(norms, 1e-3))
    low, high = _ends(logs)
    ticks = tuple((float(power), figure(10.0**power, 3)) for power in POWERS)

    def draw(k: int) -> str:
        alt = tr(
            "Length of the gradient at each step of {title}, first run; in the second half the "
            "longest is {ratio} times the median",
            title=words(strategy_of(results.strategies[k]).title),
            ratio=figure(float(experiment.outcomes[k].norms.ratio[0]), 1),
        )
        return chart_html(
            (Dots(steps.tolist(), logs[k].tolist(), "logits", shape="small"),),
            Axis(tr("step"), 0, results.plan.steps),
            Axis(tr("length, log scale"), low, high, ticks),
            alt=alt,
            height=150,
        )

    panels(experiment, draw)
    said = tr("Length of the gradient at the steps of the first run.")
    few = tr("Of each few steps the longest.")
    st.caption(said if norms.shape[1] == results.norms.shape[2] else f"{said} {few}")
    _table(experiment)


def _ends(logs: Array) -> tuple[float, float]:
    """From a power of ten below all finite ones to just above them."""
    finite = logs[np.isfinite(logs)]
    if not finite.size:
        return -1.0, 1.0
    return float(np.floor(finite.min())), float(max(finite.max(), 0.0)) + 0.1


def _drawn(norms: Array) -> tuple[Array, Array]:
    """(K,) steps and (S, K) lengths."""
    count = norms.shape[1]
    if count <= MOST:
        return np.arange(1, count + 1), norms
    edges = np.linspace(0, count, MOST + 1).astype(int)[:-1]
    return edges + 1, np.maximum.reduceat(norms, edges, axis=1)


def _table(experiment: Experiment) -> None:
    heads = (tr("median"), tr("99 % are below"), tr("longest / median"))
    head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
    rows = "".join(
        f"<tr><th scope='row'>{escape(titled(outcome.key))}</th>"
        f"{''.join(_cell(outcome.norms.interval(name)) for name in ('median', 'high', 'ratio'))}"
        "</tr>"
        for outcome in experiment.outcomes
    )
    name = escape(tr("Length of the gradient"))
    caption = tr(
        "Length of the gradient in the second half of the steps, when the start is forgotten: mean "
        "of the runs"
    )
    st.html(
        f"<div class='wce-scroll' tabindex='0' role='region' aria-label='{name}'>"
        f"<table class='wce-check wce-lab-narrow'><caption>{escape(caption)}</caption>"
        f"<tr><th scope='col'>{escape(tr('trained with'))}</th>{head}</tr>{rows}</table></div>"
    )


def _cell(one: Interval) -> str:
    ends = escape(tr("{low} to {high}", low=figure(one.low, 2), high=figure(one.high, 2)))
    said = f"<br><small>{ends}</small>" if one.known else ""
    return f"<td class='wce-number'>{figure(one.mean, 2)}{said}</td>"
