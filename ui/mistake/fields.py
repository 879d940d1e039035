"""Own numbers for a loss other than cross-entropy, as text: the link's notation, or torch's."""

from functools import partial
from typing import Any

import streamlit as st

from ce_core import BinaryCase, CaseError, NLLCase
from ce_core.arrays import Array
from ce_core.case import REDUCTIONS
from ui import state
from ui.folded import folded
from ui.header import share
from ui.messages import NOTE, STOP, explain, plain
from ui.mistake.kinds import Kind, kind_of
from ui.mistake.typed import doubts, made
from ui.mistake.words import numbers
from ui.other import LOSSES, Other, given
from ui.typed import written_array
from ui.view import View
from ui.words import joined, tr, words

HELP = words("2.2, -1.4 or [2.2, -1.4] or a printed tensor; rows by ; or in brackets")


def fields(view: View, other: Other) -> None:
    """The case in one line, its reduction, and a field for each of its arrays."""
    kind = kind_of(view)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "reduction",
            REDUCTIONS,
            default=other.reduction,
            required=True,
            key=_key("reduction", kind),
            on_change=_read,
        )
        share(view)
    st.caption(plain(summary(kind, other)))
    folded(
        tr("Numbers: type or paste them"),
        "others",
        partial(_to_fill, kind, other),
        expanded=not view.answer,
    )


def _to_fill(kind: Kind, other: Other) -> None:
    _fields(kind, other)
    st.caption(tr("Nothing you type or paste is run. Press Ctrl+Enter in a field to read it."))
    message = state.told("others")
    if message:
        st.error(explain(message), icon=STOP)
    doubt = state.told("commas")
    if doubt:
        st.info(plain(tr(doubt)), icon=NOTE)
    st.button(tr("Use these numbers"), key=_key("read", kind), on_click=_read)


def _fields(kind: Kind, other: Other) -> None:
    left, right = st.columns(2)
    with left:
        _area(tr("input: {numbers}", numbers=tr(kind.input)), "input", given(other), kind)
    with right:
        asked = (
            tr("target: 1 for yes, 0 for no")
            if kind.loss == "bce"
            else tr("target: the number of each row’s class")
        )
        _area(asked, "target", other.target, kind)
    left, right = st.columns(2)
    with left:
        per = (
            tr("weight: a factor for each element, or nothing")
            if kind.loss == "bce"
            else tr("weight: one for each class, or nothing")
        )
        _line(per, "weight", other.weight, kind)
    with right:
        if isinstance(other, NLLCase):
            st.number_input(
                "ignore_index",
                value=other.ignore_index,
                step=1,
                key=_key("ignore_index", kind),
                on_change=_read,
            )
        elif kind.holds == "logits":
            label = tr("pos_weight: a factor for yes, or nothing")
            _line(label, "pos_weight", other.pos_weight, kind)


def _area(label: str, name: str, values: Array, kind: Kind) -> None:
    st.text_area(
        label,
        value=written_array(values),
        key=_key(name, kind),
        height=90,
        help=tr(HELP),
        on_change=_read,
    )


def _line(label: str, name: str, values: Array | None, kind: Kind) -> None:
    st.text_input(
        label,
        value="" if values is None else written_array(values),
        key=_key(name, kind),
        on_change=_read,
    )


def _name(name: str, kind: Kind) -> str:
    return f"other-{kind.key}-{name}"


def _key(name: str, kind: Kind) -> str:
    return state.key(_name(name, kind))


def summary(kind: Kind, other: Other) -> str:
    """The case in one line: "4 elements, logits, pos_weight 4, reduction mean"."""
    if isinstance(other, BinaryCase):
        elements = other.given.size
        shape = tr("1 element") if elements == 1 else tr("{count:,} elements", count=elements)
        parts = [shape, tr(kind.input)]
        if other.pos_weight is not None:
            parts.append(f"pos_weight {numbers(other.pos_weight)}")
    else:
        parts = [_shape(other), tr(kind.input)]
    if other.weight is not None:
        parts.append(tr("weights {weights}", weights=numbers(other.weight)))
    return ", ".join([*parts, tr("reduction {reduction}", reduction=other.reduction)])


def _shape(other: NLLCase) -> str:
    rows, classes = other.target.size, other.classes
    if rows == 1:
        return tr("1 sample × {classes:,} classes", classes=classes)
    return tr("{rows:,} samples × {classes:,} classes", rows=rows, classes=classes)


def _read() -> None:
    """Make a case of what stands in all fields, or say why it cannot be."""
    view = state.current()
    state.act()
    kind = kind_of(view)
    if view.other is None:
        return
    try:
        typed = {name: _typed(name, kind) for name in LOSSES[kind.loss].parameters}
        other = made(kind, typed)
    except CaseError as problem:
        state.tell("others", problem)
    else:
        state.show(view.with_other(other))
        state.tell("others", None)
        state.tell("commas", joined(doubts(typed)))


def _typed(name: str, kind: Kind) -> Any:  # noqa: ANN401 - a text, a choice or a number
    return state.value(_name(name, kind))
