"""Practice: watch, complete, solve, each number checked from one's own earlier numbers."""

from ui import state
from ui.header import embedded, title
from ui.legend import legend
from ui.messages import notices
from ui.practice.component import begun, draw
from ui.practice.controls import controls
from ui.practice.guess import ask, compare, guessing, why
from ui.practice.handin import hand_in
from ui.words import tr

view = state.current()
title(
    tr("Watch, complete, solve"),
    tr(
        "See the steps worked out, fill in some of them, then all. Each number you type is checked "
        "from your own earlier numbers, so that one slip does not spoil what comes after it."
    ),
)
notices()
if not embedded():  # in a course page: the walk and nothing else
    controls(view)
one = begun(view)
asked = guessing(view)
compare(view, one)
draw(view, one, guessing=asked)
if asked:
    ask(one.item)
else:
    why(view, one)
    hand_in(one)
if not embedded():
    legend()
