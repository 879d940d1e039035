"""Imbalance lab: the same model trained plainly, weighted, sampled and adjusted, side by side."""

from ui import state
from ui.header import title
from ui.lab.desk import lab
from ui.lab.explained import explained
from ui.messages import notices
from ui.words import tr

view = state.current()
title(
    tr("What do weights do to a model?"),
    tr(
        "Train small models side by side on unbalanced data: plain, weighted, sampled, adjusted, "
        "focal, smoothed. One run proves nothing, so each is repeated."
    ),
)
notices()
lab(view)
explained(view.lab)
