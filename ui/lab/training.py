"""An experiment: trained in the background, measured, timed, and kept once it is finished."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import cached_property

import numpy as np
import streamlit as st

from ce_core.lab import Measures, Plan, Results, Samples, Split, measure, split_of
from ui import state
from ui.lab.jobs import Job, Queue, Tell
from ui.lab.kept import Kept

HELD = "lab"  # the name under which a tab holds its training
ASKED = "lab-asked"  # what it was of, which outlives the server that trained


@dataclass(frozen=True, eq=False)
class Experiment:
    """What a training gave, whole or so far.

    Attributes:
        plan: that was trained.
        device: where, as torch names it.
        split: the samples.
        results: of the training.
        times: seconds of a step by strategy, each trained alone; empty if that was not measured.
    """

    plan: Plan
    device: str
    split: Split
    results: Results
    times: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def outcomes(self) -> Measures:
        """What each strategy is worth."""
        return measure(self.results, self.split)

    @property
    def size(self) -> int:
        """How many bytes its arrays take."""
        parts = (getattr(self.results, one.name) for one in fields(self.results))
        return sum(part.nbytes for part in parts if isinstance(part, np.ndarray))


@dataclass(frozen=True, eq=False)
class Training:
    """A training of this browser tab: what is trained, and the job that does it."""

    plan: Plan
    device: str
    own: Samples | None
    split: Split
    job: Job

    def is_of(self, plan: Plan, device: str, own: Samples | None) -> bool:
        """Whether this is the training of just these settings and samples."""
        return (self.plan, self.device) == (plan, device) and self.own is own

    @property
    def experiment(self) -> Experiment | None:
        """What it gave, or what there is of it by now."""
        if self.job.result is not None or self.job.progress is None:
            made: Experiment | None = self.job.result
            return made
        return Experiment(self.plan, self.device, self.split, self.job.progress.results)


@st.cache_resource(show_spinner=False)
def queue() -> Queue:
    """The trainings of everybody on this server."""
    return Queue()


@st.cache_resource(show_spinner=False)
def kept() -> Kept:
    """The finished experiments of everybody on this server, own data aside."""
    return Kept()


def found(plan: Plan, device: str, own: Samples | None) -> Experiment | None:
    """The finished experiment of a plan, if anybody had it trained on this server."""
    made: Experiment | None = kept().get((plan, device)) if own is None else None
    return made


def latest() -> Training | None:
    """The last training that this tab asked for."""
    training: Training | None = state.held(HELD)
    return training


def begin(plan: Plan, device: str, own: Samples | None) -> Training:
    """Put a training in the queue; the one that this tab asked for before ends.

    Raises:
        CaseError: the samples cannot be parted.
        FullError: too many trainings wait.
    """
    before = latest()
    if before is not None:
        before.job.cancel()
    split = split_of(plan, own)
    everybody = kept()

    def make(tell: Tell) -> Experiment:
        experiment = _train(plan, device, split, tell)
        if experiment.results.finished and own is None:
            everybody.put((plan, device), experiment, experiment.size)
        return experiment

    training = Training(plan, device, own, split, Job(make))
    queue().submit(training.job)
    state.hold(HELD, training)
    state.hold(ASKED, repr((plan, device)), note=repr((plan, device)))
    return training


def is_gone(plan: Plan, device: str) -> bool:
    """Whether this tab had just this trained on a server that is gone."""
    return latest() is None and state.held(ASKED, str) == repr((plan, device))


def _train(plan: Plan, device: str, split: Split, tell: Tell) -> Experiment:
    from ce_core.torch_check import DeviceError
    from ce_core.torch_train import time_steps, train

    results = train(plan, split, device, told=tell)
    if not results.finished:
        return Experiment(plan, device, split, results)
    times: Mapping[str, float] = {}
    with suppress(DeviceError):  # what was trained is worth showing without its times
        times = time_steps(plan, split, device)
    experiment = Experiment(plan, device, split, results, times)
    _ = experiment.outcomes  # made here, so that the page need not wait for them
    return experiment
