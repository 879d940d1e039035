"""Start: why a loss made by hand is not torch's, and a way in with one's own numbers."""

import streamlit as st

from ui import state
from ui.header import title
from ui.inputs import numbers
from ui.messages import notices
from ui.mistake.offers import way_in
from ui.opening import answers, choices, two_ways
from ui.questions import questions

view = state.current()
title(
    "Why is my loss 0.6662 and torch's 1.7529?",
    "Someone asked this in a forum: two samples, two classes, class weights 0.4 and 0.36. Both "
    "ways start from the same losses. By hand they were divided by the number of samples; torch's "
    "weighted mean divides by the sum of the targets' weights.",
)
notices()
two_ways()
st.header("Now your own numbers")
answers(view)
numbers(view, open_at_start=True)
st.page_link(
    "pages/steps.py",
    label="Step through these numbers",
    icon=":material/arrow_forward:",
    query_params=state.query(),
)
way_in(view)
st.header("What people asked")
questions()
st.header("Or try an example")
choices()
