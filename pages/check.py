"""Check: does torch agree at each step, on this device and in this floating-point type."""

from ui import state
from ui.checks import choose, table
from ui.header import embedded, story, title
from ui.inputs import numbers
from ui.messages import notices
from ui.parts import open_part
from ui.stability.section import stability
from ui.words import tr, words

PARTS = {
    "agreement": words("Every step"),
    "floats": words("Where floating point breaks"),
}

view = state.current()
title(
    tr("Does torch agree?"),
    tr(
        "Every step is run again by torch, on the device and in the number type you choose, and "
        "laid beside the number on this site. And where floating point breaks, you can watch it "
        "break."
    ),
)
notices()
if not embedded():  # in a course page: the lesson and nothing else
    story(view)
    numbers(view)
device = choose(view)
part = open_part(view, PARTS)
if part == "agreement":
    table(view, device)
else:
    stability(view, device)
