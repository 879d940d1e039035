"""What a teacher copies, used as a course page uses it: parsed, built, scanned, opened again."""

import re
import warnings
from html import escape
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import segno
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ce_core import Case, CaseError, run
from ce_core.presets import PRESETS
from tests.browser.conftest import ROOT
from ui.figures import figure
from ui.link import IGNORED, decode
from ui.notation import NotationError
from ui.qr import EDGE
from ui.teach import qr
from ui.teach.card import card, title
from ui.teach.choices import PARTS
from ui.teach.picture import PICTURE_WIDTH, picture
from ui.teach.place import READS, blanks, fits, hideable, lesson_view, links
from ui.teach.settings import PAGES, SHOWN, THEMES, Lesson, site
from ui.teach.site import reach
from ui.teach.snippets import FLAGS, PICTURE, SNIPPETS, Material, iframe
from ui.view import View, of_preset, start, step_keys

SITE = "https://example.org/loss"
HOSTILE = ('"><script>alert(1)</script>', r"$\input{x}$", "=cmd()", "](http://evil/)", "`:::'&")
CASE = Case([[3, 4, 0, 1, 2], [6, 9, 1, 0, 3]], [1, 0], [0.4, 0.36, 1, 2, 3])
VIEW = View(CASE, HOSTILE, step="probs", column=0)
HTML = ("iframe", "jupyter-book", "quarto", "reveal", "canvas", "moodle")


def material(view=VIEW):
    """What the page makes the snippets of."""
    made = links(view, SITE)
    alt = card(view).alt
    return Material(made.plain, made.framed, made.room, title(view), alt, view.lesson.height)


def snippet(key, view=VIEW):
    """The text of a snippet."""
    return next(one for one in SNIPPETS if one.key == key).text(material(view))


class Tags(HTMLParser):
    """The elements of an HTML text with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Keep it."""
        self.found.append((tag, dict(attrs)))

    def only(self, tag):
        """The attributes of the one element of that kind."""
        [attributes] = [attributes for name, attributes in self.found if name == tag]
        return attributes


def opened(address):
    """What a link opens: its page, the view, and what could not be read."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return parts.path.rpartition("/")[2], *decode(query)


# The links


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "base", [start(), VIEW, of_preset(PRESETS[3])], ids=["first", "own", "4th"]
)
def test_links_open_the_lesson(page, base):
    """On each page all three links are read whole, and show what the builder chose."""
    view = base.replace(
        hide=("title", "formula", "none"),
        predict=True,
        seed=7,
        topic="smoothing",
        mode="complete",
        blank=("losses",),
        lang="de",
        decimal="comma",
        part="sheet",
        lesson=Lesson(page=page, theme="dark", shows=SHOWN.get(page, ("",))[-1], height=900),
    )
    made, seen = links(view, SITE), lesson_view(view)
    for address in (made.plain, made.framed):
        assert opened(address) == (page, seen, ())
    assert opened(made.room) == (page, seen.replace(present=True), ())
    assert seen.lesson == Lesson()
    assert set(seen.hide) <= {part.key for part in hideable(page)}
    assert seen.part == SHOWN.get(page, ("",))[-1]


def test_embedding_parameters():
    """The framed link alone is embedded; a theme is in all of them, unless it is the reader's."""
    for theme in THEMES:
        made = links(VIEW.replace(lesson=Lesson(theme=theme)), SITE)
        for address, framed in ((made.plain, False), (made.framed, True), (made.room, False)):
            query = dict(parse_qsl(urlsplit(address).query))
            asked = {name: text for name, text in query.items() if name in IGNORED}
            look = {} if theme == "auto" else {"embed_options": f"{theme}_theme"}
            assert asked == ({"embed": "true"} if framed else {}) | look


def test_default_link_is_short():
    """The first example at its first step needs no parameters; in a frame one."""
    made = links(start(), SITE)
    assert made.plain == f"{SITE}/steps"
    assert made.framed == f"{SITE}/steps?embed=true"
    assert made.room == f"{SITE}/steps?present=1"


def test_every_page_has_its_row():
    """Each page that a lesson can show is in the tables about pages."""
    assert tuple(READS) == PAGES
    assert {page: tuple(parts) for page, parts in PARTS.items()} == SHOWN


