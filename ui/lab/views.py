"""The pictures of an experiment, one in sight at a time."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ui import state
from ui.lab.boundaries import boundaries
from ui.lab.calibration import calibration
from ui.lab.confusion import confusion
from ui.lab.curves import curves
from ui.lab.lengths import lengths
from ui.lab.times import times
from ui.lab.training import Experiment
from ui.words import tr


@dataclass(frozen=True)
class Picture:
    """A way to look at an experiment."""

    key: str
    title: str
    draw: Callable[[Experiment], None]


PICTURES = (
    Picture("boundaries", "Boundaries", boundaries),
    Picture("confusion", "Confusion", confusion),
    Picture("calibration", "Calibration", calibration),
    Picture("curves", "Loss", curves),
    Picture("lengths", "Step sizes", lengths),
    Picture("times", "Time", times),
)


def picked() -> Picture:
    """The picture that a person wants to see, from a row of names; for fragments."""
    titles = {one.key: tr(one.title) for one in PICTURES}
    key = st.segmented_control(
        tr("Look at"),
        list(titles),
        default=PICTURES[0].key,
        format_func=titles.__getitem__,
        required=True,
        key=state.key("lab_picture"),
    )
    return next((one for one in PICTURES if one.key == key), PICTURES[0])
