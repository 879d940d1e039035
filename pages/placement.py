"""Why does the weight stand outside the log?"""

import streamlit as st

from ui import state
from ui.claims.section import claims
from ui.header import embedded, story, title
from ui.inputs import numbers
from ui.messages import notices
from ui.placement.belief import belief
from ui.placement.line import one_dimension
from ui.placement.losses import three_losses
from ui.placement.misfit import misfit, told_apart
from ui.placement.prior import prior_counts
from ui.placement.sources import sources
from ui.words import tr

view = state.current()
title(
    tr("Why does the weight stand outside the log?"),
    tr("The same weights in three places give three losses. Here they are, on your numbers."),
)
notices()
if not embedded():  # in a course page: the lesson and nothing else
    story(view)
    numbers(view)
three_losses(view)
prior_counts(view)
belief(view)
one_dimension(view)
misfit(view)
told_apart()
st.header(tr("What was said about it, checked"))
claims("placement")
sources()
