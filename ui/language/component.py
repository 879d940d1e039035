"""Buttons for the languages, each named in its own, which Streamlit's buttons could not be."""

from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from ui import state
from ui.view import View
from ui.words import CODES, COMMA, DECIMALS, LANGUAGES, complete, speaking, tr
from ui.words.speaking import POINT

HERE = Path(__file__).parent
NAME = "Language / Sprache"  # in each language at once, for who does not read the page's
CHOSEN = "language chosen"  # what the browser tab holds once a person has chosen
SIGNS = {POINT: "0.36", COMMA: "0,36"}


def switch(view: View) -> None:
    """At the foot of the menu: the languages, and the sign before the decimals."""
    languages = [_button(one.code, one.name, one.code) for one in LANGUAGES]
    with speaking(view.lang):
        signs = [_button(sign, SIGNS[sign], "") for sign in DECIMALS]
        rows = [
            {"name": "lang", "label": NAME, "chosen": view.lang, "buttons": languages},
            {
                "name": "decimal",
                "label": tr("Decimal sign"),
                "chosen": view.decimal,
                "buttons": signs,
            },
        ]
    with st.sidebar:
        _draw("language", {"rows": rows})


def offer(view: View) -> None:
    """The page in the browser's own language, where it is not shown in it and nobody has chosen."""
    asked = (st.context.locale or "").split("-")[0]
    known = asked in CODES and asked != view.lang and view.lang == CODES[0]
    if not known or not complete(asked, state.page()) or state.held(CHOSEN, bool):
        return
    with speaking(asked):
        button = _button(asked, tr("Read this in English"), asked)
    row = {"name": "lang", "label": "", "chosen": "", "buttons": [button]}
    _draw("language-offer", {"rows": [row]})


def pending(view: View) -> None:
    """On a page that is not in the person's language: that it is not, said in it."""
    if complete(view.lang, state.page()):
        return
    with speaking(view.lang):
        says = tr("This page is in English so far.")
    st.html(f"<p class='wce-pending' lang='{view.lang}'>{escape(says)}</p>")


def _button(value: str, label: str, lang: str) -> dict[str, str]:
    return {"value": value, "label": label, "lang": lang}


def _draw(key: str, data: dict[str, Any]) -> None:
    _mount()(key=key, data=data, on_chosen_change=partial(_choose, key))


def _choose(key: str) -> None:
    """Any text at all may come from a browser."""
    sent = (state.at(key) or {}).get("chosen")
    state.act()
    view = state.current()
    match sent:
        case {"name": "lang", "value": str(code)} if code in CODES:
            state.hold(CHOSEN, thing=True, note=True)
            _show(view.replace(lang=code))
        case {"name": "decimal", "value": str(sign)} if sign in DECIMALS:
            _show(view.replace(decimal=sign))


def _show(view: View) -> None:
    """The inputs are drawn anew in other words; a text that is in no view is put back."""
    pasted = state.value("paste")
    state.show(view, renew=True)
    if pasted:
        state.put_back("paste", pasted)


@st.cache_resource(show_spinner=False)
def _mount():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit's own callable
    return st.components.v2.component(
        "weighted_cross_entropy_language",
        html="<div class='wce-language'></div>",
        css=(HERE / "language.css").read_text(),
        js=(HERE / "language.js").read_text(),
    )
