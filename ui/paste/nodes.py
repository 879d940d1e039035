"""What a text can say: the values that the grammar reads, before they are given a meaning."""

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that stands where a value could, and is none."""

    what: str
    at: int


@dataclass(frozen=True, slots=True)
class Dots:
    """The ellipsis of a shortened print."""

    at: int


@dataclass(frozen=True, slots=True)
class Text:
    """What stands between quotes."""

    value: str
    at: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list or a tuple; `factor` is the scale line that old torch printed before it."""

    values: "list[Node]"
    at: int
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """A dict."""

    values: "list[tuple[str, Node]]"
    at: int


@dataclass(frozen=True, slots=True)
class Suffix:
    """What hangs on a value: `.name` (attr), `(..)` (call), `[..]` (index) or `* 2` (sum)."""

    kind: str
    name: str
    start: int
    end: int
    args: "list[Node]" = field(default_factory=list)
    named: "dict[str, Node]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chain:
    """A name or value with suffixes, left to right; `base` is a str for a name."""

    base: "str | Node"
    suffixes: list[Suffix]
    at: int
    end: int


Node: TypeAlias = int | float | bool | Unread | Dots | Text | Items | Pairs | Chain | None
