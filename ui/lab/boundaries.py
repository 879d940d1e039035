"""Where each strategy's models say that a sample is rare: their boundaries over the samples."""

import numpy as np
import streamlit as st

from ce_core.arrays import Array
from ce_core.lab import Split, strategy_of
from ce_core.words import words
from ui.figures import figure
from ui.lab import field
from ui.lab.naming import named
from ui.lab.panels import panels
from ui.lab.training import Experiment
from ui.messages import plain
from ui.words import tr


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
        alt = tr(
            "Training samples and the area that {title} calls {name}; it finds {found} of the "
            "test samples of {name}",
            title=words(strategy_of(key).title),
            name=name,
            found=figure(found, 2),
        )
        return field.drawing(split.train, split.rare, frame, area, alt=alt)

    panels(experiment, draw)
    rare = plain(named(name))
    if results.grid_logits.shape[1] == 1:
        shaded = tr(
            "Shaded: where the model says {name}; the boundary of the one run.",
            name=rare,
        )
    else:
        shaded = tr(
            "Shaded: where the model says {name}; a line for each run, darker where they agree.",
            name=rare,
        )
    trained_on = tr("Each panel shows samples that were trained on.")
    st.caption(f"{shaded} {_said(split)} {trained_on}")


def untrained(split: Split) -> None:
    """The training samples before any model has seen them."""
    frame = field.frame_of(split.train)
    counts = ", ".join(
        tr("{count:,} {name}", count=int(count), name=name)
        for count, name in zip(split.train.counts, split.train.names, strict=True)
    )
    alt = tr("The training samples in the plane: {counts}", counts=counts)
    picture = field.drawing(split.train, split.rare, frame, alt=alt)
    st.markdown(f"<div class='wce-lab-one'>{picture}</div>", unsafe_allow_html=True)
    st.caption(f"{plain(counts)}. {_said(split)}")


def _said(split: Split) -> str:
    """The shapes, the axes, and whether some samples are left out of the picture."""
    train = split.train
    shapes = plain(field.legend(train, split.rare))
    fewer = tr("About {count:,} of them are drawn.", count=field.MOST)
    across, up = (plain(named(axis)) for axis in train.axes)
    axes = tr("To the right: {across}; up: {up}.", across=across, up=up)
    shown = f" {fewer}" if field.part(train) < 1 else ""
    return f"{shapes[:1].upper()}{shapes[1:]}.{shown} {axes}"


def _margins(logits: Array, rare: int) -> Array:
    """How far the rare class's logit lies above the largest other one: (R, G, G)."""
    others = np.delete(logits, rare, axis=-1).max(axis=-1)
    return np.asarray(logits[..., rare] - others)
