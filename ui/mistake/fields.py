"""Own numbers for a loss other than cross-entropy, as text: the link's notation, or torch's."""

from typing import Any

import streamlit as st

from ce_core import BinaryCase, CaseError, NLLCase
from ce_core.arrays import Array
from ce_core.case import REDUCTIONS
from ui import paste, state
from ui.header import share
from ui.link import MAX_NUMBERS
from ui.messages import STOP, explain
from ui.mistake.kinds import Kind, kind_of
from ui.mistake.words import numbers
from ui.notation import NotationError, read_array, shorten, write_array
from ui.other import LOSSES, Other, count, given, make
from ui.paste import PasteError
from ui.view import View

HELP = "2.2, -1.4 or [2.2, -1.4] or a printed tensor; rows by ; or in brackets"


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
    with st.expander(f"Numbers: {summary(kind, other)}", expanded=not view.answer, key="others"):
        _fields(kind, other)
        st.caption("Nothing you type or paste is run. Press Ctrl+Enter in a field to read it.")
        message = state.told("others")
        if message:
            st.error(message, icon=STOP)
        st.button("Use these numbers", key=_key("read", kind), on_click=_read)


def _fields(kind: Kind, other: Other) -> None:
    left, right = st.columns(2)
    with left:
        _area(f"input: {kind.input}", "input", given(other), kind)
    with right:
        asked = "1 for yes, 0 for no" if kind.loss == "bce" else "the number of each row’s class"
        _area(f"target: {asked}", "target", other.target, kind)
    left, right = st.columns(2)
    with left:
        per = "a factor for each element" if kind.loss == "bce" else "one for each class"
        _line(f"weight: {per}, or nothing", "weight", other.weight, kind)
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
            _line("pos_weight: a factor for yes, or nothing", "pos_weight", other.pos_weight, kind)


def _area(label: str, name: str, values: Array, kind: Kind) -> None:
    st.text_area(
        label,
        value=write_array(values),
        key=_key(name, kind),
        height=90,
        help=HELP,
        on_change=_read,
    )


def _line(label: str, name: str, values: Array | None, kind: Kind) -> None:
    st.text_input(
        label,
        value="" if values is None else write_array(values),
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
        parts = ["1 element" if elements == 1 else f"{elements:,} elements", kind.input]
        if other.pos_weight is not None:
            parts.append(f"pos_weight {numbers(other.pos_weight)}")
    else:
        rows = other.target.size
        samples = "1 sample" if rows == 1 else f"{rows:,} samples"
        parts = [f"{samples} × {other.classes:,} classes", kind.input]
    if other.weight is not None:
        parts.append(f"weights {numbers(other.weight)}")
    return ", ".join([*parts, f"reduction {other.reduction}"])


def _read() -> None:
    """Make a case of what stands in all fields, or say why it cannot be."""
    view = state.current()
    state.act()
    kind = kind_of(view)
    if view.other is None:
        return
    try:
        other = made(kind, {name: _typed(name, kind) for name in LOSSES[kind.loss].parameters})
    except CaseError as problem:
        state.tell("others", explain(problem))
    else:
        state.show(view.with_other(other))
        state.tell("others", None)


def _typed(name: str, kind: Kind) -> Any:  # noqa: ANN401 - a text, a choice or a number
    return state.value(_name(name, kind))


def made(kind: Kind, typed: dict[str, Any]) -> Other:
    """The case of what stands in the fields; of an empty field for weights, none.

    Raises:
        CaseError: a field cannot be read, or torch would refuse the case.
    """
    values: dict[str, Any] = {"holds": kind.holds}
    for name in ("input", "target", "weight", "pos_weight"):
        text = (typed.get(name) or "").strip()
        if text or name in ("input", "target"):
            values[name] = read_field(name, text)
    for name in ("reduction", "ignore_index"):
        if typed.get(name) is not None:
            values[name] = typed[name]
    other = make(LOSSES[kind.loss], values)
    if count(other) > MAX_NUMBERS:
        raise CaseError(
            "input",
            f"at most {MAX_NUMBERS:,} are taken here",
            f"there are {count(other):,} numbers",
            "Take fewer rows: the same mistake shows there.",
        )
    return other


def read_field(name: str, text: str) -> Array:
    """An array from the link's notation, a Python list, or a printed tensor.

    Raises:
        CaseError: there are no numbers in it.
    """
    try:
        return read_array(text)
    except NotationError as problem:
        try:
            return paste.read(text).tensors[0].values
        except PasteError:
            found = f"the field {name} holds '{shorten(text)}'" if text else f"{name} is empty"
            raise CaseError(
                name,
                "it must be numbers",
                found,
                "Write numbers such as 0.5, -1, 2; a new row after a ; or in brackets of its own.",
            ) from problem
