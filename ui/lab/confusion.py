"""Which class the test samples of each class were taken for."""

from html import escape

import streamlit as st

from ce_core.lab import Outcome, strategy_of
from ui.figures import figure
from ui.lab.panels import panels
from ui.lab.training import Experiment


def confusion(experiment: Experiment) -> None:
    """A table for each strategy: a row for each class, counts, and the row's recall."""
    names = experiment.split.test.names
    panels(experiment, lambda k: _table(experiment.outcomes[k], names), wide=True)
    runs = experiment.results.test_logits.shape[1]
    together = f", all {runs} runs together" if runs > 1 else ""
    st.caption(
        f"A row holds the test samples that are of its class, by what the model calls them"
        f"{together}. Framed: right."
    )


def _table(outcome: Outcome, names: tuple[str, ...]) -> str:
    head = "".join(f"<th scope='col'>called {escape(name)}</th>" for name in names)
    rows = "".join(
        f"<tr><th scope='row'>is {escape(name)}</th>{_row(outcome, k)}</tr>"
        for k, name in enumerate(names)
    )
    return (
        "<div class='wce-scroll' tabindex='0' role='region' aria-label='Confusion of "
        f"{escape(strategy_of(outcome.key).title)}'><table class='wce-check wce-lab-confusion'>"
        "<tr><td></td>"
        f"{head}<th scope='col'>recall</th></tr>{rows}</table></div>"
    )


def _row(outcome: Outcome, of: int) -> str:
    counts = [float(count) for count in outcome.confusion[of]]
    cells = "".join(
        f"<td class='wce-number{' wce-lab-right' if k == of else ''}'>{_count(count)}</td>"
        for k, count in enumerate(counts)
    )
    return f"{cells}<td class='wce-number'>{figure(outcome.interval('recall', of).mean, 2)}</td>"


def _count(count: float) -> str:
    return f"{count:,.0f}"
