"""The picture of the reductions on a Streamlit page; all that moves in it moves in the browser."""

from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from ce_core import Case
from ui.compute import traced
from ui.drawn import Part, part
from ui.header import embedded
from ui.hiding import hidden
from ui.reductions.packing import packed
from ui.reductions.payload import payload
from ui.view import View
from ui.words import COMMA, Tongue, script_words, speaking, tongue
from ui.words.scripts import SCRIPT

HERE = Path(__file__).parent
DRAWING = ("unpack.js", "draw.js", "plots.js", "surprises.js", "wording.js")
SCRIPTS = (*DRAWING, "lay.js", "present.js", "bind.js")


def reductions(view: View) -> None:
    """None, sum and mean of the case side by side, as areas, and where the mean surprises."""
    case, spoken = view.case.replace(reduction="mean"), tongue()
    sent, scene = _sent(case, view.classes, view.case.reduction, spoken)
    around = {
        "words": script_words(HERE),
        "decimal": spoken.decimal,
        "hide": list(view.hide),
        "present": view.present,
        "framed": embedded(),
    }
    _mount()(key="reductions", data={**sent, **around})
    _fallback(scene, view)


@st.cache_resource(show_spinner=False)
def _mount() -> Part:
    return part(
        "reductions",
        html=(HERE / "reductions.html").read_text(),
        css=(HERE / "reductions.css").read_text(),
        js="\n".join(path.read_text() for path in (SCRIPT, *(HERE / name for name in SCRIPTS))),
    )


def _fallback(scene: dict[str, Any], view: View) -> None:
    """The four numbers as a plain list, which shows where the browser could not draw them."""
    text = {name: number["text"] for name, number in scene["numbers"].items()}
    lines = []
    between = "; " if tongue().decimal == COMMA else ", "
    for card in scene["cards"]:
        if hidden(view, card.get("hide", card["key"])):
            continue
        listed = filter(None, [*map(text.get, card.get("list", ())), card.get("more")])
        value = text[card["value"]] if "value" in card else f"[{between.join(listed)}]"
        lines.append(f"<li>{escape(card['name'])}, {escape(card['words'])}: {value}</li>")
    st.html(f"<div class='wce-fallback'><ul>{''.join(lines)}</ul></div>")


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Case: lambda case: case.digest})
def _sent(
    case: Case, names: tuple[str, ...], chosen: str, spoken: Tongue
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What goes to the browser, and the scene that the plain list is made from."""
    ones = None if case.weight is None else traced(case.replace(weight=None))
    with speaking(spoken.lang, spoken.decimal):
        data = payload(traced(case), ones, names, chosen)
    return packed(data), data["own"]
