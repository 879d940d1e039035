"""Which language and which decimal sign the page speaks in right now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

POINT, COMMA = "point", "comma"


@dataclass(frozen=True)
class Language:
    """A language of the site.

    Attributes:
        code: as `lang=` in a link and in HTML says it.
        name: the language's name for itself.
        pages: the pages all of whose text there is in it; () for every page.
    """

    code: str
    name: str
    pages: tuple[str, ...] = ()


LANGUAGES = (
    Language("en", "English"),
    Language(
        "de",
        "Deutsch",
        (
            "start",
            "steps",
            "reductions",
            "mistake",
            "targets",
            "gradient",
            "placement",
            "choose",
            "check",
            "practice",
            "lab",
        ),
    ),
)
CODES = tuple(language.code for language in LANGUAGES)
DECIMALS = (POINT, COMMA)


@dataclass(frozen=True)
class Tongue:
    """A language, and the sign that stands before the decimals."""

    lang: str = CODES[0]
    decimal: str = POINT


_chosen: ContextVar[Tongue | None] = ContextVar("tongue", default=None)
_asked: list[Callable[[], Tongue]] = [Tongue]


def tongue() -> Tongue:
    """What is spoken now: inside `speaking` what it says, else what the page on the screen asks."""
    return _chosen.get() or _asked[0]()


def follow(asked: Callable[[], Tongue]) -> None:
    """Let the page on the screen say what is spoken."""
    _asked[0] = asked


@contextmanager
def speaking(lang: str = "", decimal: str = "") -> Iterator[None]:
    """Speak another language, or with another decimal sign, for a while; "" leaves it as it is."""
    now = tongue()
    changed = replace(now, lang=lang or now.lang, decimal=decimal or now.decimal)
    token = _chosen.set(changed)
    try:
        yield
    finally:
        _chosen.reset(token)


def complete(lang: str, page: str) -> bool:
    """Whether the page has all its text in the language."""
    pages = LANGUAGES[CODES.index(lang)].pages
    return not pages or page in pages
