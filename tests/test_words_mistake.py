"""The page Find my mistake in German: every verdict, every kind of numbers, and decimal commas."""

import re

import numpy as np
import pytest

from ce_core import BinaryCase, Case, NLLCase, find_mistakes, run
from ce_core.mistakes import MISTAKES, mistake, read_answer
from ce_core.refusals import recognise
from tests.test_mistake_page import (
    GODOY,
    SNIPPET,
    html,
    mistake_page,
    rows,
    typed,
    verdict,
    view,
    view_of,
)
from tests.test_pages import key
from tests.test_refusals import ON_CPU, message
from ui.link import MAX_ANSWER, encode
from ui.mistake.account import account
from ui.mistake.asking import STORIES
from ui.mistake.kinds import KINDS
from ui.mistake.sureness import headline, sureness
from ui.mistake.words import far, tell, title
from ui.view import View, start
from ui.words import speaking, tr, translate
from ui.words.numerals import prose

TITLE = "Ich habe diese Zahl heraus. Was habe ich gemacht?"
NUMBERS = (
    [("0.5", "none"), ("[1, 2, 3, 4, 5]", "mean"), ("[0.3133, 3.0486]", "mean")]
    + [(text, "mean") for text in ("0.1234", "1.75", "1.8", "2", "1,2", "1,2;3,4", "hello")]
    + [(text, "mean") for text in ("", "[1, 2", "1, 2]", "[[1,2],[3]]", "1e999", "66%", "[" * 9)]
)
WAYS = [
    pytest.param(made, way, id=f"{made.key}-{k}")
    for made in MISTAKES
    for k, way in enumerate(made.ways)
]
ENGLISH = re.compile(
    r"\b(?:you|torch gives|row \d|otherwise|known way|is right|with|the)\b", re.IGNORECASE
)


@pytest.fixture(autouse=True)
def asked(monkeypatch):
    """Whatever a test opens, no text of it lacks its translation."""
    lacking = set()
    monkeypatch.setattr(translate, "missing", lacking)
    monkeypatch.setattr("tests.test_pages.TITLES", {"mistake": TITLE})
    with speaking("de"):  # where Streamlit's test asks a widget for its options' names
        yield lacking
    assert lacking == set()


def german(**query):
    """The page, opened by a German link, without an exception or an English sentence."""
    app = mistake_page(**({"lang": "de"} | query))
    assert_german(app)
    return app


def assert_german(app):
    """No exception, and nothing in the answer that is said in English."""
    assert [box.value for box in app.exception] == []
    text = re.sub(r"<style.*?</style>|<[^>]*>", " ", html(app), flags=re.DOTALL)
    boxes = [box.value for kind in ("markdown", "caption", "header") for box in app.get(kind)]
    for part in (text, *boxes):
        assert not ENGLISH.search(re.sub(r"`[^`]*`|„[^“]*“", "", part)), part


@pytest.mark.parametrize(("case", "text"), list(rows()))
def test_posted(case, text):
    """Each number that was posted is answered in German, whatever the verdict is."""
    assert verdict(german(**encode(view_of(case, text))))


@pytest.mark.parametrize("made", MISTAKES, ids=lambda made: made.key)
def test_each_mistake(made):
    """Each mistake has its verdict, its two ways and its advice in German on its own case."""
    german(**encode(view_of(made.ways[0].shows, answer_of(made.ways[0]))), finding=made.key)


def answer_of(way):
    """What the way gives on the case that shows it, as a person would copy it."""
    trace = run(way.shows, way.rules(way.shows))
    wrong = trace["gradient"].output if "gradient" in trace else trace.answer
    return np.array2string(wrong, separator=", ", precision=7, threshold=2000)


@pytest.mark.parametrize("decimal", ["point", "comma"])
@pytest.mark.parametrize(("made", "way"), WAYS)
def test_each_way(made, way, decimal):
    """Each way of each mistake is told in German sentences, and so are its rules."""
    found = find_mistakes(way.shows, answer_of(way))
    with speaking("de", decimal):
        for one in found:
            lines = [account(found, one, ()), sureness(found, one, said=False), title(one)]
            lines += [headline(found, one, said=said) for said in (True, False)]
            lines += [tell(one), far(one), *map(prose, (made.why, made.see, made.remedy))]
            lines += [f"{tr(step.rule.title)}: {prose(step.rule.why)}" for step in one.trace]
            for line in lines:
                assert not ENGLISH.search(line), line
                assert not re.search(r"[{}]|None|  |\.\.(?![.)])|[Dd]u hast [A-ZÄÖÜ]", line), line


