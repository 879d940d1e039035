"""What every page shares, in German: menu, header, fields, and why a link was not read whole."""

from ast import Call, Constant, Name, parse, walk
from urllib.parse import parse_qs, urlsplit

import pytest

from ce_core.presets import PRESETS, preset
from tests.browser.conftest import ROOT
from tests.unfolded import drawn_from, unfolded
from ui.header import summary
from ui.link import OTHERS, address, decode
from ui.menu import PAGES as MENU
from ui.view import of_preset, start
from ui.words import CODES, COMMA, LANGUAGES, complete, speaking, tr, translate
from ui.words.catalogue import catalogue

GERMAN = ("start", "steps", "reductions", "mistake")
FOLDERS = ("ui/language", "ui/download", "ui/links", "ui/slider", "ui/tab")
FILES = (
    *(
        "app.py",
        "ui/failing.py",
        "ui/header.py",
        "ui/menu.py",
        "ui/inputs.py",
        "ui/editor.py",
        "ui/table.py",
    ),
    *("ui/other.py", "ui/notation.py", "ui/parameter.py", "ui/parts.py", "ui/picker.py"),
    *("ui/devices.py", "ui/torch_side.py", "ui/link.py", "ui/outermost.py", "ui/view.py"),
    *("ui/presenting.py", "ui/typed.py"),
    *("ui/choose/settings.py", "ui/choose/naming.py", "ui/lab/settings.py"),
    *("ui/placement/settings.py", "ui/targets/settings.py"),
)
LINKS = {
    "plain": {},
    "padding": {"preset": "padding"},
    "no rows": {"preset": "empty_batch"},
    "soft": {"preset": "soft_targets", "label_smoothing": "0.1"},
    "pixels": {"preset": "pixels"},
    "not finite": {"logits": "inf,1;nan,-inf", "target": "0,1", "weight": "0,1"},
    "one sample": {"logits": "1,2,3", "target": "1"},
    "hidden": {"hide": "title,story,numbers"},
    "presented": {"present": "1"},
    "broken": {"logits": "1,2;3,x", "target": "0", "row": "99", "class": "9", "term": "99"},
    "odd": {"step": "no", "hide": "roof", "device": "x", "lesson": "no", "items": "99"},
    "names": {"classes": "a,a", "seed": "-1", "blank": "no", "finding": "no", "answer": "a\0"},
    "others": {"loss": "bce", "input": "1,2", "target": "1,x", "preset": "padding"},
    "pages": {"mask": "Q", "counts": "x", "truth": "-1,2", "strategies": "no", "shift": "99"},
}


@pytest.fixture(autouse=True)
def nothing_missing():
    """What is asked for and not there."""
    translate.missing.clear()
    yield
    translate.missing.clear()


def asked_in(path):
    """The English texts that a file has said."""
    for node in walk(parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, Call)
            and isinstance(node.func, Name)
            and node.func.id in ("tr", "words")
        ):
            first = node.args[0] if node.args else None
            if isinstance(first, Constant) and isinstance(first.value, str):
                yield first.value


