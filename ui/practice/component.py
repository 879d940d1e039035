"""The exercise on a page: the drawing code bound to the work kept for this browser tab."""

from functools import partial
from pathlib import Path

import streamlit as st

from ui import palette, state
from ui.drawn import Part, part
from ui.practice.exercise import Exercise, Work, exercise, received, work_of
from ui.practice.payload import before, payload
from ui.view import View
from ui.words.scripts import SCRIPT

HERE = Path(__file__).parent
MARKS = HERE.parent / "ledger/marks.js"
PARTS = ("build", "sheet", "bind")
KEY = "practice"


def begun(view: View) -> Exercise:
    """The exercise that the view asks for, with the work already done in it."""
    empty = exercise(view, Work())
    work: Work | None = state.held(_place(empty), work_of)
    return exercise(view, work) if work else empty


def draw(view: View, one: Exercise, *, guessing: bool = False) -> None:
    """Draw the walk with its fields; what is typed comes back and is judged.

    Args:
        view: the view that asks for the exercise.
        one: the exercise.
        guessing: whether only what is given is shown, since there is a question to answer first.
    """
    _mount()(
        key=KEY,
        data=before(one) if guessing else payload(one),
        default={"work": None},
        # a text may arrive together with a click that leads to another exercise
        on_work_change=partial(_worked, view),
        on_go_change=_went,
    )


@st.cache_resource(show_spinner=False)
def _mount() -> Part:
    scripts = (SCRIPT, MARKS, *(HERE / f"{name}.js" for name in PARTS))
    return part(
        "practice",
        html=(HERE / "practice.html").read_text(),
        css=palette.css(".wce-practice") + "\n" + (HERE / "practice.css").read_text(),
        js="\n".join(script.read_text() for script in scripts),
    )


def _place(one: Exercise) -> str:
    return f"practice {one.name}"


def _sent(name: str) -> object:
    """What the browser sent under this name."""
    return (state.at(KEY) or {}).get(name)


def _worked(view: View) -> None:
    one = begun(view)
    work = received(one, _sent("work"))
    if work:
        state.hold(_place(one), work, note=vars(work))
    state.act()


def _went() -> None:
    """The person goes on to the mode that asks for more."""
    state.refresh("mode")
    state.visit({"mode": str(_sent("go"))})
