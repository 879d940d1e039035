"""Sentences that remember what they were made from, so that another language can say them."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType


class Words(str):  # noqa: SLOT000 - it remembers two things more than a str
    """An English sentence, and the template and the values that it was made from.

    It is the English text wherever a text is wanted. What shows it to a person may put the same
    values into the template of another language; values that are Words are translated as well,
    while a plain str (a class name, a number as written) stays as it is.
    """

    template: str
    values: Mapping[str, object]


def words(template: str, /, **values: object) -> Words:
    """The template with the values put in, by `str.format` where there are any."""
    said = Words(template.format(**values) if values else template)
    said.template, said.values = template, MappingProxyType(values)
    return said


def joined(parts: Iterable[str], between: str = " ") -> Words:
    """Sentences after one another, each to be translated on its own."""
    kept = {f"part{k}": part for k, part in enumerate(part for part in parts if part)}
    return words(between.join(f"{{{name}}}" for name in kept), **kept)
