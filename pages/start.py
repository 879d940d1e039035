"""Start: why a loss made by hand is not torch's, and a way in with one's own numbers."""

import streamlit as st

from ui import state
from ui.header import title
from ui.inputs import numbers
from ui.messages import notices
from ui.mistake.offers import way_in
from ui.opening import answers, choices, two_ways
from ui.questions import questions
from ui.words import tr

view = state.current()
title(
    tr("Why is my loss {ours} and torch's {theirs}?", ours=0.6662, theirs=1.7529),
    tr(
        "Someone asked this in a forum: two samples, two classes, class weights {first} and "
        "{second}. Both ways start from the same losses. By hand they were divided by the number "
        "of samples; torch's weighted mean divides by the sum of the targets' weights.",
        first=0.4,
        second=0.36,
    ),
)
notices()
two_ways()
st.header(tr("Now your own numbers"))
answers(view)
numbers(view, open_at_start=True)
st.page_link(
    "pages/steps.py",
    label=tr("Step through these numbers"),
    icon=":material/arrow_forward:",
    query_params=state.query(),
)
way_in(view)
st.header(tr("What people asked"))
questions()
st.header(tr("Or try an example"))
choices()
