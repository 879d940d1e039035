"""The table of what each strategy is worth: means over the runs, with their intervals."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from math import isfinite

import streamlit as st

from ce_core.lab import Interval, Outcome
from ce_core.words import Words, words
from ui.figures import LARGE, figure
from ui.lab.naming import titled
from ui.lab.training import Experiment
from ui.messages import plain
from ui.words import tr


@dataclass(frozen=True)
class Column:
    """A measure: its title, its meaning, how it is read, and which end of it is good."""

    title: Words
    says: Words
    read: Callable[[Outcome], Interval]
    best: Callable[..., float]  # max or min

    @property
    def word(self) -> str:
        """What the best value is called, in the language of the page."""
        return tr("highest") if self.best is max else tr("lowest")


def columns(names: tuple[str, ...], rare: int) -> tuple[Column, ...]:
    """The measures of the table: the rare class's recall first, then the others'."""
    order = (rare, *(k for k in range(len(names)) if k != rare))
    recalls = tuple(
        Column(
            words("recall of {name}", name=names[k]),
            words("the share of the class's test samples that are found"),
            lambda outcome, k=k: outcome.interval("recall", k),  # type: ignore[misc]
            max,
        )
        for k in order[:3]
    )
    return (
        *recalls,
        Column(
            words("balanced accuracy"),
            words("the mean of the classes' recalls"),
            lambda outcome: outcome.interval("balanced_accuracy"),
            max,
        ),
        Column(
            words("accuracy"),
            words("the share of all test samples that are right"),
            lambda outcome: outcome.interval("accuracy"),
            max,
        ),
        Column(
            words("log loss"),
            words("plain cross-entropy of the test samples"),
            lambda outcome: outcome.interval("log_loss"),
            min,
        ),
        Column(
            words("calibration error"),
            words("how far the rare class's predicted probability is from how often it is right"),
            lambda outcome: outcome.interval("calibration_error"),
            min,
        ),
    )


def summary(experiment: Experiment) -> None:
    """A row for each strategy."""
    split, outcomes = experiment.split, experiment.outcomes
    measures = columns(split.train.names, split.rare)
    head = "".join(
        f"<th scope='col' class='wce-number'>{escape(tr(measure.title))}</th>"
        for measure in measures
    )
    cells = [_cells(measure, outcomes) for measure in measures]
    lines = "".join(
        f"<tr><th scope='row'>{escape(titled(outcome.key))}</th>"
        f"{''.join(column[k] for column in cells)}</tr>"
        for k, outcome in enumerate(outcomes)
    )
    st.caption(_caption(experiment))
    name, first = escape(tr("What each strategy is worth")), escape(tr("trained with"))
    st.html(
        f"<div class='wce-scroll' tabindex='0' role='region' aria-label='{name}'>"
        f"<table class='wce-check wce-lab-table'><tr><th scope='col'>{first}</th>"
        f"{head}</tr>{lines}</table></div>"
    )
    with st.expander(tr("What the columns say")):
        said = (f"- **{plain(tr(one.title))}:** {tr(one.says)}" for one in measures)
        st.markdown("\n".join(said))


def _caption(experiment: Experiment) -> str:
    first = experiment.outcomes[0].interval("accuracy")
    tested = len(experiment.split.test)
    said = tr("On {count:,} test samples that no model has seen.", count=tested)
    if first.runs == 1:
        means = tr("One run gives no interval and proves nothing: another start may differ.")
    else:
        means = tr(
            "Means over {runs} runs; below each, its 95 % interval (Student's t). The runs differ "
            "in their start and their batches alone, so the intervals say nothing about other "
            "data: other seeds draw other samples.",
            runs=first.runs,
        )
    return f"{said} {means}"


def _cells(measure: Column, outcomes: tuple[Outcome, ...]) -> list[str]:
    found = [measure.read(outcome) for outcome in outcomes]
    finite = [one.mean for one in found if one.mean == one.mean]
    best = figure(measure.best(finite), 2) if finite else ""
    marks = [measure.word if figure(one.mean, 2) == best else "" for one in found]
    if len({figure(one.mean, 2) for one in found}) == 1:
        marks = [""] * len(found)  # all alike
    return [_cell(one, word) for one, word in zip(found, marks, strict=True)]


def _cell(one: Interval, word: str) -> str:
    ends = tr("{low} to {high}", low=shown(one.low), high=shown(one.high))
    mark = f" <strong>{escape(word)}</strong>" if word else ""
    below = f"<br><small>{escape(ends)}</small>" if one.known else ""
    return f"<td class='wce-number'>{shown(one.mean)}{mark}{below}</td>"


def shown(value: float) -> str:
    """A measure with two decimals, so that the points line up."""
    if not isfinite(value) or abs(value) >= LARGE:
        return figure(value, 2)
    return tr("{value:.2f}", value=value)