@pytest.mark.parametrize("row", ON_CPU, ids=lambda row: row.key)
def test_refusals(row):
    """Each message of torch is explained in German, beside the case on the page as well."""
    case = Case([[1, 2, 3], [4, 5, 6]], [0, 1], [1, 2, 3])
    found = recognise(message(row.wrong), case)
    with speaking("de"):
        for line in map(tr, (found.refusal.title, found.says, found.remedy)):
            assert not ENGLISH.search(re.sub(r"`[^`]*`|„[^“]*“", "", line)), line


def test_refusal():
    """The page with a message of torch is German but for the message and the code."""
    german(answer="IndexError: Target 2 is out of bounds.", logits="1,2;4,5", target="0,1")


@pytest.mark.parametrize("decimal", ["point", "comma"])
@pytest.mark.parametrize(("text", "reduction"), NUMBERS)
def test_numbers(text, reduction, decimal):
    """A number of any kind, and what is none, is answered in German with either decimal sign."""
    app = german(answer=text, reduction=reduction, decimal=decimal)
    for box in app.error:
        assert not ENGLISH.search(box.value)


def test_combination():
    """Two and three mistakes at once are said in one German sentence."""
    case = Case([[2, 1, 0.1, 0.4], [0.5, 2.5, 0.3, 1.2]], [0, 2], [1, 2, 5, 3.5])
    twice = mistake("softmax_twice").run(case)
    number = float(twice["sum_loss"].output) / np.log(2)
    app = german(**encode(view_of(case, f"{number:.8f}")))
    assert " und " in verdict(app)
    assert "es braucht dafür 3 Fehler auf einmal" in html(app)


HIDING = (
    Case([[2, 1, 0.1]], [0]),
    Case([[2, 1, 0.1], [1, 2, 3]], [1, 1], [1, 2, 3]),
    Case([[2, 1, 0.1], [1, 2, 3]], [1, -100], [1, 2, 3]),
    Case([[2, 1, 0.1], [1, 2, 3], [0, 0, 1]], [0, 1, 2], [2, 2, 2]),
    BinaryCase([0.5, 1.5], [1.0, 0.0], pos_weight=[3.0]),
)


@pytest.mark.parametrize("case", HIDING)
def test_hidden(case):
    """What a case cannot show is said in German, and the case that shows it stays German."""
    app = german(**encode(view_of(case, f"{float(run(case).answer):.5f}")))
    links = [node.proto for node in app.get("page_link") if node.proto.icon]
    assert any("lang=de" in link.query_string and "answer=" in link.query_string for link in links)


@pytest.mark.parametrize("number", range(len(STORIES)))
def test_stories_stay_german(number):
    """A number that was posted is tried in the language of the page, with its decimal sign."""
    app = german(decimal="comma")
    app.button(key=key(app, f"story-{number}")).click().run()
    assert_german(app)
    assert (view(app).lang, view(app).decimal) == ("de", "comma")
    assert view(app).answer == STORIES[number].view.answer


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_kinds(kind):
    """Each kind of numbers has its fields in German, and its faults too."""
    app = german(answer="0.123")
    app.selectbox(key=key(app, "kind")).select(kind.key).run()
    assert_german(app)
    if kind.example is None:
        return
    app.text_area(key=key(app, f"other-{kind.key}-input")).set_value("x").run()
    (fault,) = [box.value for box in app.error]
    assert fault.startswith("Im Feld input steht")
    app.text_area(key=key(app, f"other-{kind.key}-input")).set_value("").run()
    (fault,) = [box.value for box in app.error]
    assert fault.startswith("Input ist leer")


def test_long_text():
    """A text that is no number and too long is refused in German."""
    app = german()
    typed(app, "x" * (MAX_ANSWER + 1))
    assert_german(app)
    assert "2\u202f001 Zeichen" in app.error[0].value


def test_lost_numbers():
    """A link whose numbers cannot be read says so in German."""
    app = german(logits="x", answer="0.5")
    assert any("konnten nicht gelesen werden" in box.value for box in app.info)


def test_pasted():
    """A pasted snippet with another loss, and a pasted message, are told in German."""
    app = german()
    app.text_area(key=key(app, "paste")).input(SNIPPET).run()
    assert_german(app)
    message = "IndexError: Target 2 is out of bounds."
    app.text_area(key=key(app, "paste")).input(message).run()
    assert_german(app)


