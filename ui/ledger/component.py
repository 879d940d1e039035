"""The ledger on a page: the drawing code bound to the trace, the link and a plain fallback."""

from html import escape
from pathlib import Path

import streamlit as st

from ce_core.arrays import Array
from ce_core.trace import as_rows
from ui import matrix, palette, state
from ui.ledger.payload import payload
from ui.place import Place, in_words
from ui.torch_side import asked_quickly, checked, ready, wait_and_draw_again
from ui.view import View

HERE = Path(__file__).parent
PARTS = (
    *("figures", "sources", "words", "marks", "equation", "table", "bars", "card", "picker"),
    *("keys", "draw", "look", "print", "bind"),
)
KEY = "ledger"
PLACE = ("step", "row", "class", "term")


def ledger(at: Place, view: View) -> None:
    """Draw the walk; going from step to step happens in the browser, and the link follows."""
    step = view.step or at.trace.steps[0].key
    _mount()(
        key=KEY,
        data=payload(at, step, view.term, _torch(at)),
        default={"place": None},
        on_place_change=_moved,
    )
    _fallback(at, step)
    if asked_quickly(at.case) and not ready():
        wait_and_draw_again()


@st.cache_resource(show_spinner=False)
def _mount():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit's own callable
    return st.components.v2.component(
        "weighted_cross_entropy_ledger",
        html=(HERE / "ledger.html").read_text(),
        css=palette.css(".wce-ledger") + "\n" + (HERE / "ledger.css").read_text(),
        js="\n".join((HERE / f"{name}.js").read_text() for name in PARTS),
    )


def _torch(at: Place) -> dict[str, Array] | None:
    """Torch's own array for each step, of a case that is small enough to ask at once."""
    if not asked_quickly(at.case) or not ready():
        return None
    rows = checked(at.trace, "cpu", "float64")
    axes = {step.key: step.rule.axes for step in at.trace}
    return {row.key: as_rows(row.torch, axes[row.key]) for row in rows if row.key in axes}


def _moved() -> None:
    """The person went somewhere in the ledger: the view, and so the link, follows.

    What a browser sends can be anything, so it takes the way that a link takes.
    """
    place = (state.at(KEY) or {}).get("place")
    if isinstance(place, dict):
        state.visit({name: str(place[name]) for name in PLACE if place.get(name) is not None})


def _fallback(at: Place, step: str) -> None:
    """The step as plain tables, which show where the browser could not draw the ledger."""
    read, made = matrix.sheets(at, at.trace[step])
    tables = "".join(matrix.draw(sheet, at.row, at.column) for sheet in (*read, made))
    words = escape(in_words(at, at.trace[step]))
    st.html(f"<div class='wce-fallback'><p>{words}</p><div class='wce-flow'>{tables}</div></div>")
