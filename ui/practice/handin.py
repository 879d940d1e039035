"""The end of an exercise: a mark for each step, and a short code to hand in."""

from collections import Counter
from functools import partial
from html import escape

import streamlit as st

from ui.folded import folded
from ui.practice.exercise import Exercise
from ui.practice.said import MARKS
from ui.words import tr, words

CODE = words(
    "The code holds the topic, the number of the item, how each step went and which known slips "
    "came up. It holds no name and nothing else about you."
)


def hand_in(one: Exercise) -> None:
    """The list of steps and the code once all is filled in; before that, the code on demand."""
    if not one.blanks:
        return
    if one.done:
        st.subheader(tr("Your steps"))
        st.html(summary(one))
        st.subheader(tr("Hand in"))
        _code(one)
    else:
        folded(tr("Hand in what you have"), "hand-in", partial(_code, one))


def _code(one: Exercise) -> None:
    st.markdown(tr("Copy this code and send it to your teacher."))
    st.code(one.code, language=None, wrap_lines=True)
    st.caption(tr(CODE))


def summary(one: Exercise) -> str:
    """Each step that had blanks, with its marks, as an HTML list."""
    titles = {key: tr(one.item.trace[key].rule.title) for key in one.item.steps if one.cells(key)}
    lines = "".join(
        f"<li><strong>{escape(title)}</strong>: {_marks(one, key)}</li>"
        for key, title in titles.items()
    )
    return f"<ol class='wce-steps'>{lines}</ol>"


def _marks(one: Exercise, key: str) -> str:
    cells = one.cells(key)
    counts: Counter[str] = Counter(one.judged[cell].verdict for cell in cells if cell in one.judged)
    parts = []
    for verdict, (icon, word) in MARKS.items():
        count = counts[verdict]
        if count:
            said = f"{icon} {tr(word)}"
            some = tr("{mark} ({count} of {all})", mark=said, count=count, all=len(cells))
            parts.append(said if count == len(cells) else some)
    hints = sum(one.work.hints.get(cell, 0) for cell in cells)
    if hints:
        parts.append(tr("with {hints} hints", hints=hints) if hints > 1 else tr("with 1 hint"))
    return ", ".join(parts)
