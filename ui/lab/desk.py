"""The lab: settings, Train and Stop, and what there is to see for these settings."""

from pathlib import Path

import streamlit as st

from ce_core import CaseError
from ce_core.lab import Plan, Samples, Split, split_of
from ui import state
from ui.header import embedded, share
from ui.lab.boundaries import untrained
from ui.lab.controls import controls, shown
from ui.lab.device import device_of
from ui.lab.jobs import FullError
from ui.lab.meaning import meaning
from ui.lab.naming import named
from ui.lab.own.taking import mine, taking
from ui.lab.progress import ended, live, so_far
from ui.lab.refusing import refused
from ui.lab.summary import summary
from ui.lab.training import Experiment, Training, begin, found, is_gone, latest
from ui.lab.views import picked
from ui.messages import NOTE, STOP, WARNING, explain, plain
from ui.view import View
from ui.words import tr

STYLE = Path(__file__).with_name("lab.css")


def lab(view: View) -> None:
    """Everything on the page below its question."""
    st.html(STYLE)
    if not embedded():  # in a course page the experiment is the one in the link
        controls(view)
    own = taking() if view.lab.data == "own" else None
    device = device_of(view)
    here = _Here(view.lab, device, own)
    if is_gone(here.plan, device) and not here.done and not _lacks(here):
        _begin(here.plan, device, own)
        state.tell("lab_gone", told=True)
        here = _Here(view.lab, device, own)
    _buttons(view, here)
    _shown(here)


class _Here:
    """What is set, and what there is of it: a training of this tab, or a finished experiment."""

    def __init__(self, plan: Plan, device: str, own: Samples | None) -> None:
        self.plan, self.device, self.own = plan, device, own
        last = latest()
        fits = last is not None and last.is_of(plan, device, own)
        self.training: Training | None = last if fits else None
        self.earlier: Training | None = None if fits else last
        self.ready: Experiment | None = found(plan, device, own)

    @property
    def going(self) -> Training | None:
        """The tab's training while it waits or runs, of these settings or of earlier ones."""
        last = self.training or self.earlier
        return last if last is not None and not last.job.ended else None

    @property
    def done(self) -> bool:
        """Whether just these settings were trained to the end."""
        return self.ready is not None or (
            self.training is not None and self.training.job.ended == "done"
        )


def _buttons(view: View, here: _Here) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="lab-buttons"):
        if here.going is not None and here.going is here.training:
            st.button(tr("Stop"), icon=":material/stop:", key=state.key("lab_stop"), on_click=_stop)
        elif here.done:
            st.button(
                tr("Train with other seeds"),
                icon=":material/replay:",
                key=state.key("lab_again"),
                on_click=_again,
                args=(here.device,),
            )
        else:
            st.button(
                tr("Train"),
                icon=":material/play_arrow:",
                key=state.key("lab_train"),
                on_click=_train,
                args=(here.device,),
                disabled=_lacks(here),
            )
        share(view)
        st.caption(tr("{plan}, on {device}", plan=shown(here.plan), device=here.device))
    problem = state.told("lab_train")
    if problem:
        st.error(refused(problem), icon=STOP)
    if state.told("lab_gone"):
        st.info(
            tr(
                "The server that trained this is gone, so it is trained again: the same settings "
                "give the same numbers."
            ),
            icon=NOTE,
        )


def _lacks(here: _Here) -> bool:
    """Whether there is no table to train on, though a person's own is asked for."""
    return here.plan.data == "own" and here.own is None


def _train(device: str) -> None:
    state.act()
    plan = state.current().lab
    _begin(plan, device, mine() if plan.data == "own" else None)


def _begin(plan: Plan, device: str, own: Samples | None) -> None:
    state.tell("lab_gone", told=None)
    try:
        begin(plan, device, own)
    except (FullError, CaseError) as problem:
        state.tell("lab_train", problem.with_traceback(None))
    else:
        state.tell("lab_train", None)


def _again(device: str) -> None:
    """The same settings with other data and starts, which a link to them says."""
    plan = state.current().lab
    seed = plan.seed + plan.runs
    state.show(state.current().replace(lab=plan.replace(seed=seed if seed < 999_999 else 0)))
    state.refresh("lab_seed")
    _train(device)


def _stop() -> None:
    last = latest()
    state.act()
    if last is not None:
        last.job.cancel()


def _shown(here: _Here) -> None:
    training = here.training
    if here.ready is not None:
        _results(here.ready)
    elif training is not None and not training.job.ended:
        _question(here)
        live(training)
        so_far(training, _numbers)
    elif training is not None:
        ended(training)
        if training.experiment is not None and training.experiment.results.step:
            _results(training.experiment)
        else:
            _before(here)
    else:
        _before(here)


def _before(here: _Here) -> None:
    """The samples, for settings that nobody had trained yet."""
    if _lacks(here):
        st.info(
            tr(
                "Bring a table above: a link cannot hold one, so whoever opens yours brings their "
                "own."
            ),
            icon=WARNING,
        )
        return
    if not _question(here):
        return
    st.markdown(
        tr(
            "Press **Train** to see. The same settings on the same kind of machine give the same "
            "numbers, so a link reproduces an experiment."
        )
    )
    untrained(split_of(here.plan, here.own))


def _question(here: _Here) -> bool:
    """How rare the rare class is, as a question; False where the samples cannot be parted."""
    try:
        split = split_of(here.plan, here.own)
    except CaseError as problem:
        st.error(explain(problem), icon=STOP)
        return False
    _ask(split)
    return True


def _ask(split: Split) -> None:
    name, count = plain(named(split.train.names[split.rare])), int(split.train.counts[split.rare])
    known = {"all": len(split.train), "name": name}
    if count == 1:
        st.header(tr("Of {all:,} samples 1 is “{name}”. Which model finds it?", **known))
        return
    st.header(
        tr(
            "Of {all:,} samples {count:,} are “{name}”. Which model finds them?",
            **known,
            count=count,
        )
    )


def _results(experiment: Experiment) -> None:
    _ask(experiment.split)
    _numbers(experiment)
    st.header(tr("What this says"))
    st.markdown("\n".join(f"- {sentence}" for sentence in meaning(experiment)))


@st.fragment
def _numbers(experiment: Experiment) -> None:
    """The table and a picture; to look at another one draws nothing else."""
    summary(experiment)
    picked().draw(experiment)
