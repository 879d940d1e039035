"""The page about where the weight goes says all it says in German, the claims included."""

import re
from html import unescape

import pytest

from ce_core.claims import CLAIMS, VERDICTS
from ce_core.placement import PLACINGS, WORLDS
from ce_core.presets import PRESETS
from tests.test_pages import assert_fine, key
from tests.test_words_targets import opened, read
from ui.claims.block import WORDS, switches, unfolding
from ui.placement.settings import Placement
from ui.placement.sources import SOURCES
from ui.words import speaking, tr, translate

ENGLISH = re.compile(r"\b(the|of|and|is|with|are|by|this|your|each)\b", re.IGNORECASE)
# code and quotations, the titles of papers among them; style rules, names in HTML
UNREAD = re.compile(
    r"<(\w+) lang='en'>.*?</\1>|<style>.*?</style>|(class|href|value)='[^']*'"
    r"|`[^`]*`|“[^“”]*”|\]\(\S*\)|\$[^$]*\$",
    re.DOTALL,
)
# what keeps its point: places in a picture, what is to be typed, a version
NO_COMMA = re.compile(r"[\w-]+='[^']*'| d='[^']*'|0\.7, 0\.2, 0\.1|0\.3\.0b0")
ODD = {
    "weight 0": {"logits": "1,2;3,4", "target": "0,-100", "weight": "0,1"},
    "weight below 0": {"logits": "1,2;3,4", "target": "0,1", "weight": "-1,2"},
    "weights too large": {"logits": "1,2;3,4", "target": "0,1", "weight": "1e308,1e308"},
    "infinite": {"logits": "inf,2;3,-inf", "target": "0,1", "weight": "1,2"},
    "smoothed": {
        "logits": "1,2;3,4",
        "target": "0.3,0.7;1,0",
        "weight": "1,2",
        "label_smoothing": "0.1",
    },
    "no row": {"logits": "empty(0,3)", "target": "empty(0)"},
    "equal weights": {"logits": "1,2;3,4", "target": "0,1", "weight": "2,2"},
    "lost in rounding": {"logits": "1e30,0;0,1e30", "target": "1,0", "weight": "1,3"},
    "pixels": {"logits": "[[[1,2],[3,4]]]", "target": "0,1;", "weight": "1,4"},
    "rows": {"logits": ";".join(["1,2"] * 8), "target": ",".join("01" * 4), "weight": "1,2"},
}
SETTINGS = {
    "straight": {"world": "line", "shift": "10"},
    "split": {"world": "split", "shift": "-10"},
    "outside": {"gap": "4", "rare": "0.01", "miss": "50"},
    "no weight": {"miss": "1"},
    "balanced": {"preset": "weight_outside", "weight": "1,1,1"},
}


@pytest.fixture(autouse=True)
def missing(monkeypatch):
    """What was asked for in German and is in no catalogue."""
    found = set()
    monkeypatch.setattr(translate, "missing", found)
    return found


def english(texts):
    """The texts that have an English word outside of code and quotations."""
    told = [UNREAD.sub("", text) for text in texts if not text.startswith("**Quellen.**")]
    return [text for text in told if ENGLISH.search(text)]


def assert_german(app, missing):
    """Every text was in the catalogue, and none that is read has an English word."""
    texts = read(app)
    assert len(texts) > 20
    assert not missing
    assert english(texts) == []


@pytest.mark.parametrize("name", [chosen.key for chosen in PRESETS])
def test_every_example(name, missing):
    """The page is German on every example, with a shift."""
    assert_german(opened("placement", preset=name, shift="2.5"), missing)


@pytest.mark.parametrize("case", ODD)
def test_odd_cases(case, missing):
    """It is German where numbers are missing, infinite or no prior."""
    assert_german(opened("placement", shift="10", **ODD[case]), missing)


@pytest.mark.parametrize("chosen", SETTINGS)
def test_settings(chosen, missing):
    """It is German wherever its sliders and switches stand."""
    assert_german(opened("placement", **SETTINGS[chosen]), missing)


