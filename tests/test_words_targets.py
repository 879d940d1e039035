"""The pages Targets and Gradient say all they say in German, on every kind of case."""

import json
import re
from html import unescape
from math import nan

import pytest
from google.protobuf.text_format import MessageToString

from ce_core import Case
from ce_core.descent import effects, heavier
from ce_core.presets import preset
from ce_core.targets.scene import SCENE
from tests.test_gradient_page import ODD
from tests.test_pages import assert_fine
from tests.unfolded import unfolded
from ui.gradient.computing import apart
from ui.gradient.nudging import shown
from ui.gradient.weighed_words import told
from ui.gradient.words import row_told
from ui.link import encode
from ui.place import place
from ui.plot.axis import nice
from ui.slider.component import HERE as SLIDER
from ui.targets.page import PARTS
from ui.targets.picture import HERE as PICTURE
from ui.view import View, positions
from ui.words import script_words, speaking, tr, translate
from ui.words.scripts import texts_in

KEYS = tuple(part.key for part in PARTS)
EXAMPLES = (
    "",
    "heavy_smoothing",
    "soft_weights",
    "pixels_log",
    "tokens_last",
    "padding",
    "one_hot",
)
EXAMPLES += ("all_ignored", "empty_batch", "masked_class", "single_vector", "smoothing_surprise")
ENGLISH = re.compile(r"\b(the|of|and|is|with|are|by|this|your|each)\b", re.IGNORECASE)
# what nobody reads as a text: code, styles, addresses, and torch's own message
UNREAD = re.compile(
    r"`[^`]*`|<(code|style)\b.*?</\1>|https?://[^\s)\"']+|meldet „[^“]*“", re.DOTALL
)
NAMELESS = ("id", "data", "key", "form_id", "query_string", "page_script_hash")
FIELD = re.compile(r'(\w+): "((?:[^"\\]|\\.)*)"')
FINE = {"ratio": "2.5", "epsilon": "0.25", "times": "0.5", "rate": "0.7", "nudge": "0.001"}


@pytest.fixture(autouse=True)
def missing(monkeypatch):
    """What was asked for in German and is in no catalogue."""
    found = set()
    monkeypatch.setattr(translate, "missing", found)
    return found


def opened(page, case=None, **query):
    """The page in German, drawn, with what the link says; on this case, where one is given."""
    app = unfolded()
    linked = {} if case is None else encode(View(case))
    app.query_params.update({"lang": "de"} | linked | {k: v for k, v in query.items() if v})
    app.switch_page(f"pages/{page}.py")
    app.run()
    assert_fine(app)
    return app


def read(app):
    """All the texts of the page that a person reads or hears, code left out."""
    texts = []
    for node in app.main:
        if node.proto is None or node.type in ("code", "text_area"):  # a field for code
            continue
        if node.type == "bidi_component" and not node.proto.json:
            continue  # its code
        if node.type == "bidi_component":
            texts += strings(json.loads(node.proto.json))
        else:
            drawn = MessageToString(node.proto, as_utf8=True).replace("\\'", "'")
            fields = FIELD.findall(drawn)
            texts += [json.loads(f'"{text}"') for name, text in fields if name not in NAMELESS]
    return [UNREAD.sub("", unescape(text)) for text in texts]


def strings(sent):
    """The texts among what a component is sent, without the catalogue of its script."""
    if isinstance(sent, dict):
        kept = [value for name, value in sent.items() if name not in ("words", "turn")]
        return [text for value in kept for text in strings(value)]
    if isinstance(sent, list):
        return [text for value in sent for text in strings(value)]
    return [sent] if isinstance(sent, str) else []


def assert_german(app, missing):
    """Every text was in the catalogue, and none that is read has an English word."""
    texts = read(app)
    assert len(texts) > 10
    assert not missing
    assert [text for text in texts if ENGLISH.search(text)] == []


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("part", KEYS)
def test_targets_are_german(part, example, missing):
    """Each part of the page is German on each kind of example."""
    assert not example or preset(example)
    assert_german(opened("targets", part=part, preset=example), missing)