@pytest.mark.parametrize("page", ["check", "choose"])
def test_parts_are_called_as_on_their_page(page):
    """The parts have the names that the page itself gives them."""
    source = (ROOT / "pages" / f"{page}.py").read_text()
    for key, name in PARTS[page].items():
        assert re.search(rf'"{key}": (\w+\()?"{re.escape(name)}"', source)


def test_too_large_for_a_link():
    """A case beyond a link's room fits no lesson, except on pages that make their own numbers."""
    large = View(Case(np.zeros((1000, 3)), np.zeros(1000, dtype=int)))
    assert not fits(large)
    assert fits(large.replace(lesson=Lesson(page="practice")))


def test_what_can_be_left_to_the_reader():
    """The steps of the case on Steps, of the item on Practice, and none elsewhere."""
    assert blanks(start()) == step_keys(start().case)
    assert blanks(start().replace(lesson=Lesson(page="practice")))[-1] == "mean_loss"
    assert blanks(start().replace(lesson=Lesson(page="lab"))) == ()


# The snippets


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("key", HTML)
def test_html_snippets(key, page):
    """In each HTML snippet there is one frame, and its address is the link, character by character."""
    view = VIEW.replace(lesson=Lesson(page=page, height=480))
    tags, made = Tags(snippet(key, view).partition("\n\n:::")[0]), material(view)
    frame = tags.only("iframe")
    wanted = f"{made.room}&embed=true" if key == "reveal" else made.framed
    assert frame["data-src" if key == "reveal" else "src"] == wanted
    assert frame["title"] == made.title
    assert (frame["width"], frame["height"]) == ("100%", "480")
    assert frame["sandbox"].split() == [flag for flag, _ in FLAGS]
    assert {name for name, _ in tags.found} <= {"iframe", "section", "p", "a"}
    if key in ("canvas", "moodle"):
        assert tags.only("a")["href"] == made.link


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names(name):
    """A class name that holds markup is text in the frame's title, and in every snippet."""
    column = HOSTILE.index(name)
    made = material(VIEW.replace(column=column))
    assert name in made.title
    assert Tags(iframe(made.framed, made.title, 640)).only("iframe")["title"] == made.title
    for one in SNIPPETS:
        text = one.text(made)
        assert not re.search(r"(?<!\\)<script", text) or one.key == "myst"
        if one.language is None:
            assert re.fullmatch(r"[!-~]+", text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30))
def test_any_title(text):
    """Whatever a frame is called, it is one element with that name."""
    tags = Tags(iframe(SITE, text, 640))
    assert [name for name, _ in tags.found] == ["iframe"]
    assert tags.only("iframe")["title"] == text


def test_markdown():
    """Markdown shows the picture with its words, and a click opens the link."""
    html = MarkdownIt().render(snippet("markdown"))
    tags = Tags(html)
    assert opened(tags.only("a")["href"]) == opened(material().link)
    assert tags.only("img")["src"] == PICTURE
    assert tags.only("img")["alt"] == material().alt
    assert [name for name, _ in tags.found] == ["p", "a", "img"]


def test_quarto():
    """Quarto's snippet is a raw HTML block, and a fenced part that HTML leaves out."""
    text = snippet("quarto")
    raw, *_ = MarkdownIt().parse(text)
    assert (raw.type, raw.info) == ("fence", "{=html}")
    assert Tags(raw.content).only("iframe")["src"] == material().framed
    rest = text.partition("```\n\n")[2]
    assert rest.splitlines()[0] == '::: {.content-hidden when-format="html"}'
    assert rest.splitlines()[1] == snippet("markdown")
    assert rest.splitlines()[2:] == [":::"]


def test_myst():
    """MyST's directive holds the link as its argument, and three options on a line each."""
    lines = snippet("myst").splitlines()
    assert lines[0] == f":::{{iframe}} {material().framed}"
    assert lines[1] == f":title: {material().title}"
    assert lines[2:] == [":width: 100%", f":placeholder: {PICTURE}", ":::"]
    [block] = [token for token in MarkdownIt().parse("\n".join(lines)) if token.type == "inline"]
    assert block.content == "\n".join(lines)  # one block: no blank line, nothing nested