def test_large():
    """A case that no mistakes are tried on says so with German numbers."""
    app = german()
    logits = np.random.default_rng(0).normal(size=(30_000, 10))
    case = Case(logits, np.arange(30_000) % 10)
    app.session_state["view"] = View(case, answer="0.1", lang="de")
    app.run()
    assert_german(app)
    assert "300\u202f000" in html(app)


def test_first_thread_with_commas():
    """0,6662 is 0.6662, and every number of the account has a decimal comma."""
    app = german(decimal="comma", answer="0,6662")
    assert verdict(app).startswith("Es sieht so aus, als hättest du durch die Anzahl")
    # 0.36 * 0.3133 + 0.4 * 3.0486 = 1.3322; 0.36 + 0.4 = 0.76; 1.3322 / 0.76 = 1.7529
    for number in ("0,6662", "1,3322", "0,76", "1,7529"):
        assert number in html(app)
    assert "1.7529" not in html(app)
    assert "Gelesen als" not in html(app)
    point = german(answer="0,6662")
    assert verdict(point) == verdict(app)
    assert "Gelesen als eine Zahl, 0.6662." in html(point)


@pytest.mark.parametrize(
    ("text", "comma", "values", "doubtful"),
    [
        ("0,6662", True, 0.6662, False),
        ("0,6662", False, 0.6662, True),  # or 0 and 6662
        ("0,05", False, 0.05, False),  # nobody writes 05
        ("1,2", False, 1.2, True),
        ("1,2", True, 1.2, False),
        ("1,2,3", True, [1, 2, 3], False),
        ("0,4; 0,36", True, [0.4, 0.36], False),
        ("0,4 0,36", True, [0.4, 0.36], False),
        ("0,4, 0,36", True, [0.4, 0.36], False),
        ("[0,4; 0,36]", True, [0.4, 0.36], False),
        ("[0,4; 0,36]", False, [0, 4, 0, 36], True),
        ("[1,2]", False, [1, 2], False),  # as Python has it
        ("[1,2]", True, [1, 2], True),
        ("[[1,2],[3,4]]", False, [[1, 2], [3, 4]], False),
        ("[[0,4 0,6]; [0,3 0,7]]", True, [[0.4, 0.6], [0.3, 0.7]], False),
        ("[0.4, 0.36]", True, [0.4, 0.36], False),
        ("1.752,9", True, 1752.9, False),
        ("loss = 0,6662", True, 0.6662, False),
        ("-0,5 1,5", True, [-0.5, 1.5], False),
    ],
)
def test_commas(text, comma, values, doubtful):
    """A comma is a decimal sign or parts two numbers, and it is known where it could be both."""
    read = read_answer(text, comma=comma)
    np.testing.assert_array_equal(read.values, values)
    assert read.doubtful == doubtful


def test_fields_with_commas():
    """The fields of another loss take decimal commas, and write them where they are asked for."""
    shown = start().with_other(GODOY).replace(answer="0.1643", lang="de", decimal="comma")
    app = german(**encode(shown))
    box = app.text_area(key=key(app, "other-binary_logits-input"))
    assert box.value == "2,1972 -1,3863 -1,3863 -1,3863"
    box.set_value("2,1972 -1,3863 -1,3863 -1,4").run()
    assert_german(app)
    assert view(app).other.given.tolist() == [2.1972, -1.3863, -1.3863, -1.4]


def test_nll_with_commas():
    """The line above the fields of NLLLoss parts its weights where commas stand in them."""
    case = NLLCase([[-0.4, -1.1], [-2.3, -0.1]], [0, 1], [1.5, 3.0])
    app = german(**encode(view_of(case, "0.5").replace(lang="de", decimal="comma")))
    (line,) = [box.value for box in app.caption if box.value.startswith("2 Beispiele × 2 Klassen")]
    assert "1,5; 3" in line


@pytest.mark.parametrize("how", [{"hide": "numbers"}, {"present": "1"}])
def test_numbers_that_stay(how):
    """Where a teacher leaves the fields out, the number can be typed and nothing else changed."""
    app = german(answer="0.6662", **how)
    assert [box.label for box in app.selectbox] == ["Diese Zahl ist"]
    assert not [button for button in app.button if button.label.startswith("0.6662")]
    typed(app, "1.7529")
    assert verdict(app) == "1.7529 ist richtig"
