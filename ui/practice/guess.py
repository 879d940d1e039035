"""A question to answer before the walk is shown, and the answer beside the truth."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from ce_core.practice import Item
from ui import state
from ui.messages import WARNING
from ui.practice.exercise import Exercise
from ui.practice.items import made
from ui.view import View
from ui.words import tr, words

NONE = -1  # looked without a guess
CHOOSE = words("Choose one first, or press Show me.")
LATER = words("See why at the end, when every field is filled in.")


def guessing(view: View) -> bool:
    """Whether there is a question to answer before the walk is shown."""
    return view.predict and _guessed(view) is None


def _place(view: View) -> str:
    return f"guess {view.topic} {view.seed}"


def _guessed(view: View) -> int | None:
    known = [NONE, *range(len(made(view.seed, view.topic).options))]
    guess: int | None = state.held(_place(view), lambda note: note if note in known else None)
    return guess


def ask(item: Item) -> None:
    """The question, with a way past it."""
    with st.form(state.key("guessing")):
        st.radio(
            tr(item.question),
            range(len(item.options)),
            index=None,
            format_func=lambda option: tr(item.options[option]),
            key=state.key("guess"),
        )
        if state.told("guess"):
            st.warning(tr(CHOOSE), icon=WARNING)
        with st.container(horizontal=True):
            st.form_submit_button(tr("This is my guess"), on_click=_answer)
            st.form_submit_button(tr("Show me"), on_click=_look)


def _answer() -> None:
    answer = state.value("guess")
    state.act()
    state.tell("guess", answer is None)
    if answer is not None:
        _hold(answer)


def _look() -> None:
    state.act()
    _hold(NONE)


def _hold(guess: int) -> None:
    state.hold(_place(state.current()), guess, note=guess)


def compare(view: View, one: Exercise) -> None:
    """The person's answer beside the truth; of fields to fill in no number is given away."""
    place = st.container()  # there in any case, so that what stands below is not drawn anew
    answer = _guessed(view)
    if not view.predict or answer is None:
        return
    item = one.item
    truth, guessed = item.options[item.right], item.options[answer]
    if answer == item.right:
        facts = {tr("You said, and it is so"): truth}
    elif one.blanks:
        facts = {tr("You said, and it is not so"): guessed}
    else:
        facts = {tr("You said"): guessed, tr("The answer"): truth}
    if answer == NONE:
        facts = {} if one.blanks else {tr("The answer"): truth}
    place.html(_card(item.question, facts, LATER if one.blanks else item.reason))


def why(view: View, one: Exercise) -> None:
    """The answer with its reason, once every field is filled in."""
    place = st.container()
    if view.predict and one.done:
        item = one.item
        place.html(_card(item.question, {tr("The answer"): item.options[item.right]}, item.reason))


def _card(question: str, facts: Mapping[str, str], says: str) -> str:
    shown = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(tr(text))}</dd></div>"
        for name, text in facts.items()
    )
    return (
        f"<section class='wce-card'><h2>{escape(tr(question))}</h2>"
        f"<dl class='wce-answers'>{shown}</dl>"
        f"<p style='margin: 0'>{escape(tr(says))}</p></section>"
    )
