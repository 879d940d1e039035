"""Sentences that remember what they were made from, so that another language can say them."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Self


class Words(str):  # noqa: SLOT000 - it remembers two things more than a str
    """An English sentence, and the template and the values that it was made from.

    It is the English text wherever a text is wanted. What shows it to a person may put the same
    values into the template of another language; values that are Words are translated as well,
    while a plain str (a class name, a number as written) stays as it is.
    """

    template: str
    values: Mapping[str, object]

    def __reduce__(self) -> "tuple[Callable[..., Words], tuple[str, dict[str, object]]]":
        """Copies and pickles are made again from the template and the values."""
        return _again, (self.template, dict(self.values))


def words(template: str, /, **values: object) -> Words:
    """The template with the values put in, by `str.format` where there are any."""
    said = Words(template.format(**values) if values else template)
    said.template, said.values = template, MappingProxyType(values)
    return said


class Numeral(float):
    """A number with the digits that it is written with; as a value of Words it keeps them.

    A page with a decimal comma writes the comma in them.
    """

    digits: str

    def __new__(cls, value: float, digits: str) -> Self:
        """The number, and how it is written."""
        made = super().__new__(cls, value)
        made.digits = digits
        return made

    def __format__(self, spec: str) -> str:
        """The digits as they are."""
        return format(self.digits, spec)

    def __getnewargs__(self) -> tuple[float, str]:  # type: ignore[override]
        """What a copy is made from."""
        return float(self), self.digits


def told(text: str) -> Words:
    """A text of a record, which may be a plain str, to put into a sentence."""
    return text if isinstance(text, Words) else words(text)


def _again(template: str, values: Mapping[str, object]) -> Words:
    return words(template, **values)


def joined(parts: Iterable[str], between: str = " ") -> Words:
    """Sentences after one another, each to be translated on its own."""
    kept = {f"part{k}": part for k, part in enumerate(part for part in parts if part)}
    return words(between.join(f"{{{name}}}" for name in kept), **kept)
