"""The numbers of a plan that few need to change, folded."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from ce_core.lab import LIMITS, Plan
from ce_core.lab.plan import WHOLE
from ui import state
from ui.folded import folded
from ui.words import tr
from ui.words.numerals import prose


@dataclass(frozen=True)
class Field:
    """A number of the plan: its label, the step of its arrows, and what it does."""

    name: str
    label: str
    step: float
    says: str


FIELDS = (
    Field("samples", "Training samples", 100, "How many are made."),
    Field("spread", "Spread", 0.1, "How far a class's samples lie apart: more, and they overlap."),
    Field("runs", "Runs", 1, "How often each strategy is trained, each time from another start."),
    Field("steps", "Steps", 50, "Of training, each on one batch."),
    Field("batch", "Batch", 16, "Samples in a batch."),
    Field("rate", "Learning rate", 0.01, "Of gradient descent with momentum 0.9."),
    Field("seed", "Seed", 1, "Makes the data and the first run; the next runs count on from it."),
    Field("gamma", "γ of the focal loss", 0.5, "0 is plain cross-entropy."),
    Field("tau", "τ of logit adjustment", 0.1, "How much of the classes' log-shares is added."),
    Field("smoothing", "ε of label smoothing", 0.05, "What the target gives to all classes."),
    Field("beta", "β of effective number", 0.001, "For these weights; nearer to 1 is stronger."),
)
LEFT_OUT = ("samples", "spread")  # where the data has no use for them


def more(plan: Plan, uses: tuple[str, ...], take: Callable[[str], None]) -> None:
    """The fields in rows of four; those that the data has no use for are left out."""
    folded(tr("More"), "lab-more", partial(_fields, plan, uses, take))


def _fields(plan: Plan, uses: tuple[str, ...], take: Callable[[str], None]) -> None:
    fields = [one for one in FIELDS if one.name in uses or one.name not in LEFT_OUT]
    for first in range(0, len(fields), 4):
        for place, field in zip(st.columns(4), fields[first : first + 4], strict=False):
            with place:
                _field(plan, field, take)


def _field(plan: Plan, field: Field, take: Callable[[str], None]) -> None:
    low, high = LIMITS[field.name]
    value = getattr(plan, field.name)
    kind: type[int | float] = int if field.name in WHOLE else float
    st.number_input(
        tr(field.label),
        min_value=kind(low),
        max_value=kind(high),
        value=kind(value),
        step=kind(field.step),
        format=None if kind is int else "%g",
        key=state.key(f"lab_{field.name}"),
        on_change=take,
        args=(field.name,),
        help=prose(field.says),
    )
