"""Sentences that remember what they were made from, and how a page says them."""

import copy
import pickle
import re

import pytest
from babel.messages.pofile import read_po

from ce_core.words import Words, joined, words
from tools import words as tools
from tools.words import LISTING
from ui.words import CODES, speaking, tongue, tr, translate
from ui.words.catalogue import catalogue

FIELD = re.compile(r"\{[^{}]*\}")
GERMAN = {
    "{count:,} rows cost {loss:.2f}.": "{count:,} Zeilen kosten {loss:.2f}.",
    "the step “{title}”": "der Schritt „{title}“",
    "Row sum": "Zeilensumme",
    "Look at {what}.": "Sieh dir {what} an.",
}


@pytest.fixture
def german(monkeypatch):
    """A small catalogue in the place of the real one."""
    monkeypatch.setattr(translate, "catalogue", lambda _: GERMAN)
    monkeypatch.setattr(translate, "missing", set())


def test_words_are_their_english():
    """A sentence is a plain str to whoever wants one, and keeps its template and values."""
    said = words("{count:,} rows cost {loss:.2f}.", count=20_000, loss=0.358)
    assert isinstance(said, str)
    assert said == "20,000 rows cost 0.36."
    assert (said.template, dict(said.values)) == (
        "{count:,} rows cost {loss:.2f}.",
        {"count": 20_000, "loss": 0.358},
    )


def test_words_without_values_keep_their_braces():
    """A text into which nothing is put may hold braces, as code and formulas do."""
    assert words("{} is a dict") == "{} is a dict"
    assert tr("{} is a dict") == "{} is a dict"


@pytest.mark.usefixtures("german")
def test_said_in_another_language():
    """The values go into the other template; 20,000 would be read as 20 there."""
    with speaking("de"):
        said = tr("{count:,} rows cost {loss:.2f}.", count=20_000, loss=0.358)
    assert said == "20\u202f000 Zeilen kosten 0.36."
    assert translate.missing == set()


@pytest.mark.usefixtures("german")
def test_decimal_comma():
    """On request the numbers of a sentence have a comma, in each language."""
    said = words("{count:,} rows cost {loss:.2f}.", count=20_000, loss=0.358)
    with speaking("de", "comma"):
        assert tr(said) == "20\u202f000 Zeilen kosten 0,36."
    with speaking("en", "comma"):
        assert tr(said) == "20\u202f000 rows cost 0,36."
    assert tr(said) == "20,000 rows cost 0.36."


@pytest.mark.usefixtures("german")
def test_sentences_in_sentences():
    """Words inside Words are translated; a name that a person typed is not, whatever it says."""
    inner = words("the step “{title}”", title=words("Row sum"))
    with speaking("de"):
        assert tr("Look at {what}.", what=inner) == "Sieh dir der Schritt „Zeilensumme“ an."
        assert tr("Look at {what}.", what="Row sum") == "Sieh dir Row sum an."
        both = joined([words("Row sum"), "", words("Look at {what}.", what="{x}")])
        assert tr(both) == "Zeilensumme Sieh dir {x} an."
    assert both == "Row sum Look at {x}."


@pytest.mark.usefixtures("german")
def test_missing_text_is_english_and_noted():
    """What is in no catalogue is said in English, and a test can find it; bare signs need none."""
    with speaking("de"):
        assert tr("Nobody translated {what}.", what="this") == "Nobody translated this."
        assert tr("{a} = {b}", a=1, b=2) == "1 = 2"
    assert translate.missing == {"Nobody translated {what}."}


def test_speaking_ends():
    """A language asked for a while is gone afterwards, an error included."""
    before = tongue()
    with speaking("de", "comma"):
        assert (tongue().lang, tongue().decimal) == ("de", "comma")
    with pytest.raises(KeyError), speaking("de"):
        raise KeyError
    assert tongue() == before


@pytest.mark.parametrize("code", CODES[1:])
def test_translations_have_the_fields_of_the_text(code):
    """A translation puts in what the English does, and no other field."""
    for english, other in catalogue(code).items():
        assert isinstance(english, str)
        assert fields(other) == fields(english), english


def fields(template):
    """The names of a template's fields; a text whose braces are no fields has none."""
    try:
        return {field for _, field, *_ in translate.Formatter().parse(template) if field}
    except ValueError:
        return set()


def test_words_type():
    """`Words` survive being asked for as a str, a slice of them is plain."""
    assert type(words("ab")[:1]) is str
    assert type(words("ab")) is Words


@pytest.mark.parametrize(
    "again",
    [copy.copy, copy.deepcopy, lambda said: pickle.loads(pickle.dumps(said))],  # noqa: S301
    ids=["copy", "deepcopy", "pickle"],
)
def test_copies_remember_too(again):
    """A copy, or what was stored and read back, can still be said in another language."""
    said = words("Look at {what}.", what=words("Row {row:,}", row=2_000))
    other = again(said)
    assert (type(other), other, other.template) == (Words, said, said.template)
    assert (other.values["what"].template, dict(other.values["what"].values)) == (
        "Row {row:,}",
        {"row": 2_000},
    )


def messages(path):
    """The entries of a .po file, without its header."""
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def test_listing_is_current():
    """ui/words/en.pot lists every text as the code has it: `python -m tools.words` writes it."""
    listed = {message.id for message in messages(LISTING)}
    assert listed == set(tools.texts())


@pytest.mark.parametrize("code", CODES[1:])
def test_one_translation_each(code):
    """A text that stands in two files of a language is translated the same way in both."""
    said = {}
    for path in sorted((LISTING.parent / code).glob("*.po")):
        for message in messages(path):
            assert said.setdefault(message.id, message.string) == message.string, path.name


@pytest.mark.parametrize("code", CODES[1:])
def test_nothing_is_left_out(code):
    """Every text of the listing is said in the language, but for bare signs and the Teach page."""
    known = catalogue(code)
    left = [text for text, places in tools.texts().items() if text not in known and needed(places)]
    assert [text for text in left if any(map(str.isalpha, FIELD.sub("", text)))] == []


def needed(places):
    """Whether a page that is complete in each language shows the text."""
    return any(not place.startswith(("ui/teach", "hiding")) for place in places)
