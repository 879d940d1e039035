"""Which class the test samples of each class were taken for."""

from html import escape

import streamlit as st

from ce_core.lab import Outcome, strategy_of
from ce_core.words import words
from ui.figures import figure
from ui.lab.panels import panels
from ui.lab.training import Experiment
from ui.words import tr


def confusion(experiment: Experiment) -> None:
    """A table for each strategy: a row for each class, counts, and the row's recall."""
    names = experiment.split.test.names
    panels(experiment, lambda k: _table(experiment.outcomes[k], names), wide=True)
    runs = experiment.results.test_logits.shape[1]
    if runs == 1:
        said = tr(
            "A row holds the test samples that are of its class, by what the model calls them. "
            "Framed: right."
        )
    else:
        said = tr(
            "A row holds the test samples that are of its class, by what the model calls them, "
            "all {runs} runs together. Framed: right.",
            runs=runs,
        )
    st.caption(said)


def _table(outcome: Outcome, names: tuple[str, ...]) -> str:
    called = (tr("called {name}", name=name) for name in names)
    head = "".join(f"<th scope='col'>{escape(one)}</th>" for one in called)
    rows = "".join(
        f"<tr><th scope='row'>{escape(tr('is {name}', name=name))}</th>{_row(outcome, k)}</tr>"
        for k, name in enumerate(names)
    )
    title = tr("Confusion of {title}", title=words(strategy_of(outcome.key).title))
    return (
        "<div class='wce-scroll' tabindex='0' role='region' aria-label='"
        f"{escape(title)}'><table class='wce-check wce-lab-confusion'>"
        "<tr><td></td>"
        f"{head}<th scope='col'>{escape(tr('recall'))}</th></tr>{rows}</table></div>"
    )


def _row(outcome: Outcome, of: int) -> str:
    counts = [float(count) for count in outcome.confusion[of]]
    cells = "".join(
        f"<td class='wce-number{' wce-lab-right' if k == of else ''}'>{_count(count)}</td>"
        for k, count in enumerate(counts)
    )
    return f"{cells}<td class='wce-number'>{figure(outcome.interval('recall', of).mean, 2)}</td>"


def _count(count: float) -> str:
    return tr("{count:,.0f}", count=count)
