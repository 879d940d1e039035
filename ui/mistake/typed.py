"""The case of another loss from what stands in its fields: the link's notation, or torch's."""

from typing import Any

from ce_core import CaseError
from ce_core.arrays import Array
from ui import paste
from ui.link import MAX_NUMBERS
from ui.mistake.kinds import Kind
from ui.notation import NotationError, shorten
from ui.other import LOSSES, Other, count, make
from ui.paste import PasteError
from ui.typed import read_typed_array
from ui.words import Words, words

ARRAYS = ("input", "target", "weight", "pos_weight")


def made(kind: Kind, typed: dict[str, Any]) -> Other:
    """The case of what stands in the fields; of an empty field for weights, none.

    Raises:
        CaseError: a field cannot be read, or torch would refuse the case.
    """
    values: dict[str, Any] = {"holds": kind.holds}
    for name in ARRAYS:
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
            words("at most {most:,} are taken here", most=MAX_NUMBERS),
            words("there are {count:,} numbers", count=count(other)),
            words("Take fewer rows: the same mistake shows there."),
        )
    return other


def doubts(typed: dict[str, Any]) -> list[Words]:
    """How the fields were read whose commas may have been meant otherwise, each said once."""
    said: dict[Words, None] = {}
    for name in ARRAYS:
        text = (typed.get(name) or "").strip()
        try:
            doubt = read_typed_array(text)[1] if text else None
        except NotationError:
            continue  # torch's own print, whose numbers have points
        said |= {doubt: None} if doubt else {}
    return list(said)


def read_field(name: str, text: str) -> Array:
    """An array from the link's notation, a Python list, or a printed tensor.

    Raises:
        CaseError: there are no numbers in it.
    """
    try:
        return read_typed_array(text)[0]
    except NotationError as problem:
        try:
            return paste.read(text).tensors[0].values
        except PasteError:
            raise CaseError(
                name,
                words("it must be numbers"),
                _unread(name, text),
                words(
                    "Write numbers such as 0.5, -1, 2; a new row after a ; or in brackets of its "
                    "own."
                ),
            ) from problem


def _unread(name: str, text: str) -> Words:
    """What stands in a field that holds no numbers."""
    if not text:
        return words("{name} is empty", name=name)
    return words("the field {name} holds '{text}'", name=name, text=shorten(text))
