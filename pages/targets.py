"""What may a target be?"""

from ui import state
from ui.header import embedded, story, title
from ui.inputs import numbers
from ui.messages import notices
from ui.opening import answers
from ui.targets.page import parts
from ui.words import tr

view = state.current()
title(
    tr("What may a target be?"),
    tr(
        "Class numbers, class probabilities, smoothed targets, ignored rows, and pictures whose "
        "pixels are samples."
    ),
)
notices()
if not embedded():  # in a course page: the lesson and nothing else
    story(view)
    answers(view)
    numbers(view)
parts(view)
