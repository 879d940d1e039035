"""What may a target be?"""

from ui import state
from ui.header import story, title
from ui.inputs import numbers
from ui.messages import notices
from ui.opening import answers
from ui.targets.page import parts

view = state.current()
title(
    "What may a target be?",
    "Class numbers, class probabilities, smoothed targets, ignored rows, and pictures whose "
    "pixels are samples.",
)
notices()
story(view)
answers(view)
numbers(view)
parts(view)
