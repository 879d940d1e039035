"""What does a weight do to the step?"""

import streamlit as st

from ui import state
from ui.gradient.autograd import autograd
from ui.gradient.page import everything, looked_at
from ui.header import embedded, story, title
from ui.inputs import numbers
from ui.messages import notices
from ui.words import tr

view = state.current()
title(
    tr("What does a weight do to the step?"),
    tr(
        "A step of training moves each logit against its gradient. Under the mean that is p − q, "
        "the probability less the target, times the weight of the sample's class, divided by the "
        "sum of these weights."
    ),
)
notices()
if not embedded():  # in a course page: the lesson and nothing else
    story(view)
    numbers(view)
at = looked_at(view)
if at is not None:
    everything(view, at)
    st.header(tr("What autograd says"))
    autograd(view, at)
