"""The table of what each strategy is worth: means over the runs, with their intervals."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from ce_core.lab import Interval, Outcome, strategy_of
from ui.figures import figure
from ui.lab.training import Experiment
from ui.messages import plain


@dataclass(frozen=True)
class Column:
    """A measure: its title, its meaning, how it is read, and which end of it is good."""

    title: str
    says: str
    read: Callable[[Outcome], Interval]
    best: Callable[..., float]  # max or min

    @property
    def word(self) -> str:
        """What the best value is called."""
        return "highest" if self.best is max else "lowest"


def columns(names: tuple[str, ...], rare: int) -> tuple[Column, ...]:
    """The measures of the table: the rare class's recall first, then the others'."""
    order = (rare, *(k for k in range(len(names)) if k != rare))
    recalls = tuple(
        Column(
            f"recall of {names[k]}",
            "the share of the class's test samples that are found",
            lambda outcome, k=k: outcome.interval("recall", k),  # type: ignore[misc]
            max,
        )
        for k in order[:3]
    )
    return (
        *recalls,
        Column(
            "balanced accuracy",
            "the mean of the classes' recalls",
            lambda outcome: outcome.interval("balanced_accuracy"),
            max,
        ),
        Column(
            "accuracy",
            "the share of all test samples that are right",
            lambda outcome: outcome.interval("accuracy"),
            max,
        ),
        Column(
            "log loss",
            "plain cross-entropy of the test samples",
            lambda outcome: outcome.interval("log_loss"),
            min,
        ),
        Column(
            "calibration error",
            "how far the rare class's predicted probability is from how often it is right",
            lambda outcome: outcome.interval("calibration_error"),
            min,
        ),
    )


def summary(experiment: Experiment) -> None:
    """A row for each strategy."""
    split, outcomes = experiment.split, experiment.outcomes
    measures = columns(split.train.names, split.rare)
    head = "".join(
        f"<th scope='col' class='wce-number'>{escape(measure.title)}</th>" for measure in measures
    )
    cells = [_cells(measure, outcomes) for measure in measures]
    lines = "".join(
        f"<tr><th scope='row'>{escape(strategy_of(outcome.key).title)}</th>"
        f"{''.join(column[k] for column in cells)}</tr>"
        for k, outcome in enumerate(outcomes)
    )
    st.caption(_caption(experiment))
    st.html(
        "<div class='wce-scroll' tabindex='0' role='region' aria-label='What each strategy is "
        "worth'><table class='wce-check wce-lab-table'><tr><th scope='col'>trained with</th>"
        f"{head}</tr>{lines}</table></div>"
    )
    with st.expander("What the columns say"):
        st.markdown("\n".join(f"- **{plain(one.title)}:** {one.says}" for one in measures))


def _caption(experiment: Experiment) -> str:
    first = experiment.outcomes[0].interval("accuracy")
    tested = len(experiment.split.test)
    said = f"On {tested:,} test samples that no model has seen. "
    if first.runs == 1:
        return said + "One run gives no interval and proves nothing: another start may differ."
    return said + (
        f"Means over {first.runs} runs; below each, its 95 % interval (Student's t). The runs "
        "differ in their start and their batches alone, so the intervals say nothing about other "
        "data: other seeds draw other samples."
    )


def _cells(measure: Column, outcomes: tuple[Outcome, ...]) -> list[str]:
    found = [measure.read(outcome) for outcome in outcomes]
    finite = [one.mean for one in found if one.mean == one.mean]
    best = figure(measure.best(finite), 2) if finite else ""
    words = [measure.word if figure(one.mean, 2) == best else "" for one in found]
    if len({figure(one.mean, 2) for one in found}) == 1:
        words = [""] * len(found)  # all alike
    return [_cell(one, word) for one, word in zip(found, words, strict=True)]


def _cell(one: Interval, word: str) -> str:
    said = f"{shown(one.low)} to {shown(one.high)}" if one.known else ""
    mark = f" <strong>{word}</strong>" if word else ""
    below = f"<br><small>{said}</small>" if said else ""
    return f"<td class='wce-number'>{shown(one.mean)}{mark}{below}</td>"


def shown(value: float) -> str:
    """A measure with two decimals, so that the points line up."""
    text = figure(value, 2)
    if "e" in text:  # too small for two decimals
        return "0.00" if abs(value) < 1 else text
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals:0<2}" if whole.lstrip("−").isdigit() else text
