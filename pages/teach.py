"""Teach: what a teacher takes along from the case on the screen."""

from ui import state
from ui.header import story, title
from ui.inputs import numbers
from ui.messages import notices
from ui.parts import open_part

view = state.current()
title(
    "Put this into your course",
    "One step of your own example, as a link, in a frame, in a file, on paper or as a notebook.",
)
notices()
story(view)
numbers(view)
part = open_part(
    view,
    {
        "lesson": "Link and frame",
        "sheet": "Worksheet",
        "code": "Notebook and data",
        "class": "What a class did",
    },
)