def test_jupyter_book_is_built(tmp_path):
    """Sphinx with MyST-Parser, which Jupyter Book 1 is made of, builds a page with the frame."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of Sphinx and docutils among themselves
        from sphinx.application import Sphinx

        (tmp_path / "index.md").write_text(f"# A page\n\n{snippet('jupyter-book')}\n\nText.\n")
        options = {"extensions": ["myst_parser"], "html_theme": "basic"}
        folders = (str(tmp_path), None, str(tmp_path / "out"), str(tmp_path / "trees"))
        app = Sphinx(*folders, "html", confoverrides=options, status=None, warning=None)
        app.build()
    assert app.statuscode == 0
    tags = Tags((tmp_path / "out/index.html").read_text())
    frame = tags.only("iframe")
    assert (frame["src"], frame["title"]) == (material().framed, material().title)
    assert not [
        attributes for name, attributes in tags.found if "evil" in str(attributes.get("href"))
    ]


def test_snippets_are_told():
    """Each snippet has a name of its own, and says where it goes in a sentence or a few."""
    assert (
        len({one.key for one in SNIPPETS}) == len({one.title for one in SNIPPETS}) == len(SNIPPETS)
    )
    assert all(one.where.endswith(".") for one in SNIPPETS)


# The address of the site


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org",
        " http://10.0.0.7:8501/loss/ ",
        "https://a.b/c/d",
        "http://[::1]:80",
        "",
    ],
)
def test_site_is_read(text):
    """A server's address with a port and a path is taken, without the slash at its end."""
    assert site(text) == text.strip().rstrip("/")


@pytest.mark.parametrize(
    "text",
    [
        *("example.org", "javascript:alert(1)", "ftp://a.b", "https://", "https://a b", "//a.b"),
        *(
            'https://a"onload=x',
            "https://u:p@a.b",
            "https://a.b?x=1",
            "https://a.b#c",
            "https://<b>",
        ),
        "https://" + "a" * 300,
    ],
)
def test_site_is_refused(text):
    """Anything else is not, and a link that holds it is read without."""
    with pytest.raises(NotationError, match="such as https"):
        site(text)
    view, dropped = decode({"base": text})
    assert view.lesson.base == ""
    assert [one.name for one in dropped] == ["base"]


@pytest.mark.parametrize("text", ["http://localhost:8501", "http://127.0.0.1", "http://[::1]:1"])
def test_alone(text):
    """This computer's own names are told as such."""
    assert "this computer alone" in reach(text)


@pytest.mark.parametrize(
    "text", ["http://192.168.1.5", "http://10.1.2.3", "http://box", "http://b.lan"]
)
def test_near(text):
    """An address of a private network is told as such."""
    assert "your own network only" in reach(text)


@pytest.mark.parametrize("text", ["https://example.org", "https://8.8.8.8", "", "http://[bad"])
def test_public(text):
    """Of another address nothing is said."""
    assert reach(text) == ""


def test_plain_http():
    """Of an http address is said that https pages show no frame from it."""
    assert reach("http://example.org").startswith("example.org is reached by http")


# The QR code


def scanned(code):
    """What a camera reads from a QR code drawn with its quiet edge."""
    bits = np.array([list(row) for row in code.matrix_iter(scale=4, border=EDGE)])
    [found] = zxingcpp.read_barcodes(np.where(bits, 0, 255).astype(np.uint8))
    return found.text


@settings(max_examples=10, deadline=None)
@given(st.integers(1, qr.MOST - len(SITE) - 1))
def test_qr_code_is_read_back(length):
    """A link of any length up to the limit is scanned as it is."""
    link = f"{SITE}?" + ("a=1,2;3&" * 300)[:length]
    code = qr.lesson_code(link)
    assert scanned(code) == link
    assert (code.error, code.is_micro) == ("M", False)
    assert code.matrix == segno.make(link, error="m", boost_error=False, micro=False).matrix


def test_qr_code_of_a_lesson():
    """The code of a lesson opens it, and its file is black on white with four modules around."""
    code = qr.lesson_code(material().link)
    assert opened(scanned(code)) == opened(material().link)
    root = ET.fromstring(qr.svg(code))  # noqa: S314 - our own
    side = (len(code.matrix) + 2 * EDGE) * qr.SCALE
    assert (root.get("width"), root.get("height")) == (str(side), str(side))
    assert b"#fff" in qr.svg(code)


