"""I have these class counts. Which weights?"""

from ui import state
from ui.choose.alike import alike_table
from ui.choose.answer import answer
from ui.choose.counts_in import counts_in, told
from ui.choose.effect import effect, use
from ui.choose.made import made
from ui.choose.need import need
from ui.choose.settings_in import tables_in
from ui.choose.style import style
from ui.choose.table import schemes
from ui.choose.twins import twins
from ui.header import embedded, story, title
from ui.inputs import numbers
from ui.messages import notices
from ui.opening import answers
from ui.parts import open_part
from ui.words import tr

view = state.current()
title(
    tr("I have these class counts. Which weights?"),
    tr(
        "Type how many samples each class has, and copy the weights. Below: every usual scheme, "
        "and what it does to the loss."
    ),
)
style()
notices()
classes = made(view)
if embedded():  # in a course page: the lesson and nothing else
    told(classes)
else:
    counts_in(view, classes)
answer(classes)
need(classes)
part = open_part(view, {"schemes": "Every scheme", "pos_weight": "One output: pos_weight"})
if part == "schemes":
    schemes(classes)
    if not embedded():
        tables_in(view, classes)
    alike_table(view, classes)
    effect(classes)
else:
    twins(classes)
use(view, classes)
if not embedded():
    story(view)
    answers(view)
    numbers(view)
