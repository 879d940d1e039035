"""Find my mistake: a person's number in, and which mistake gives exactly that number."""

import streamlit as st

from ui import state
from ui.header import embedded, title
from ui.messages import notices
from ui.mistake.asking import asking, stories
from ui.mistake.result import result
from ui.words import tr

view = state.current()
title(
    tr("I got this number. What did I do?"),
    tr(
        "Torch gives one loss, and by hand or in other code you get another. Put in your numbers "
        "and what you got: every known mistake is tried, and the one that gives your number is "
        "named."
    ),
)
notices()
if embedded():  # in a course page: the answer and nothing else
    result(view, st.container())
else:
    stories(view)
    result(view, asking(view))
