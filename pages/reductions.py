"""Reductions: what none, sum and mean give, and what the mean is divided by."""

from ui import state
from ui.header import embedded, story, title
from ui.hiding import hidden
from ui.inputs import numbers
from ui.legend import legend
from ui.messages import notices
from ui.overview import overview
from ui.reductions.component import reductions
from ui.words import tr

view = state.current()
title(
    tr("None, sum, mean"),
    tr(
        "Three ways to hand over the losses of a batch. The weighted mean divides by the sum of "
        "the targets' weights, not by how many samples there are."
    ),
)
notices()
if not embedded():  # in a course page: the lesson and nothing else
    story(view)
    numbers(view)
reductions(view)
if not (embedded() or hidden(view, "legend")):
    legend()
overview(view)
