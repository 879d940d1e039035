"""What a text or a file held, made into a case: which array is which, and what to say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ce_core import Case, CaseError
from ce_core.arrays import Array
from ce_core.words import words
from ui.paste import Pasted, Tensor

ROLES = ("logits", "target", "weight")
UNUSED = "not used"
OPTIONS = ("reduction", "label_smoothing", "ignore_index")
WHOLE = ("bool", "uint8", "int8", "int16", "int32", "int64")


@dataclass(frozen=True)
class Found:
    """What a text or a file held, and the role given to each array."""

    pasted: Pasted
    roles: tuple[str, ...]


def guessed(pasted: Pasted) -> Found:
    """Each array with the role that its name, its type or its place in a call suggests."""
    role = {index: name for name, index in pasted.roles.items()}
    return Found(pasted, tuple(role.get(k, UNUSED) for k in range(len(pasted.tensors))))


def build(found: Found, current: Case) -> tuple[Case, tuple[str, ...]]:
    """The case made of the arrays found, and what has to be said about it.

    Options that the text does not state are torch's defaults where it calls a loss, and stay as
    they are on the page where it does not. Without logits those on the page stay; without a
    target every row gets class 0; a note says so.

    Raises:
        CaseError: what `Case` refuses.
    """
    given = {
        role: tensor
        for role, tensor in zip(found.roles, found.pasted.tensors, strict=True)
        if role != UNUSED
    }
    if not given:
        _raise_no_role(found)
    notes: list[str] = []
    values: dict[str, Any] = {role: _as_torch(tensor) for role, tensor in given.items()}
    for role in ("logits", "weight"):
        if role in values and values[role].dtype.kind in "iub":
            notes += _whole_number_note(role, given[role])
            values[role] = values[role].astype(np.float64)
    _complete(values, current, notes)
    stated: Mapping[str, Any] = found.pasted.options
    default = "logits" in given and found.pasted.calls
    kept = {} if default else {n: getattr(current, n) for n in OPTIONS if n not in stated}
    try:
        return Case(**{**kept, **values, **stated}), tuple(notes)
    except CaseError as problem:
        if problem.input in kept:  # the page's own option does not fit the new numbers
            kept.pop(problem.input)
            return Case(**{**kept, **values, **stated}), tuple(notes)
        lenient = _as_indices(values, given, problem)
        if lenient is None:
            raise
        case = Case(**{**kept, **lenient, **stated})
        refused = words(
            "torch would refuse this target ({torch}). {remedy} It is read as class numbers on "
            "this page.",
            torch=problem.torch,
            remedy=problem.remedy,
        )
        return case, (*notes, refused)


def _raise_no_role(found: Found) -> None:
    arrays = found.pasted.tensors
    if len(arrays) == 1 and arrays[0].values.ndim == 0:
        raise CaseError(
            "logits",
            words("a loss is made of logits and a target"),
            words("a single number, {value:g}, was found", value=arrays[0].values.item()),
            words("Paste the logits and the target it was made of."),
        )
    raise CaseError(
        "logits",
        words("one of them must be the logits"),
        words(
            "{count} arrays were found, and none looks like logits, target or weight",
            count=len(arrays),
        ),
        words("Choose what each of them is below."),
    )


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
    note = words(
        "{name} holds whole numbers, which torch refuses here ({torch}). Write 3. instead of 3, "
        "or .float(). They are read as 3.0 on this page.",
        name=tensor.name or role,
        torch=said,
    )
    return [note]


def _complete(values: dict[str, Any], current: Case, notes: list[str]) -> None:
    """Fill in what was not found."""
    if "logits" not in values:
        values["logits"] = current.logits
        values.setdefault("target", current.target)
        if current.weight is not None:
            values.setdefault("weight", current.weight)
        notes.append(words("No logits were found, so those on the page stay."))
    elif "target" not in values:
        z = values["logits"]
        shape = () if z.ndim < 2 else (z.shape[0], *z.shape[2:])
        values["target"] = np.zeros(shape, dtype=np.int64)
        missing = "No target was found, so every row got class 0: change it under Edit."
        notes.append(words(missing))


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
