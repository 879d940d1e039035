"""Why does the weight stand outside the log?"""

import streamlit as st

from ui import state
from ui.claims.section import claims
from ui.header import story, title
from ui.inputs import numbers
from ui.messages import notices
from ui.placement.belief import belief
from ui.placement.line import one_dimension
from ui.placement.losses import three_losses
from ui.placement.misfit import apart, misfit
from ui.placement.prior import prior_counts
from ui.placement.sources import sources

view = state.current()
title(
    "Why does the weight stand outside the log?",
    "The same weights in three places give three losses. Here they are on your numbers, with "
    "what each of them makes a model believe.",
)
notices()
story(view)
numbers(view)
three_losses(view)
prior_counts(view)
belief(view)
one_dimension(view)
misfit(view)
apart(view)
st.header("What was said about it, checked")
claims("placement")
sources()