@pytest.mark.parametrize("query", [{}, {"world": "line", "gap": "2.5", "preset": "rare_class"}])
def test_commas(query, missing):
    """With a decimal comma no number of the page has a point, what is to be typed aside."""
    app = opened("placement", decimal="comma", shift="2.5", **query)
    assert_german(app, missing)
    texts = [NO_COMMA.sub("", UNREAD.sub("", text)) for text in read(app)]
    assert [text for text in texts if re.search(r"(?<![\w=(.])\d+\.\d", text)] == []
    assert any(re.search(r"\d,\d", text) for text in texts)


def test_typed_truth(missing):
    """What is wrong with typed probabilities is said in German; an example keeps its points."""
    app = opened("placement", preset="weight_outside")
    field = app.text_input(key=key(app, "placement-truth"))
    with speaking("de"):  # the test asks the other inputs for their choices outside of the page
        field.set_value("-1, 2, 3").run()
    (message,) = [box.value for box in app.error]
    assert message.startswith("Wahre Wahrscheinlichkeiten\\: ")
    assert "0.7, 0.2, 0.1" in message
    assert english([message]) == []
    assert not missing


def test_truth_of_another_length(missing):
    """Probabilities for three classes beside a case of two are named in German."""
    app = opened("placement")
    seen = app.session_state["view"]
    app.session_state["view"] = seen.replace(placement=Placement(truth=(0.7, 0.2, 0.1)))
    with speaking("de"):
        app.run()
    (message,) = [box.value for box in app.error]
    assert "3 eingegeben" in message
    assert english([message]) == []
    assert not missing


@pytest.mark.parametrize("one", CLAIMS, ids=lambda one: one.key)
def test_claim_is_german(one, missing):
    """A claim, its verdict, why, and each label of its experiment have their German."""
    with speaking("de"):
        drawn = unfolding(one)
        assert tr(one.said) != str(one.said) or one.key == "weight-outside-the-log"
        assert tr(one.why) != str(one.why)
    assert not missing
    text = unescape(re.sub(r"<[^>]+>", " ", UNREAD.sub("", drawn)))
    assert english([text]) == []


def test_quotation_stays_english(missing):
    """What a person wrote is quoted as it was, marked as English, with its sense beside it."""
    with speaking("de"):
        quoted = [one for one in CLAIMS if "lang='en'>“" in unfolding(one)]
        said = [tr(one.said) for one in quoted]
    assert len(quoted) == 3
    assert all("“" in text and "(" in text for text in said)
    assert not missing


def test_quotations_of_the_english_page():
    """On the English page nothing is marked as being in another language than the page."""
    assert not [one for one in CLAIMS if "lang='en'>“" in unfolding(one)]


@pytest.mark.parametrize("one", CLAIMS, ids=lambda one: one.key)
def test_claim_with_commas(one):
    """With a decimal comma the numbers of a claim have it; torch's own lines keep the point."""
    with speaking("de", "comma"):
        drawn = unfolding(one)
    read_aloud = re.sub(r"<(dt|dd) lang='en'>.*?</\1>|href='[^']*'", "", drawn)
    found = re.findall(r"(?<![\w=(.])\d+\.\d+(?![.\w])", read_aloud)
    assert found == []


def test_link_keeps_the_language():
    """Where to try a claim opens in the language and with the decimal sign of the page."""
    one = next(one for one in CLAIMS if one.key == "costs-two-to-one")
    assert f"href='{one.page}?{one.query.replace('&', '&amp;')}'" in unfolding(one)
    with speaking("de", "comma"):
        assert "&amp;scheme=cost&amp;lang=de&amp;decimal=comma'" in unfolding(one)


def test_tables_are_german(missing):
    """The names of the losses, of the classes' shapes and of the verdicts, and the sources."""
    with speaking("de"):
        for text in (
            *(text for one in PLACINGS for text in (one.title, one.means)),
            *(one.title for one in WORLDS),
            *(WORDS[verdict] for verdict in VERDICTS),
            *SOURCES,
        ):
            assert tr(text) != text
        assert english([switches("")]) == []
    assert not missing


def test_error_free():
    """The page in German has neither an error nor an exception."""
    assert_fine(opened("placement"))