@pytest.mark.parametrize("link", ["a" * (qr.MOST + 1), "√" * qr.MOST], ids=["long", "wide"])
def test_qr_code_of_a_long_link(link):
    """A link that is too long is refused with what to do about it."""
    with pytest.raises(CaseError, match="share the link itself"):
        qr.lesson_code(link)


# The picture


def texts(drawn):
    """The picture's texts, in order."""
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    return ["".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("step", step_keys(CASE))
def test_picture_of_each_step(step):
    """The picture is XML of one width with the step's title and sentence, and without a font."""
    view = VIEW.replace(step=step, column=None)
    said = card(view)
    drawn = picture(said, links(view, SITE).plain)
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    assert root.get("width") == str(PICTURE_WIDTH)
    assert root.get("aria-label") == said.alt
    assert "font-face" not in drawn
    assert "href" not in drawn
    found = texts(drawn)
    trace = run(CASE)
    assert trace[step].rule.title in found[0]
    assert said.sentence.split()[0] in " ".join(found)
    assert found[-1] == "example.org"
    for name in HOSTILE:
        assert escape(name) == name or name not in drawn


def test_picture_shows_the_numbers():
    """The table of a step holds the trace's numbers of the row looked at."""
    said = card(VIEW.replace(row=1))
    numbers = run(CASE)["probs"].output[1]
    assert [line[0] for line in said.lines] == list(HOSTILE)
    assert [float(line[-1]) for line in said.lines] == pytest.approx(numbers, abs=5.1e-5)
    whole = card(VIEW.replace(step="denominator", column=None))
    assert [line[0] for line in whole.lines] == ["row 0", "row 1"]
    assert whole.facts[-1] == f"Sum of the targets' weights: {figure(0.76)}"


@pytest.mark.parametrize("change", [{"blank": ("probs",)}, {"hide": ("result",)}], ids=str)
def test_picture_keeps_the_answer(change):
    """What is left to the reader is a question mark, and its sentence is not there."""
    said = card(VIEW.replace(**change))
    assert {line[-1] for line in said.lines} == {"?"}
    assert said.sentence == ""
    single = card(VIEW.replace(step="mean_loss", column=None, **change))
    asked = "?" if "hide" in change else figure(float(run(CASE).answer))
    assert single.facts[-1] == f"Mean loss: {asked}"


def test_picture_leaves_out_what_is_hidden():
    """What the lesson leaves out the picture leaves out as well."""
    said = card(VIEW.replace(hide=("table", "formula", "sentence")))
    assert (said.lines, said.formula, said.sentence) == ((), "", "")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("chosen", PRESETS, ids=[one.key for one in PRESETS])
def test_picture_of_each_example(chosen, page):
    """Each page of each example, the empty ones too, has a picture and a name for its frame."""
    view = of_preset(chosen).replace(lesson=Lesson(page=page))
    drawn = picture(card(view), SITE)
    assert texts(drawn)[0]
    assert title(view).endswith(": Weighted cross-entropy, step by step")


def test_picture_of_a_large_case():
    """Of many rows and classes a few are drawn, the one looked at among them."""
    rng = np.random.default_rng(0)
    case = Case(rng.normal(size=(400, 500)), rng.integers(0, 500, 400))
    view = View(case, step="probs", row=399, column=321)
    assert len(card(view).lines) <= 10
    assert [line for line in card(view).lines if line[0] == view.classes[321]]


@pytest.mark.parametrize(
    ("kept_back", "shown", "hidden"),
    [
        ({"predict": True}, "13.5911", "1.2356"),  # as the walk: this number and what follows
        ({"hide": ("result",)}, "13.5911", "1.2356"),
        ({"blank": ("sum_loss",)}, "1.2356", "13.5911"),
    ],
    ids=["guess", "result", "blank"],
)
def test_what_the_lesson_keeps_back_is_not_in_its_picture(kept_back, shown, hidden):
    """Neither the picture nor its words tell a number that the reader is to find."""
    case = Case([[2, 1, 0.1], [0.5, 2.5, 0.3], [1.2, 0.4, 3]], [0, 2, 2], [1, 2, 5])
    view = View(case, ("cat", "dog", "owl"), step="mean_loss").replace(**kept_back)
    for text in (picture(card(view), SITE), snippet("markdown", view), snippet("quarto", view)):
        assert shown in text.replace("\\", "")
        assert hidden not in text.replace("\\", "")
