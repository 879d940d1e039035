"""Check: does torch agree at each step, on this device and in this floating-point type."""

from ui import state
from ui.checks import choose_device, table
from ui.header import story, title
from ui.inputs import numbers
from ui.messages import notices
from ui.stability.section import stability

view = state.current()
title(
    "Does torch agree?",
    "Every step is run again by torch, on the device and in the number type you choose, and laid "
    "beside the number on this site.",
)
notices()
story(view)
numbers(view)
device = choose_device(view)
table(view, device)
stability(view, device)
