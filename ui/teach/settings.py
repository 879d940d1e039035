"""What is set about the course page that a lesson is put into."""

from dataclasses import dataclass

from ui.parameter import choice, setting

PAGES = (
    *("steps", "reductions", "targets", "gradient", "check", "mistake"),
    *("placement", "choose", "lab", "practice"),
)
THEMES = ("auto", "light", "dark")
HEIGHTS = ("480", "640", "900")


@dataclass(frozen=True)
class Lesson:
    """The frame around a lesson.

    Attributes:
        page: the page that is shown, by its name in a link.
        theme: light, dark, or auto: as the page around it.
        height: of the frame, in CSS pixels.
    """

    page: str = PAGES[0]
    theme: str = THEMES[0]
    height: int = 640


PARAMETERS = (
    setting("lesson", "page", choice(*PAGES), name="lesson"),
    setting("lesson", "theme", choice(*THEMES)),
    setting("lesson", "height", lambda text: int(choice(*HEIGHTS)(text))),
)
