"""A training while it waits and runs: how far it is, and what there is of it so far."""

from collections.abc import Callable

import streamlit as st

from ce_core.words import Words, words
from ui import state
from ui.failing import code
from ui.lab.jobs import LONGEST, Ended
from ui.lab.training import Experiment, Training, queue
from ui.messages import STOP, WARNING, plain
from ui.reporting import report
from ui.words import tr

EVERY = 0.5  # seconds between two looks at how far it is
DRAWN = 1.5  # seconds between two drawings of its results, which cost a browser most
ENDS: dict[Ended, Words] = {
    "stopped": words("Stopped at your word."),
    "unwatched": words(
        "This training ended because nobody was looking at it. Press Train to start it again."
    ),
    "too long": words(
        "Stopped after {seconds:g} seconds, the longest that a training may take here. Fewer "
        "steps, runs or strategies, or a smaller batch, take less.",
        seconds=LONGEST,
    ),
}
BROKEN = words(
    "The training ended with an error, through a fault of the page and not of your settings."
)


@st.fragment(run_every=EVERY)
def live(training: Training) -> None:
    """Draw how far a training is every half second until it ends; then the whole page, once.

    That it is drawn is what keeps it running: who leaves the page lets it end.
    """
    job = training.job
    job.watch()
    if job.ended:
        state.act()  # the address may be older than the screen
        st.rerun()
    _bar(training)


@st.fragment(run_every=DRAWN)
def so_far(training: Training, draw: Callable[[Experiment], None]) -> None:
    """Draw what a training has given by now."""
    experiment = training.experiment
    if experiment is not None and experiment.results.step:
        draw(experiment)


def _bar(training: Training) -> None:
    ahead = queue().ahead(training.job)
    progress = training.job.progress
    if ahead:
        st.progress(0.0, _waits(ahead))
    elif progress is None:
        st.progress(0.0, tr("Starting"))
    elif progress.step >= progress.steps:
        st.progress(1.0, tr("Measuring the time of a step"))
    else:
        st.progress(
            progress.step / progress.steps,
            tr(
                "Step {step:,} of {steps:,}, {left}",
                step=progress.step,
                steps=progress.steps,
                left=_left(progress.left),
            ),
        )


def _waits(ahead: int) -> str:
    if ahead == 1:
        return tr("Waiting: 1 training is before yours on this server.")
    return tr("Waiting: {count} trainings are before yours on this server.", count=ahead)


def _left(seconds: float) -> Words:
    if not 0 <= seconds < 1e6:
        return words("time left not known yet")
    return words("about {seconds} s left", seconds=max(round(seconds), 1))


def ended(training: Training) -> None:
    """How a training ended, where it is not simply done."""
    job = training.job
    if job.ended == "failed":
        st.error(_failed(job.problem), icon=STOP)
    elif job.ended in ENDS:
        made = training.experiment
        far = ""
        if made is not None and made.results.step:
            far = tr(
                "What follows is what there was after {step:,} of {steps:,} steps.",
                step=made.results.step,
                steps=made.plan.steps,
            )
        st.warning(f"{tr(ENDS[job.ended])} {far}".rstrip(), icon=WARNING)


def _failed(problem: Exception | None) -> str:
    """Torch's own words where it has some for the person; else the code that is in the log too."""
    said = getattr(problem, "said", None)
    if not isinstance(said, Words):
        begun = tr(BROKEN)
        return f"{begun} {code(report(problem, 'training'))}" if problem is not None else begun
    message = tr(said).strip().partition("\n")[0].partition(". ")[0].rstrip(".")[:300]
    return tr(
        "The training ended with an error: {message}. Take fewer strategies, runs or samples, or "
        "train on the CPU.",
        message=plain(message),
    )
