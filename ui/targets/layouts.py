"""(N, T, C) or (N, C, T): which axis torch takes for the classes, and what a wrong one gives."""

import streamlit as st

from ce_core.targets.axes import Layout, known, oblong, own, square
from ui.figures import figure, listed
from ui.messages import NOTE, plain
from ui.targets.looked import other_numbers
from ui.targets.sentence import sentence
from ui.targets.table import table
from ui.view import View
from ui.words import Words, tr, words


def axes(view: View) -> None:
    """As many words as classes, then one word more, then one's own case where it is square."""
    st.header(tr("(N, T, C) or (N, C, T)?"))
    other_numbers(
        words(
            "These sentences have numbers of their own. The mean and the sum above are your case's."
        )
    )
    st.markdown(
        tr(
            "Models of sequences give N sentences of T words with C scores each, (N, T, C). Torch "
            "takes **axis 1** for the classes, whatever stands there. So the axis must be moved: "
            "`logits.permute(0, 2, 1)`."
        )
    )
    first = square()
    st.subheader(tr("As many words as classes: no message, another number"))
    _table(
        words("Two sentences of three words, three classes"),
        known(first.logits, first.target),
    )
    sentence(first.logits[0])
    st.markdown(
        tr(
            "The model is right about every word, so the first loss is small. Unmoved, torch reads "
            "down the words: it took the scores of one class in three words for the scores of "
            "three classes. Nothing in the shapes shows it."
        )
    )
    st.subheader(tr("One word more: torch refuses, and reshape silences it"))
    _table(words("The same sentences with a fourth word"), known(*oblong()))
    st.markdown(
        tr(
            "`reshape` and `view` do not move an axis: they read the same numbers in the same "
            "order and cut them elsewhere, so scores of different words are mixed. The message "
            "goes, and the number is wrong. `permute`, `transpose(1, 2)` and `movedim(-1, 1)` move "
            "the axis."
        )
    )
    mine = own(view.case)
    if mine is not None:
        st.subheader(tr("Your own case"))
        st.info(
            tr(
                "Your logits have the shape {shape}: both axes are of one length, so torch cannot "
                "tell which you meant.",
                shape=view.case.logits.shape,
            ),
            icon=NOTE,
        )
        _table(words("Your logits, if your classes stand last"), mine)


def _table(caption: Words, rows: tuple[Layout, ...]) -> None:
    lines = [
        (
            tr(one.title),
            tr("✗ refused") if one.answer is None else figure(one.answer),
            listed(one.logits[0, :6, 0].tolist()),
            " × ".join(map(str, one.logits.shape)),
            one.code,
        )
        for one in rows
    ]
    head = (tr("way"), tr("mean loss"), tr("first word's scores"), tr("shape"), tr("code"))
    table(tr(caption), head, lines, words=(4,))
    for one in rows:
        if one.refusal is not None:
            message = plain(one.refusal.torch)
            said = tr("{title}, torch refuses them: {message}.", title=one.title, message=message)
            st.markdown(said)
