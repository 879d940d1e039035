"""A training while it waits and runs: how far it is, and what there is of it so far."""

from collections.abc import Callable

import streamlit as st

from ui import state
from ui.lab.jobs import LONGEST, Ended
from ui.lab.training import Experiment, Training, queue
from ui.messages import STOP, WARNING, plain

EVERY = 0.5  # seconds between two looks at how far it is
DRAWN = 1.5  # seconds between two drawings of its results, which cost a browser most
ENDS: dict[Ended, str] = {
    "stopped": "Stopped at your word.",
    "unwatched": "This training ended because nobody was looking at it. Press Train to start it "
    "again.",
    "too long": f"Stopped after {LONGEST:g} seconds, the longest that a training may take here. "
    "Fewer steps, runs or strategies, or a smaller batch, take less.",
}


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
        others = "1 training is" if ahead == 1 else f"{ahead} trainings are"
        st.progress(0.0, f"Waiting: {others} before yours on this server.")
    elif progress is None:
        st.progress(0.0, "Starting")
    elif progress.step >= progress.steps:
        st.progress(1.0, "Measuring the time of a step")
    else:
        st.progress(
            progress.step / progress.steps,
            f"Step {progress.step:,} of {progress.steps:,}, {_left(progress.left)}",
        )


def _left(seconds: float) -> str:
    if not 0 <= seconds < 1e6:
        return "time left not known yet"
    return f"about {max(round(seconds), 1)} s left"


def ended(training: Training) -> None:
    """How a training ended, where it is not simply done."""
    job = training.job
    if job.ended == "failed":
        st.error(_failed(job.problem), icon=STOP)
    elif job.ended in ENDS:
        made = training.experiment
        far = ""
        if made is not None and made.results.step:
            steps = f"{made.results.step:,} of {made.plan.steps:,} steps"
            far = f" What follows is what there was after {steps}."
        st.warning(f"{ENDS[job.ended]}{far}", icon=WARNING)


def _failed(problem: Exception | None) -> str:
    said = str(problem).strip().partition("\n")[0].partition(". ")[0].rstrip(".")[:300]
    words = said or type(problem).__name__
    return (
        f"The training ended with an error: {plain(words)}. Take fewer strategies, runs or "
        "samples, or train on the CPU."
    )
