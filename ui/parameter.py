"""One parameter of a link: how a view is written as text, and how it takes the text.

Each page's settings are a frozen record in `View`; `setting` makes a parameter of one field.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from ce_core.words import words
from ui.notation import NotationError, read_number, write_number

if TYPE_CHECKING:
    from ui.view import View

Read = Callable[[str], Any]
Write = Callable[[Any], str]


class PartlyReadError(NotationError):
    """Part of a parameter cannot be read; the rest of it holds.

    Attributes:
        view: with the part that could be read.
    """

    def __init__(self, says: str, view: "View") -> None:
        self.view = view
        super().__init__(says)


@dataclass(frozen=True)
class Parameter:
    """One parameter of a link: what a view writes for it (None: leave it out), and how it takes it.

    `take` raises NotationError with a sentence that says what the text must be.
    """

    name: str
    write: "Callable[[View], str | None]"
    take: "Callable[[View, str], View]"


def setting(
    record: str, field: str, read: Read, write: Write = str, *, name: str = ""
) -> Parameter:
    """The parameter for one field of a page's settings; the field's default stays out of the link.

    Args:
        record: the attribute of `View` that holds the page's settings.
        field: the field of them.
        read: the field's value from text; raises NotationError.
        write: its text.
        name: what the link calls it, if not as the field.
    """

    def written(view: "View") -> str | None:
        settings = getattr(view, record)
        value = getattr(settings, field)
        return None if value == default(settings, field) else write(value)

    def take(view: "View", text: str) -> "View":
        settings = replace(getattr(view, record), **{field: read(text)})
        return view.replace(**{record: settings})

    return Parameter(name or field, written, take)


def default(settings: Any, field: str) -> Any:  # noqa: ANN401 - a page's settings, any of them
    """What a field of a page's settings is before anybody touches it."""
    return next(one.default for one in fields(settings) if one.name == field)


def whole(text: str) -> int:
    """A whole number."""
    plain = text.strip().replace("\u2212", "-")  # strip takes more for a space than int does
    if not re.fullmatch(r"-?[0-9]{1,19}", plain):
        raise NotationError(words("it must be a whole number"))
    return int(plain)


def number(low: float, high: float) -> Read:
    """Reads a number from low to high."""

    def read(text: str) -> float:
        value = read_number(text)
        if not low <= value <= high:
            ends = {"low": write_number(low), "high": write_number(high)}  # as a link writes them
            raise NotationError(words("it must be from {low} to {high}", **ends))
        return value

    return read


def count(low: int, high: int) -> Read:
    """Reads a whole number from low to high."""

    def read(text: str) -> int:
        value = whole(text)
        if not low <= value <= high:
            raise NotationError(
                words("it must be a whole number from {low} to {high}", low=low, high=high)
            )
        return value

    return read


def choice(*options: str) -> Read:
    """Reads one of the words."""

    def read(text: str) -> str:
        if text not in options:
            raise NotationError(words("it must be one of {options}", options=", ".join(options)))
        return text

    return read
