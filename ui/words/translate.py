"""A text in the language of the page."""

from string import Formatter
from typing import Any

from ce_core.words import Words, words
from ui.words.catalogue import catalogue
from ui.words.speaking import COMMA, POINT, Tongue, tongue

ENGLISH = Tongue()
missing: set[str] = set()  # what was asked for and is in no catalogue; tests look into it
MOST_MISSING = 1_000  # a text may hold what strangers typed, so they are not kept without end


def tr(text: str, /, **values: object) -> str:
    """The text as the page says it.

    Args:
        text: English text, a template of `str.format` where there are values, or Words.
        values: what is put into it; Words among them are translated, other texts are not.
    """
    now = tongue()
    said = text if isinstance(text, Words) else words(text, **values)
    return str(said) if now == ENGLISH else _say(said, now)


def _say(said: Words, now: Tongue) -> str:
    template = said.template
    if now.lang != ENGLISH.lang:
        known = catalogue(now.lang)
        unknown = template not in known and _has_words(template)
        if unknown and len(missing) < MOST_MISSING:
            missing.add(template)
        template = known.get(template, template)
    if not said.values:
        return template
    values = {
        name: _say(value, now) if isinstance(value, Words) else value
        for name, value in said.values.items()
    }
    return _Numbers(now).vformat(template, (), values)


def _has_words(template: str) -> bool:
    try:
        literal = "".join(part for part, *_ in Formatter().parse(template))
    except ValueError:  # a lone brace: a text that holds what a person typed
        return False
    return any(letter.isalpha() for letter in literal)


class _Numbers(Formatter):
    """Formats numbers with the decimal sign of the page; in German 20.000 would be read as 20."""

    def __init__(self, now: Tongue) -> None:
        self._now = now

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 - any value
        text = str(super().format_field(value, format_spec))
        if isinstance(value, bool) or not isinstance(value, int | float):
            return text
        return localised(text, self._now)


def localised(text: str, now: Tongue | None = None) -> str:
    """The digits of an English number as the page writes them: 20 000 and 0,36."""
    now = now or tongue()
    if now.lang != ENGLISH.lang or now.decimal != POINT:
        text = text.replace(",", "\u202f")  # a narrow space that keeps the digits together
    return text.replace(".", ",") if now.decimal == COMMA else text
