"""What does a weight do to the step?"""

import streamlit as st

from ui import state
from ui.gradient.autograd import autograd
from ui.gradient.page import everything, looked_at
from ui.header import story, title
from ui.inputs import numbers
from ui.messages import notices

view = state.current()
title(
    "What does a weight do to the step?",
    "The gradient is what the model learns from: p − q, times the weight, divided by what the "
    "mean is divided by.",
)
notices()
story(view)
numbers(view)
at = looked_at(view)
if at is not None:
    everything(view, at)
    st.header("What autograd says")
    autograd(view, at)
