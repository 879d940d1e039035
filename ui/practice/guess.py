"""A question to answer before the walk is shown, and the answer beside the truth."""

from html import escape

import streamlit as st

from ce_core.practice import Item
from ui import state
from ui.view import View

NONE = -1  # looked without a guess


def guessing(view: View) -> bool:
    """Whether there is a question to answer before the walk is shown."""
    return view.predict and state.held(_place(view)) is None


def _place(view: View) -> str:
    return f"guess {view.topic} {view.seed}"


def ask(item: Item) -> None:
    """The question, with a way past it."""
    with st.form(state.key("guessing")):
        st.radio(
            item.question,
            range(len(item.options)),
            index=None,
            format_func=item.options.__getitem__,
            key=state.key("guess"),
        )
        with st.container(horizontal=True):
            st.form_submit_button("This is my guess", on_click=_answer)
            st.form_submit_button("Show me", on_click=_look)


def _answer() -> None:
    answer = state.value("guess")
    state.act()
    if answer is not None:
        state.hold(_place(state.current()), answer)


def _look() -> None:
    state.act()
    state.hold(_place(state.current()), NONE)


def compare(view: View, item: Item) -> None:
    """The person's answer beside the truth, with the reason; nothing where none was asked for."""
    place = st.container()  # there in any case, so that what stands below is not drawn anew
    answer: int | None = state.held(_place(view))
    if not view.predict or answer is None:
        return
    truth = item.options[item.right]
    facts = [("The answer", truth)]
    if answer == item.right:
        facts = [("You said, and it is so", truth)]
    elif answer != NONE:
        facts.insert(0, ("You said", item.options[answer]))
    shown = "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in facts)
    place.html(
        f"<section class='wce-card'><h2>{escape(item.question)}</h2>"
        f"<dl class='wce-answers'>{shown}</dl>"
        f"<p style='margin: 0'>{escape(item.reason)}</p></section>"
    )