@pytest.mark.parametrize("part", KEYS)
def test_targets_with_commas(part, missing):
    """With a decimal comma no number of the page has a point."""
    app = opened("targets", part=part, preset="heavy_smoothing", decimal="comma", **FINE)
    assert_german(app, missing)
    assert_commas(app)


def test_gradient_with_commas(missing):
    """So on the page of the gradient."""
    app = opened("gradient", preset="soft_smoothing", decimal="comma", **FINE)
    assert_german(app, missing)
    assert_commas(app)


def assert_commas(app):
    """No number that is read has a decimal point; those of a drawing are not read."""
    texts = [re.sub(r" (style|title|viewBox|d)='[^']*'", "", text) for text in read(app)]
    assert [text for text in texts if re.search(r"(?<![\w=.])\d+\.\d", text)] == []
    assert any(re.search(r"\d,\d", text) for text in texts)


@pytest.mark.parametrize("example", EXAMPLES)
def test_gradient_is_german(example, missing):
    """The page of the gradient is German on each kind of example."""
    assert_german(opened("gradient", preset=example, steps="1"), missing)


@pytest.mark.parametrize("kind", ODD)
def test_gradient_of_odd_cases_is_german(kind, missing):
    """It is German where numbers are missing, infinite or negative."""
    assert_german(opened("gradient", ODD[kind]), missing)


def test_picture_is_german(missing):
    """The picture's and the slider's scripts have their German, and a painted picture's table."""
    with speaking("de"):
        for folder in (PICTURE, SLIDER):
            assert set(script_words(folder)) == set(texts_in(folder))
    mask = "0-".replace("0", str(len(SCENE)))[:-1] + "-"
    app = opened("targets", part="pixels", mask=mask, pixel_weight="0,0,0")
    assert_german(app, missing)
    assert any("Nichts zählt" in text for text in read(app))


WEIGHED = (
    Case([[2, 1, 0.1], [0.5, 2.5, 0.3]], [0, 0]),
    Case([[2, 1, 0.1], [0.5, 2.5, 0.3]], [0, 2]),
    Case([[2, 1, 0.1], [0.5, 2.5, 0.3]], [0, 2], [1, 2, 5], label_smoothing=0.2),
    Case([[2, 1, 0.1], [0.5, 2.5, 0.3]], [[0.2, 0.3, 0.5], [1, 0, 0]], [1, 2, 5]),
    Case([[2, 1, 0.1], [0.5, 2.5, 0.3]], [0, 1], [3, -1, 1]),
    Case([[2, 1, 0.1], [nan, 2.5, 0.3]], [0, 1]),
)


@pytest.mark.parametrize("case", WEIGHED)
@pytest.mark.parametrize("times", [0.0, 1.0, 5.0, 1e300])
@pytest.mark.parametrize("column", [None, 0, 1])
def test_weighing_is_german(case, times, column, missing):
    """What other weights do, and what each row does, is German whatever comes of it."""
    with speaking("de"):
        for sentence in told(case, effects(case, heavier(case, times, column)), times, column):
            assert not ENGLISH.search(tr(sentence))
        trace = apart(case)
        for row in range(positions(case)):
            assert not ENGLISH.search(row_told(trace, place(trace, View(case, row=row))))
    assert not missing


def test_numbers_follow_the_sign():
    """The ticks of an axis and the sizes of a nudge have the page's decimal sign."""
    with speaking("de", "comma"):
        assert [text for _, text in nice(0, 1)] == ["0", "0,2", "0,4", "0,6", "0,8", "1,0"]
        assert (shown(1e-5), shown(0.001)) == ("1e−5", "0,001")
    assert [text for _, text in nice(0, 1)][1] == "0.2"
    assert shown(1e-5) == "1e−5"
