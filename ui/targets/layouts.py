"""(N, T, C) or (N, C, T): which axis torch takes for the classes, and what a wrong one gives."""

import streamlit as st

from ce_core.targets.axes import Layout, known, oblong, own, square
from ui.figures import figure
from ui.messages import NOTE, plain
from ui.targets.looked import other_numbers
from ui.targets.sentence import sentence
from ui.targets.table import table
from ui.view import View


def axes(view: View) -> None:
    """As many words as classes, then one word more, then one's own case where it is square."""
    st.header("(N, T, C) or (N, C, T)?")
    other_numbers("These sentences")
    st.markdown(
        "Models of sequences give N sentences of T words with C scores each, (N, T, C). Torch "
        "takes **axis 1** for the classes, whatever stands there. So the axis must be moved: "
        "`logits.permute(0, 2, 1)`."
    )
    first = square()
    st.subheader("As many words as classes: no message, another number")
    _table(
        "Two sentences of three words, three classes",
        known(first.logits, first.target),
    )
    sentence(first.logits[0])
    st.markdown(
        "The model is right about every word, so the first loss is small. Unmoved, torch reads "
        "down the words: it took the scores of one class in three words for the scores of three "
        "classes. Nothing in the shapes shows it."
    )
    st.subheader("One word more: torch refuses, and reshape silences it")
    _table("The same sentences with a fourth word", known(*oblong()))
    st.markdown(
        "`reshape` and `view` do not move an axis: they read the same numbers in the same order "
        "and cut them elsewhere, so scores of different words are mixed. The message goes, and the "
        "number is wrong. `permute`, `transpose(1, 2)` and `movedim(-1, 1)` move the axis."
    )
    mine = own(view.case)
    if mine is not None:
        st.subheader("Your own case")
        st.info(
            f"Your logits have the shape {view.case.logits.shape}: both axes are of one length, so "
            "torch cannot tell which you meant.",
            icon=NOTE,
        )
        _table("Your logits, if your classes stand last", mine)


def _table(caption: str, rows: tuple[Layout, ...]) -> None:
    lines = [
        (
            one.title,
            "✗ refused" if one.answer is None else figure(one.answer),
            ", ".join(figure(z) for z in one.logits[0, :6, 0].tolist()),
            " × ".join(map(str, one.logits.shape)),
            one.code,
        )
        for one in rows
    ]
    head = ("way", "mean loss", "first word's scores", "shape", "code")
    table(caption, head, lines, words=(4,))
    for one in rows:
        if one.refusal is not None:
            st.markdown(f"{one.title}, torch refuses them: {plain(one.refusal.torch)}.")
