"""Where each strategy's models say that a sample is rare: their boundaries over the samples."""

import numpy as np
import streamlit as st

from ce_core.arrays import Array
from ce_core.lab import Split, strategy_of
from ui.figures import figure
from ui.lab import field
from ui.lab.panels import panels
from ui.lab.training import Experiment
from ui.messages import plain


def boundaries(experiment: Experiment) -> None:
    """A panel for each strategy: the training samples over the areas of its runs."""
    split, results = experiment.split, experiment.results
    grid = results.grid_x, results.grid_y
    frame = field.frame_of(split.train, grid)
    name = split.train.names[split.rare]

    def draw(k: int) -> str:
        key = results.strategies[k]
        found = experiment.outcomes[k].interval("recall", split.rare).mean
        area = field.ground(_margins(results.grid_logits[k], split.rare), frame, grid)
        alt = (
            f"Training samples and the area that {strategy_of(key).title} calls {name}; it finds "
            f"{figure(found, 2)} of the test samples of {name}"
        )
        return field.drawing(split.train, split.rare, frame, area, alt=alt)

    panels(experiment, draw)
    runs = results.grid_logits.shape[1]
    each = "the boundary of the one run" if runs == 1 else "a line for each run, darker where they "
    agree = "" if runs == 1 else "agree"
    st.caption(
        f"Shaded: where the model says {plain(name)}; {each}{agree}. {_said(split)} Each panel "
        "shows samples that were trained on."
    )


def untrained(split: Split) -> None:
    """The training samples before any model has seen them."""
    frame = field.frame_of(split.train)
    counts = ", ".join(
        f"{int(count):,} {name}"
        for count, name in zip(split.train.counts, split.train.names, strict=True)
    )
    picture = field.drawing(
        split.train, split.rare, frame, alt=f"The training samples in the plane: {counts}"
    )
    st.markdown(f"<div class='wce-lab-one'>{picture}</div>", unsafe_allow_html=True)
    st.caption(f"{plain(counts)}. {_said(split)}")


def _said(split: Split) -> str:
    """The shapes, the axes, and whether some samples are left out of the picture."""
    train = split.train
    shapes = plain(field.legend(train, split.rare))
    fewer = f" About {field.MOST:,} of them are drawn." if field.part(train) < 1 else ""
    across, up = (plain(axis) for axis in train.axes)
    return f"{shapes[:1].upper()}{shapes[1:]}.{fewer} To the right: {across}; up: {up}."


def _margins(logits: Array, rare: int) -> Array:
    """How far the rare class's logit lies above the largest other one: (R, G, G)."""
    others = np.delete(logits, rare, axis=-1).max(axis=-1)
    return np.asarray(logits[..., rare] - others)
