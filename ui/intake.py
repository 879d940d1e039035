"""Pasted text and uploaded files: what was found in them, and which array is which."""

import re
from dataclasses import replace
from typing import Any

import streamlit as st

from ce_core import CaseError
from ui import state
from ui.found import ROLES, UNUSED, Found, build, guessed
from ui.messages import STOP, WARNING, explain, plain
from ui.mistake.offers import offers
from ui.paste import Pasted, PasteError, Tensor, read
from ui.turns import aside
from ui.upload import read_file
from ui.view import names_fault
from ui.words import tr, words

MAX_TEXT = 1_000_000
BINARY = re.compile(r"BCE|binary_cross_entropy|BinaryCrossentropy")
BINARY_NOTE = words(
    "This text uses a binary cross-entropy, which has one output per sample and takes a sigmoid. "
    "This page computes cross-entropy over several classes: two outputs per sample do the same."
)
EXAMPLE = """logits = torch.tensor([[3., 4.], [6., 9.]])
labels = torch.tensor([1, 0])
w = torch.tensor([0.4, 0.36])
loss = nn.CrossEntropyLoss(weight=w)(logits, labels)"""


def paste() -> None:
    """A text box for anything that holds numbers."""
    st.text_area(
        tr("Paste tensors, a printed array, a table, or the whole snippet"),
        key=state.key("paste"),
        placeholder=EXAMPLE,
        height=180,
        max_chars=MAX_TEXT,
        on_change=_pasted,
    )
    st.caption(
        tr("Nothing you paste is run. Press Ctrl+Enter, or click outside the box, to read it.")
    )
    st.button(tr("Use these numbers"), key=state.key("read"), on_click=_pasted)
    _report("paste")
    offers(state.value("paste") or "")


def upload() -> None:
    """CSV, TSV, .npy and .npz files."""
    st.file_uploader(
        tr("A file with logits, and target and weight if you have them"),
        type=["csv", "tsv", "txt", "npy", "npz"],
        key=state.key("upload"),
        on_change=_uploaded,
    )
    st.caption(
        tr(
            "An .npz may hold arrays named logits, target and weight. Up to 20 MB; pickled objects "
            "are refused."
        )
    )
    _report("upload")


def _pasted() -> None:
    state.act()
    text = state.value("paste") or ""
    if text.strip():
        _receive("paste", lambda: _read(text))
    else:
        state.tell("paste", None)


def _read(text: str) -> Pasted:
    pasted = read(text)
    if BINARY.search(text):
        return replace(pasted, notes=(BINARY_NOTE, *pasted.notes))
    return pasted


def _uploaded() -> None:
    state.act()
    file = state.value("upload")
    if file is not None:
        _receive("upload", lambda: read_file(file.name, file.getvalue()))


def _receive(source: str, make: Any) -> None:  # noqa: ANN401 - reads one source
    with aside():
        try:
            pasted = make()
        except PasteError as problem:
            state.tell(source, problem.said)
            return
        _use(source, guessed(pasted))


def _use(source: str, found: Found) -> None:
    """Make a case of what was found, show it, and say what was done or why not."""
    view = state.current()
    try:
        case, notes = build(found, view.case)
    except CaseError as problem:
        state.tell(source, (found, problem.with_traceback(None), ()))
        return
    names = next((t.columns for t in found.pasted.tensors if t.columns), None) or ()
    fitting = () if names_fault(names, case.classes) else names
    state.show(view.of_case(case, names=fitting))
    state.refresh(
        "tables",
        "logits",
        "probabilities",
        "weight",
        "names",
        "reduction",
        "label_smoothing",
        "ignore_index",
        "example",
    )
    state.tell(source, (found, None, (*found.pasted.notes, *notes)))


def _report(source: str) -> None:
    """What was found: each array with its shape, the role it plays, and what was noticed."""
    message = state.told(source)
    if message is None:
        return
    if isinstance(message, str):
        st.error(plain(tr(message)), icon=STOP)
        return
    found, problem, notes = message
    if problem is not None:
        st.error(explain(problem), icon=STOP)
    elif notes:
        lead = tr("These numbers are on the page now, but read this:")
        st.warning("\n".join([lead, *(f"- {plain(tr(note))}" for note in notes)]), icon=WARNING)
    else:
        st.success(tr("These numbers are on the page now."), icon=":material/check:")
    st.markdown(tr("**Which array is which?**"))
    for k, tensor in enumerate(found.pasted.tensors):
        st.selectbox(
            tr("{name}, shape {shape}", name=_name(tensor, k), shape=tensor.values.shape),
            (*ROLES, UNUSED),
            index=(*ROLES, UNUSED).index(found.roles[k]),
            format_func=_role,
            key=state.key(f"role-{source}-{k}"),
            on_change=_reassign,
            args=(source, k),
        )


def _role(role: str) -> str:
    """A role as torch calls its argument, or that there is none."""
    return role if role in ROLES else tr(role)


def _name(tensor: Tensor, index: int) -> str:
    return plain(tensor.name) if tensor.name else tr("Array {number}", number=index + 1)


def _reassign(source: str, index: int) -> None:
    """Give an array another role; whatever had that role is not used any more."""
    state.act()
    message, role = state.told(source), state.value(f"role-{source}-{index}")
    if message is None or isinstance(message, str):
        return
    found: Found = message[0]
    roles = [UNUSED if given == role and role != UNUSED else given for given in found.roles]
    roles[index] = role
    _use(source, Found(found.pasted, tuple(roles)))