def files():
    """The files of what pages share."""
    inside = (path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.py")))
    return (*(ROOT / name for name in FILES), *inside)


def opened(page, **query):
    """A page opened by a link, drawn."""
    app = unfolded()
    app.query_params.update(query)
    if page != "start":
        app.switch_page(f"pages/{page}.py")
    app.run()
    assert [box.value for box in app.exception] == []
    return app


def test_every_text_is_translated():
    """Each text that these files say is in the catalogue."""
    known = catalogue("de")
    texts = {text for path in files() for text in asked_in(path) if translate._has_words(text)}
    assert texts - known.keys() == set()


@pytest.mark.parametrize("kind", LINKS)
@pytest.mark.parametrize("page", GERMAN)
def test_nothing_is_missing(page, kind):
    """Whatever the link holds, what these files say on a German page is German."""
    opened(page, lang="de", decimal="comma", **LINKS[kind])
    ours = {text for path in files() for text in asked_in(path)}
    assert translate.missing & ours == set()


@pytest.mark.parametrize("kind", ["broken", "odd", "names", "others", "pages"])
def test_reasons_are_german(kind):
    """Each reason for which a part of a link was left out can be said in German whole."""
    _, dropped = decode(LINKS[kind])
    assert len(dropped) >= 4
    with speaking("de"):
        said = [tr(item.reason) for item in dropped]
    assert all(one != item.reason for one, item in zip(said, dropped, strict=True))
    assert translate.missing == set()


WEIGHTED = "2 Beispiele × 2 Klassen, Klassennummern als Target, Gewichte 0,4; 0,36, Reduction mean"


@pytest.mark.parametrize("key", [chosen.key for chosen in PRESETS])
def test_summary(key):
    """The case in one line is German throughout; the list of weights has semicolons."""
    with speaking("de", COMMA):
        said = tr(summary(of_preset(preset(key))))
    assert translate.missing == set()
    assert "sample" not in said
    assert "class" not in said
    if key == "weighted_mean":
        assert said == WEIGHTED


def test_titles_of_the_menu():
    """The menu and the browser's tab speak the person's language, on English pages too."""
    for page in ("steps", "check"):
        app = opened(page, lang="de")
        menu = drawn_from(app.sidebar, "links")
        assert menu["label"] == "Seiten"
        groups = [title for title, _ in menu["groups"]]
        assert groups == ["Lernen", "Prüfen", "Gewichten", "Klasse"]
        learn = [link["title"] for link in menu["groups"][0][1]]
        assert learn[:3] == ["Start", "Schritte", "Reductions"]


def text_of(app):
    """All the HTML and captions of a page."""
    return " ".join(node.proto.body for node in app.get("html"))


@pytest.mark.parametrize("group", MENU)
def test_page_not_translated(group):
    """A page that is not all in German is English throughout, and says so in German."""
    for name, title in MENU[group]:
        app = opened(name, lang="de")
        note = "Diese Seite gibt es bisher nur auf Englisch."
        assert (note in text_of(app)) == (not complete("de", name)), title


@pytest.mark.parametrize("page", [*GERMAN, "check"])
def test_offer(page):
    """A German browser is offered the page in German where it is, until a language is chosen."""

    def offered(locale, **query):
        app = unfolded()
        app.query_params.update(query)
        if page != "start":
            app.switch_page(f"pages/{page}.py")
        app.context["locale"] = locale
        app.run()
        return any("Auf Deutsch lesen" in node.proto.json for node in app.get("bidi_component"))

    assert offered("de-CH") == complete("de", page)
    assert not offered("en-US")
    assert not offered("de", lang="de")


@pytest.mark.parametrize("hide", ["title", "story", "numbers"])
def test_hidden(hide):
    """What is hidden is not drawn at all; a hidden title leaves a plain heading to be heard."""
    app = opened("steps", hide=hide)
    seen = {
        "title": bool(app.title),
        "story": any("The mean that did not match" in box.value for box in app.caption),
        "numbers": bool(app.expander),
    }
    assert seen == {part: part != hide for part in seen}
    assert ("Weighted cross-entropy</h1>" in text_of(app)) == (hide == "title")


def test_presented():
    """Shown to a room, a page is its lesson, and the way back."""
    app = opened("steps", present="1")
    assert [title.value for title in app.title] == ["From the logits to the loss"]
    assert not app.expander
    assert not app.sidebar
    assert not app.get("page_link")
    app.button(key="present-end").click().run()
    assert not app.session_state["view"].present
    app.button(key="present-start").click().run()
    assert app.session_state["view"].present


def test_address_keeps_what_is_hidden():
    """The way out of a frame leads to the same view, without what belongs to the frame."""
    view, _ = decode({"hide": "result", "lang": "de", "embed": "true", "present": "1"})
    query = parse_qs(urlsplit(address("http://x/", view.replace(present=False))).query)
    assert query == {"hide": ["result"], "lang": ["de"]}


def test_typed_comma_and_doubt():
    """A smoothing with a decimal comma is taken; a slip stays, and is answered in German."""
    app = opened("steps", lang="de", decimal="comma")
    field = f"label_smoothing-{app.session_state['generation']}-0"
    with speaking("de", COMMA):  # AppTest asks for the names of the options outside of the page
        app.text_input(key=field).set_value("0,25").run()
    assert app.session_state["view"].case.label_smoothing == 0.25
    for slip, found in (("0,2,5", "ist keine Zahl"), ("7", "smoothing ist 7,0")):
        with speaking("de", COMMA):
            app.text_input(key=field).set_value(slip).run()
        (error,) = app.error
        assert found in error.value
        assert app.text_input(key=field).value == slip
        assert app.session_state["view"].case.label_smoothing == 0.25
    assert translate.missing == set()


def test_languages_have_names_of_their_own():
    """Each language is in the switch by its own name; the frame's parameters stay out of OTHERS."""
    assert [one.code for one in LANGUAGES] == list(CODES)
    assert "lang" not in OTHERS
    assert start().lang == CODES[0]
