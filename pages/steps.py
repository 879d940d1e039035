"""Steps: what happens between the logits and the loss."""

from ui import state
from ui.header import embedded, story, title
from ui.inputs import numbers
from ui.legend import legend
from ui.messages import notices
from ui.overview import overview
from ui.walk import walk
from ui.words import tr

view = state.current()
title(tr("From the logits to the loss"))
notices()
if embedded() or view.present:  # in a course page, before a room: the walk and nothing else
    walk(view)
else:
    story(view)
    numbers(view)
    walk(view)
    legend()
    overview(view)
