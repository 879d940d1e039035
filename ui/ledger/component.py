"""The ledger on a page: the drawing code bound to the trace, the link and a plain fallback."""

import streamlit as st

from ce_core.arrays import Array
from ce_core.trace import as_rows
from ui import state
from ui.drawn import Part, part
from ui.header import embedded
from ui.ledger import fallback, files
from ui.ledger.payload import payload
from ui.ledger.teaching import teaching
from ui.place import Place
from ui.torch_side import asked_quickly, draw_again, ready, values
from ui.view import View

KEY = "ledger"
PLACE = ("step", "row", "class", "term")


def ledger(at: Place, view: View) -> None:
    """Draw the walk; going from step to step happens in the browser, and the link follows."""
    step = view.step or at.trace.steps[0].key
    shown = teaching(view, framed=embedded())
    theirs = None if "torch" in shown.hide else _torch(at)
    _mount()(
        key=KEY,
        data=payload(at, step, view.term, theirs, shown),
        default={"place": None},
        on_place_change=_moved,
    )
    st.html(fallback.draw(at, step, shown))
    if "torch" not in shown.hide and asked_quickly(at.case) and not ready():
        draw_again()


@st.cache_resource(show_spinner=False)
def _mount() -> Part:
    return part(
        "ledger",
        html=(files.HERE / "ledger.html").read_text(),
        css=files.style(),
        js=files.component(),
    )


def _torch(at: Place) -> dict[str, Array] | None:
    """Torch's own array for each step, of a case that is small enough to ask at once."""
    if not asked_quickly(at.case) or not ready():
        return None
    theirs = values(at.trace)
    return {step.key: as_rows(theirs[step.key], step.rule.axes) for step in at.trace}


def _moved() -> None:
    """The person went somewhere in the ledger: the view, and so the link, follows.

    What a browser sends can be anything, so it takes the way that a link takes.
    """
    place = (state.at(KEY) or {}).get("place")
    if isinstance(place, dict):
        state.visit({name: str(place[name]) for name in PLACE if place.get(name) is not None})
