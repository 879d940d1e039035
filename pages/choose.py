"""I have these class counts. Which weights?"""

from ui import state
from ui.choose.alike import alike_table
from ui.choose.code import code
from ui.choose.counts_in import counts_in
from ui.choose.effect import effect
from ui.choose.made import made
from ui.choose.need import need
from ui.choose.settings_in import scheme, tables_in
from ui.choose.style import style
from ui.choose.table import schemes
from ui.choose.twins import twins
from ui.header import story, title
from ui.inputs import numbers
from ui.messages import notices
from ui.opening import answers

view = state.current()
title(
    "I have these class counts. Which weights?",
    "Every usual scheme on your own counts: its formula, where it comes from, its weights, and "
    "what they do to the loss.",
)
style()
notices()
classes = made(view)
counts_in(view, classes)
scheme(classes)
schemes(classes)
tables_in(view, classes)
alike_table(view, classes)
effect(view, classes)
story(view)
answers(view)
numbers(view)
twins(classes)
code(classes)
need(classes)
