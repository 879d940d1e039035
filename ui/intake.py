"""Pasted text and uploaded files: what was found in them, and which array is which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from ce_core import Case, CaseError
from ce_core.arrays import Array
from ui import state
from ui.messages import NOTE, STOP, explain, plain
from ui.paste import Pasted, PasteError, Tensor, read
from ui.upload import read_file
from ui.view import names_fault

ROLES = ("logits", "target", "weight")
UNUSED = "not used"
WHOLE = ("bool", "uint8", "int8", "int16", "int32", "int64")
MAX_TEXT = 1_000_000
EXAMPLE = """logits = torch.tensor([[3., 4.], [6., 9.]])
labels = torch.tensor([1, 0])
w = torch.tensor([0.4, 0.36])
loss = nn.CrossEntropyLoss(weight=w)(logits, labels)"""


@dataclass(frozen=True)
class Found:
    """What a text or a file held, and the role given to each array."""

    pasted: Pasted
    roles: tuple[str, ...]


def paste() -> None:
    """A text box for anything that holds numbers."""
    st.text_area(
        "Paste tensors, a printed array, a table, or the whole snippet",
        key=state.key("paste"),
        placeholder=EXAMPLE,
        height=180,
        max_chars=MAX_TEXT,
        on_change=_pasted,
    )
    st.caption("Nothing you paste is run. Press Ctrl+Enter, or click outside the box, to read it.")
    st.button("Use these numbers", key=state.key("read"), on_click=_pasted)
    _report("paste")


def upload() -> None:
    """CSV, TSV, .npy and .npz files."""
    st.file_uploader(
        "A file with logits, and target and weight if you have them",
        type=["csv", "tsv", "txt", "npy", "npz"],
        key=state.key("upload"),
        on_change=_uploaded,
    )
    st.caption(
        "An .npz may hold arrays named logits, target and weight. Up to 20 MB; pickled objects "
        "are refused."
    )
    _report("upload")


def _pasted() -> None:
    state.act()
    text = state.value("paste") or ""
    if text.strip():
        _receive("paste", lambda: read(text))
    else:
        state.tell("paste", None)


def _uploaded() -> None:
    state.act()
    file = state.value("upload")
    if file is not None:
        _receive("upload", lambda: read_file(file.name, file.getvalue()))


def _receive(source: str, make: Any) -> None:  # noqa: ANN401 - reads one source
    try:
        pasted = make()
    except PasteError as problem:
        state.tell(source, plain(str(problem)))
        return
    number = {index: role for role, index in pasted.roles.items()}
    roles = tuple(number.get(k, UNUSED) for k in range(len(pasted.tensors)))
    _use(source, Found(pasted, roles))


def _use(source: str, found: Found) -> None:
    """Make a case of what was found, show it, and say what was done or why not."""
    view = state.current()
    try:
        case, notes = build(found, view.case)
    except CaseError as problem:
        state.tell(source, (found, explain(problem), ()))
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
    state.tell(source, (found, "", (*found.pasted.notes, *notes)))


def _report(source: str) -> None:
    """What was found: each array with its shape, the role it plays, and what was noticed."""
    message = state.told(source)
    if message is None:
        return
    if isinstance(message, str):
        st.error(message, icon=STOP)
        return
    found, problem, notes = message
    if problem:
        st.error(problem, icon=STOP)
    else:
        st.success("These numbers are on the page now.", icon=":material/check:")
    for note in notes:
        st.info(plain(note), icon=NOTE)
    for k, tensor in enumerate(found.pasted.tensors):
        st.selectbox(
            f"{_name(tensor, k)}, shape {tensor.values.shape}",
            (*ROLES, UNUSED),
            index=(*ROLES, UNUSED).index(found.roles[k]),
            key=state.key(f"role-{source}-{k}"),
            on_change=_reassign,
            args=(source, k),
        )


def _name(tensor: Tensor, index: int) -> str:
    return plain(tensor.name) if tensor.name else f"Array {index + 1}"


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


def build(found: Found, current: Case) -> tuple[Case, tuple[str, ...]]:
    """The case made of the arrays found, and what has to be said about it.

    What was not found is taken from the case on the screen where it fits; without a target,
    every row gets class 0, and a note says so.

    Raises:
        CaseError: what `Case` refuses.
    """
    given = {
        role: tensor
        for role, tensor in zip(found.roles, found.pasted.tensors, strict=True)
        if role != UNUSED
    }
    notes: list[str] = []
    values: dict[str, Any] = {role: _as_torch(tensor) for role, tensor in given.items()}
    for role in ("logits", "weight"):
        if role in values and values[role].dtype.kind in "iub":
            notes += _whole_number_note(role, given[role])
            values[role] = values[role].astype(np.float64)
    _complete(values, current, notes)
    options: Mapping[str, Any] = found.pasted.options
    kept = () if "logits" in given else ("reduction", "label_smoothing", "ignore_index")
    defaults = {name: getattr(current, name) for name in kept}
    try:
        return Case(**{**defaults, **values, **options}), tuple(notes)
    except CaseError as problem:
        lenient = _as_indices(values, given, problem)
        if lenient is None:
            raise
        case = Case(**{**defaults, **lenient, **options})
        refused = f"torch would refuse this target ({problem.torch}). {problem.remedy}"
        return case, (*notes, f"{refused} It is read as class numbers on this page.")


def _as_torch(tensor: Tensor) -> Array:
    """The array, whole numbers in the dtype their text states: torch has rules on those.

    Floats stay as they were typed: 1.2 in float32 would be 1.2000000476837158.
    """
    whole = tensor.values.dtype.kind in "iub" and tensor.dtype in WHOLE
    return tensor.values.astype(tensor.dtype) if whole else tensor.values


def _whole_number_note(role: str, tensor: Tensor) -> list[str]:
    if tensor.dtype is None:
        return []
    said = (
        "\"log_softmax_lastdim_kernel_impl\" not implemented for 'Long'"
        if role == "logits"
        else "expected scalar type Float but found Long"
    )
    note = (
        f"{tensor.name or role} holds whole numbers, which torch refuses here ({said}). Write "
        "3. instead of 3, or .float(). They are read as 3.0 on this page."
    )
    return [note]


def _complete(values: dict[str, Any], current: Case, notes: list[str]) -> None:
    """Fill in what was not found."""
    if "logits" not in values:
        values["logits"] = current.logits
        values.setdefault("target", current.target)
        if current.weight is not None:
            values.setdefault("weight", current.weight)
        notes.append("No logits were found, so those on the page stay.")
    elif "target" not in values:
        z = values["logits"]
        shape = () if z.ndim < 2 else (z.shape[0], *z.shape[2:])
        values["target"] = np.zeros(shape, dtype=np.int64)
        notes.append("No target was found, so every row got class 0: change it under Edit.")


def _as_indices(
    values: dict[str, Any], given: Mapping[str, Tensor], problem: CaseError
) -> dict[str, Any] | None:
    """Class numbers of a dtype that torch refuses (int32, bool), as int64; None for other slips."""
    if problem.input != "target" or "target" not in given:
        return None
    target, z = values["target"], values["logits"]
    other = target.dtype.kind in "iub" and target.dtype != np.int64
    if not other or target.shape == z.shape:
        return None
    return {**values, "target": target.astype(np.int64)}
