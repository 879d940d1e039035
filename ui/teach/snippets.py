"""What is pasted into a course page, for each place that courses are made in."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

# What the frame lets the lesson do, and what fails without it.
FLAGS = (
    ("allow-scripts", "The lesson is a program: without it the frame stays empty."),
    ("allow-same-origin", "It talks to its own server: without it the lesson does not start."),
    ("allow-popups", "“Open in a new tab” and links to sources open."),
    ("allow-popups-to-escape-sandbox", "What they open works as if opened from its own address."),
    ("allow-downloads", "Files that the lesson makes can be saved."),
)
SANDBOX = " ".join(flag for flag, _ in FLAGS)
ALLOW = "clipboard-write"  # the copy buttons
PICTURE = "step.svg"
ENCODED = str.maketrans({"(": "%28", ")": "%29", "[": "%5B", "]": "%5D"})


@dataclass(frozen=True)
class Material:
    """What snippets are made of.

    Attributes:
        link: opens the lesson in a window of its own.
        framed: the address for a frame.
        room: the address for a room.
        title: names the frame for whoever cannot see it, on one line.
        alt: says what the picture shows, on one line.
        height: of the frame, in CSS pixels.
    """

    link: str
    framed: str
    room: str
    title: str
    alt: str
    height: int


@dataclass(frozen=True)
class Snippet:
    """One way into a course.

    Attributes:
        key: its name.
        title: what the teacher looks for.
        where: where to paste it.
        language: what it is written in, for the colours of its code; None for plain text.
        text: makes it.
    """

    key: str
    title: str
    where: str
    language: str | None
    text: Callable[[Material], str]


def iframe(address: str, title: str, height: int, *, source: str = "src", more: str = "") -> str:
    """The frame as HTML on one line.

    Args:
        address: what it shows.
        title: names it.
        height: in CSS pixels.
        source: the attribute that holds the address.
        more: further attributes, each with a space before it.
    """
    size = f'width="100%" height="{height}"'
    rules = f'loading="lazy" allow="{ALLOW}" sandbox="{SANDBOX}" style="border: 0"'
    named = f'{source}="{escape(address)}" title="{escape(title)}"'
    return f"<iframe {named} {size} {rules}{more}></iframe>"


def _iframe(made: Material) -> str:
    return iframe(made.framed, made.title, made.height)


def _with_way_out(made: Material) -> str:
    """The frame, and below it a link for apps and editors that take frames away."""
    way = f'<a href="{escape(made.link)}" target="_blank" rel="noopener">{escape(made.title)}</a>'
    return f"{_iframe(made)}\n<p>{way}</p>"


def _myst(made: Material) -> str:
    options = f":title: {made.title}\n:width: 100%\n:placeholder: {PICTURE}"
    return f":::{{iframe}} {made.framed}\n{options}\n:::"


def _quarto(made: Material) -> str:
    framed = f"```{{=html}}\n{_iframe(made)}\n```"
    printed = f'::: {{.content-hidden when-format="html"}}\n{_markdown(made)}\n:::'
    return f"{framed}\n\n{printed}"


def _reveal(made: Material) -> str:
    framed = made.room + "&embed=true"
    frame = iframe(framed, made.title, made.height, source="data-src", more=' class="r-stretch"')
    return f"<section>\n  {frame}\n</section>"


def _markdown(made: Material) -> str:
    alt = "".join("\\" + sign if sign in r"\`*_[]<>#$~!&|@^{}" else sign for sign in made.alt)
    return f"[![{alt}]({PICTURE})]({made.link.translate(ENCODED)})"


SAVE = "Save the picture below beside your file first."
SNIPPETS = (
    Snippet(
        *("link", "Link", "Anywhere: a mail, a chat, a slide. It opens in its own window.", None),
        lambda made: made.link,
    ),
    Snippet(
        *("iframe", "Iframe", "Into the HTML of any page, where the lesson is to stand.", "html"),
        _iframe,
    ),
    Snippet(
        "myst",
        "MyST",
        "Into a .md page of mystmd or Jupyter Book 2; there a frame is always 3/5 as high as wide. "
        f"In a PDF stands the picture. {SAVE}",
        "markdown",
        _myst,
    ),
    Snippet(
        "jupyter-book",
        "Jupyter Book 1",
        "Into a .md page or a Markdown cell of Jupyter Book 1, or of Sphinx with MyST-Parser, with "
        "an empty line before and after it.",
        "html",
        _iframe,
    ),
    Snippet(
        "quarto",
        "Quarto",
        "Into a .qmd page. In a PDF stands the picture, for which LaTeX needs rsvg-convert. "
        f"{SAVE}",
        "markdown",
        _quarto,
    ),
    Snippet(
        "reveal",
        "reveal.js",
        "Among the sections of your slides. reveal.js closes the frame when you leave the slide: "
        "what the link says is there again, what you did by hand is not. Type is large.",
        "html",
        _reveal,
    ),
    Snippet(
        "canvas",
        "Canvas",
        "Into the HTML editor of a Canvas page: the button </> at its lower right.",
        "html",
        _with_way_out,
    ),
    Snippet(
        "moodle",
        "Moodle page",
        "Into a Page or a Label in Moodle: Tools, Source code. If Moodle takes the frame away, "
        "take “Moodle URL”.",
        "html",
        _with_way_out,
    ),
    Snippet(
        "moodle-url",
        "Moodle URL",
        "As “External URL” of the Moodle resource URL; under Appearance set Display to Embed.",
        None,
        lambda made: made.framed,
    ),
    Snippet(
        "markdown",
        "Markdown",
        f"Into a README, a wiki or a forum that shows no frames: a picture that opens the lesson. "
        f"{SAVE}",
        "markdown",
        _markdown,
    ),
    Snippet(
        "room",
        "Projector",
        "Opens the lesson in large type and without the menu, for a room.",
        None,
        lambda made: made.room,
    ),
)
