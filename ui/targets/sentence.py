"""One sentence's scores as a table, and which of them torch takes for the first word's classes."""

from html import escape

import streamlit as st

from ce_core.arrays import Array
from ui.figures import figure
from ui.words import tr


def sentence(logits: Array) -> None:
    """The scores twice: read along the classes, and read down the words.

    Args:
        logits: (T, C), a row per word.
    """
    right = _table(tr("Permuted: the first word's three classes"), logits, along=True)
    wrong = _table(tr("As they are: one class of three words"), logits, along=False)
    st.html(f"<div class='wce-scores'>{right}{wrong}</div>")


def _table(caption: str, logits: Array, *, along: bool) -> str:
    classes = "".join(
        f"<th scope='col'>{escape(tr('class {name}', name=c))}</th>" for c in range(logits.shape[1])
    )
    lines = "".join(
        f"<tr><th scope='row'>{escape(tr('word {number}', number=t))}</th>"
        + "".join(_cell(float(z), taken=(t if along else c) == 0) for c, z in enumerate(row))
        + "</tr>"
        for t, row in enumerate(logits)
    )
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<tr><th scope='col'>{escape(tr('score'))}</th>{classes}</tr>{lines}</table>"
    )


def _cell(value: float, *, taken: bool) -> str:
    mark = " class='wce-taken'" if taken else ""
    spoken = f"<span class='wce-spoken'> ({escape(tr('taken'))})</span>" if taken else ""
    return f"<td{mark}>{figure(value)}{spoken}</td>"
