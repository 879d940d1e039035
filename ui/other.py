"""The other losses in a link: NLLLoss and the binary ones, `loss=bce&input=2.2,-1.4&target=1,0`.

They share `target`, `weight` and `reduction` with cross-entropy; a link holds one case.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ce_core import BinaryCase, CaseError, NLLCase
from ce_core.arrays import Array
from ce_core.binary import BINARY_HOLDS
from ce_core.nll import NLL_HOLDS
from ce_core.words import words
from ui.notation import NotationError, read_array, write_array

Other = NLLCase | BinaryCase
Drop = Callable[[str, str], None]
CROSS_ENTROPY = "cross_entropy"
OWN = ("holds", "input", "pos_weight")  # parameters that cross-entropy does not have
NUMBERS = ("input", "target", "weight", "pos_weight")
FOREIGN = {  # what a link may say of cross-entropy only
    "logits": words("with this loss the numbers stand in input"),
    "label_smoothing": words("only cross-entropy has it"),
    "preset": words("the examples are for cross-entropy"),
    "case": words("it is a case of cross-entropy"),
}


@dataclass(frozen=True)
class Loss:
    """A loss other than cross-entropy: what makes its case, and its own parameters."""

    make: Callable[..., Other]
    holds: tuple[str, ...]
    parameters: tuple[str, ...]


LOSSES = {
    "nll_loss": Loss(
        NLLCase, NLL_HOLDS, ("holds", "input", "target", "weight", "reduction", "ignore_index")
    ),
    "bce": Loss(
        BinaryCase,
        BINARY_HOLDS,
        ("holds", "input", "target", "weight", "pos_weight", "reduction"),
    ),
}
DEFAULTS = {"reduction": "mean", "ignore_index": -100}


def loss_of(other: Other) -> str:
    """What a link calls the case's loss."""
    return "bce" if isinstance(other, BinaryCase) else "nll_loss"


def given(other: Other) -> Array:
    """The numbers that go into the loss."""
    return other.given if isinstance(other, BinaryCase) else other.logits


def count(other: Other) -> int:
    """How many numbers a link has to hold."""
    factors = (other.weight, getattr(other, "pos_weight", None))
    return int(
        given(other).size + other.target.size + sum(f.size for f in factors if f is not None)
    )


def write(other: Other) -> dict[str, str]:
    """The case as query parameters; what is as it always is stays out."""
    query = {"loss": loss_of(other)}
    if other.holds != LOSSES[query["loss"]].holds[0]:
        query["holds"] = other.holds
    arrays = {"input": given(other)} | {name: getattr(other, name, None) for name in NUMBERS[1:]}
    query |= {name: write_array(array) for name, array in arrays.items() if array is not None}
    for name, usual in DEFAULTS.items():
        value = getattr(other, name, usual)
        if value != usual:
            query[name] = str(value)
    return query


def read(query: Mapping[str, str], drop: Drop) -> tuple[Other | None, Mapping[str, str]]:
    """The other loss's case that a query describes, and what is left of it for cross-entropy.

    Args:
        query: the parameters as text.
        drop: takes the name of what cannot be read, and why.
    """
    asked = query.get("loss", CROSS_ENTROPY)
    loss = LOSSES.get(asked)
    if loss is None:
        reasons = dict.fromkeys(OWN, words("it goes with loss=nll_loss or loss=bce"))
        if asked != CROSS_ENTROPY:
            losses = ", ".join((CROSS_ENTROPY, *LOSSES))
            reasons["loss"] = words("it must be one of {options}", options=losses)
        _drop_all(query, reasons, drop)
        return None, query
    lacking = {"pos_weight", "ignore_index"} - set(loss.parameters)
    none = words("{loss} has none", loss=asked)
    _drop_all(query, FOREIGN | dict.fromkeys(sorted(lacking), none), drop)
    values = _values(query, loss, drop)
    unread = {"input", "target"} & query.keys() - values.keys()
    made = _made(values, loss, drop)
    if made is None:
        unread |= {"input", "target"} & query.keys() - values.keys()
        why = (
            words("its input and target could not be read")
            if unread
            else words("it needs input and target")
        )
        _drop_all({"loss": asked, **values}, dict.fromkeys(("loss", *values), why), drop)
    own = {"loss", *loss.parameters, *FOREIGN, *lacking}
    return made, {name: text for name, text in query.items() if name not in own}


def _drop_all(query: Mapping[str, object], reasons: Mapping[str, str], drop: Drop) -> None:
    for name, reason in reasons.items():
        if name in query:
            drop(name, reason)


def _values(query: Mapping[str, str], loss: Loss, drop: Drop) -> dict[str, Any]:
    readers: dict[str, Callable[[str], object]] = {
        **dict.fromkeys(NUMBERS, read_array),
        "holds": lambda text: _one_of(text, loss.holds),
        "reduction": lambda text: _one_of(text, ("none", "sum", "mean")),
        "ignore_index": _whole,
    }
    values: dict[str, Any] = {}
    for name in loss.parameters:
        if name in query:
            try:
                values[name] = readers[name](query[name])
            except NotationError as problem:
                drop(name, problem.says)
    return values


def _one_of(text: str, options: tuple[str, ...]) -> str:
    if text not in options:
        raise NotationError(words("it must be one of {options}", options=", ".join(options)))
    return text


def _whole(text: str) -> int:
    number = read_array(text)
    if number.ndim or number.dtype.kind != "i":
        raise NotationError(words("it must be a whole number"))
    return int(number)


def _made(values: dict[str, Any], loss: Loss, drop: Drop) -> Other | None:
    """The case; what it refuses is dropped, and without input or target there is none."""
    while {"input", "target"} <= values.keys():
        try:
            return make(loss, values)
        except CaseError as problem:
            name = problem.input
            fault = (name,) if name in values and name not in ("input", "target") else NUMBERS
            for at in fault:
                if values.pop(at, None) is not None:
                    drop(at, problem.args[0])
    return None


def make(loss: Loss, values: Mapping[str, Any]) -> Other:
    """The case of arguments by their names in a link.

    Raises:
        CaseError: what torch would refuse.
    """
    arguments = dict(values)
    shown = arguments.pop("input")
    arguments["target"] = _target(np.asarray(arguments["target"]))
    for name in ("weight", "pos_weight"):
        if arguments.get(name) is not None:
            arguments[name] = np.asarray(arguments[name], dtype=np.float64)
    return loss.make(given=np.asarray(shown, dtype=np.float64), **arguments)


def _target(target: Array) -> Array:
    return target.astype(np.int64) if target.size == 0 else target  # an empty list says no dtype
