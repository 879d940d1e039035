"""The place in the site that a lesson shows: its page, its view, and the links that open it."""

from dataclasses import dataclass

from ui import link, menu
from ui.hiding import HIDEABLE, Hideable
from ui.practice.items import made
from ui.teach.settings import SHOWN, Lesson
from ui.view import View, start, step_keys
from ui.words.speaking import CODES, complete

TITLES = {name: title for group in menu.PAGES.values() for name, title in group}
# What a page shows besides the case; the link to it holds nothing else.
READS = {
    "steps": ("step", "row", "column", "term", "blank", "predict"),
    "reductions": (),
    "targets": ("row", "column", "painting"),
    "gradient": ("row", "column", "descent", "device", "dtype"),
    "check": ("row", "column", "overflow", "device", "dtype"),
    "mistake": ("answer", "of", "finding", "device", "dtype"),
    "placement": ("row", "column", "placement"),
    "choose": ("choosing",),
    "lab": ("lab", "device"),
    "practice": ("topic", "seed", "mode", "blank", "predict"),
}
WITHOUT_CASE = ("lab", "practice")  # these make their own numbers
WITH_BLANKS = ("steps", "practice")


def lesson_view(view: View) -> View:
    """What the lesson's page is opened with: nothing of the builder, nothing it does not read."""
    page = view.lesson.page
    if page in WITHOUT_CASE:
        bare = start()
    else:
        other = view.other if page == "mistake" else None
        bare = View(view.case, view.names, view.preset, other=other)
    fitting = {part.key for part in hideable(page)}
    kept = bare.replace(
        **{name: getattr(view, name) for name in READS[page]},
        part=shown(view.lesson),
        lang=view.lang if complete(view.lang, page) else CODES[0],
        decimal=view.decimal,
        hide=tuple(key for key in view.hide if key in fitting),
    )
    return kept.replace(blank=tuple(key for key in blanks(view) if key in kept.blank))


def blanks(view: View) -> tuple[str, ...]:
    """The steps that the lesson's page can leave to the reader."""
    page = view.lesson.page
    if page == "practice":
        return made(view.seed, view.topic).steps
    return step_keys(view.case) if page in WITH_BLANKS else ()


def hideable(page: str) -> tuple[Hideable, ...]:
    """What can be left out of a page."""
    return tuple(part for part in HIDEABLE if not part.pages or page in part.pages)


def shown(lesson: Lesson) -> str:
    """The part of the page that the link names; the first needs no name."""
    return lesson.shows if lesson.shows in SHOWN.get(lesson.page, ())[1:] else ""


def fits(view: View) -> bool:
    """Whether a link can hold the lesson."""
    return view.lesson.page in WITHOUT_CASE or link.fits(view.case)


@dataclass(frozen=True)
class Links:
    """The addresses of a lesson.

    Attributes:
        plain: opens it in a window of its own.
        framed: what a frame in a course page shows.
        room: shows it large, to a room.
    """

    plain: str
    framed: str
    room: str


def links(view: View, site: str) -> Links:
    """The lesson's addresses on a site.

    Args:
        view: the builder's view.
        site: the site's address, without a page and without a slash at its end.
    """
    seen, theme = lesson_view(view), view.lesson.theme
    look = () if theme == Lesson().theme else (f"embed_options={theme}_theme",)
    page = f"{site}/{view.lesson.page}"
    plain = link.address(page, seen)
    room = link.address(page, seen.replace(present=True))
    return Links(_with(plain, *look), _with(plain, "embed=true", *look), _with(room, *look))


def _with(address: str, *more: str) -> str:
    joined = "&".join(more)
    if not joined:
        return address
    return f"{address}{'&' if '?' in address else '?'}{joined}"
