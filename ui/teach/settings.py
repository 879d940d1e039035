"""What is set about the course page that a lesson is put into."""

import re
from dataclasses import dataclass

from ui.notation import NotationError
from ui.parameter import choice, setting

PAGES = (
    *("steps", "reductions", "targets", "gradient", "check", "mistake"),
    *("placement", "choose", "lab", "practice"),
)
THEMES = ("auto", "light", "dark")
HEIGHTS = ("480", "640", "900")
# The parts of the pages that show one of several; the first of each is what they open with.
SHOWN = {
    "targets": ("smoothing", "weights", "kinds", "ignored", "pixels", "axes"),
    "check": ("agreement", "floats"),
    "choose": ("schemes", "pos_weight"),
}
LONGEST_SITE = 200
SITE = re.compile(
    r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:[0-9]{1,5})?(/[a-z0-9._~-]+)*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Lesson:
    """The frame around a lesson.

    Attributes:
        page: the page that is shown, by its name in a link.
        theme: light, dark, or auto: as the reader's system.
        height: of the frame, in CSS pixels.
        shows: the part of the page that is open; "" is the first.
        base: the address of the site that students reach; "" is the one that the teacher sees.
    """

    page: str = PAGES[0]
    theme: str = THEMES[0]
    height: int = 640
    shows: str = ""
    base: str = ""


def site(text: str) -> str:
    """The address of a site as a person types it.

    Raises:
        NotationError: it is none.
    """
    plain = text.strip().rstrip("/")
    if plain and (len(plain) > LONGEST_SITE or not SITE.fullmatch(plain)):
        raise NotationError(
            "it must begin with https:// or http://, then the server's name, such as "
            "https://example.org or https://example.org:8501/loss"
        )
    return plain


PARAMETERS = (
    setting("lesson", "page", choice(*PAGES), name="lesson"),
    setting("lesson", "theme", choice(*THEMES)),
    setting("lesson", "height", lambda text: int(choice(*HEIGHTS)(text))),
    setting("lesson", "shows", choice(*(part for parts in SHOWN.values() for part in parts))),
    setting("lesson", "base", site),
)
