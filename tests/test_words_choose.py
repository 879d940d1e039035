"""The page about which weights to choose says all it says in German, its refusals included."""

import ast
import re

import pytest

from ce_core import CaseError
from ce_core.weighting import SCHEMES, ClassCounts, pos_weight
from ce_core.words import Words
from tests.browser.conftest import ROOT
from tests.test_pages import assert_fine, key
from tests.test_upload import saved
from tests.test_words_targets import opened, read
from ui.choose.examples import EXAMPLES
from ui.choose.labels import count_file
from ui.choose.reading import MAX_TEXT
from ui.choose.reading import read as read_counts
from ui.choose.snippets import SNIPPETS
from ui.messages import explain
from ui.paste import PasteError
from ui.words import speaking, tr, translate
from ui.words.numerals import prose

ENGLISH = re.compile(r"\b(the|of|and|is|with|are|by|this|your|each)\b", re.IGNORECASE)
UNREAD = re.compile(r"(class|href|value)='[^']*'|`[^`]*`|\$[^$]*\$|<math.*?</math>", re.DOTALL)
# places in a picture, what is to be typed, names of places in code
NO_COMMA = re.compile(r"[\w-]+='[^']*'")
LINKS = {
    "plain": {},
    "one output": {"part": "pos_weight"},
    "even": {"counts": "100,100"},
    "empty class": {"counts": "9,0,5"},
    "one class": {"counts": "9"},
    "nothing": {"counts": "0,0"},
    "many": {"counts": ",".join(map(str, range(1, 61)))},
    "costs": {"counts": "500,500", "costs": "0,2;1,0", "scheme": "cost"},
    "images": {"counts": "240,120,40", "images": "60,40,0;60,0,40", "scheme": "median_frequency"},
    "beta": {"counts": "9000,41000", "beta": "0.99", "scheme": "effective"},
    "no case": {"logits": "empty(0,3)", "target": "empty(0)", "counts": "5,6,7"},
    "soft": {"preset": "soft_smoothing", "counts": "5,6,7"},
    "no weights": {"counts": "9,0", "scheme": "inverse"},
}
BAD = {
    "text": "cat",
    "space": "12 852\n9 000",
    "comma": "12,852",
    "nothing": "()",
    "half": "1.5, 2",
    "negative": "-1, 2",
    "nan": "nan, 2",
    "long": "1" * (MAX_TEXT + 1),
    "classes": ",".join("1" * 10_001),
}
WRONG = {
    "counts, shape": lambda: ClassCounts([[1, 2]]),
    "counts, complex": lambda: ClassCounts([1j, 2]),
    "counts, many": lambda: ClassCounts(range(10_001)),
    "beta": lambda: ClassCounts([1, 2], beta=2),
    "costs, shape": lambda: ClassCounts([1, 2], costs=[[0, 1]]),
    "costs, one class": lambda: ClassCounts([1], costs=[[0]]),
    "costs, many": lambda: ClassCounts([1] * 51, costs=[[0] * 51] * 51),
    "costs, negative": lambda: ClassCounts([1, 2], costs=[[0, -1], [1, 0]]),
    "costs, diagonal": lambda: ClassCounts([1, 2], costs=[[1, 1], [1, 0]]),
    "costs, none": lambda: ClassCounts([1, 2], costs=[[0, 0], [0, 0]]),
    "images, shape": lambda: ClassCounts([1, 2], images=[[1, 2, 3]]),
    "images, many": lambda: ClassCounts([1, 2], images=[[1, 2]] * 1_001),
    "images, negative": lambda: ClassCounts([1, 2], images=[[1, -2]]),
    "pos_weight": lambda: pos_weight(0, 1),
}
FILES = {
    "no text": b"\x00\x01",
    "empty": b"\n\n",
    "no label": b"label\nnan\nnan\n",
    "measurements": b"x\n" + b"\n".join(b"%d.5" % k for k in range(300)),
    "uneven": b"a,label\n1,cat\n2,dog,3\n",
    "names": b"label\n" + b"\n".join(b"n%d" % k for k in range(300)),
}
NOTED = {
    "alphabet": b"label\ncat\ndog\ncat\n",
    "ignored": b"label\n0\n1\n-100\n",
    "gap": b"label\n3\n5\n3\n",
    "fractions": b"label\n0.5\n1\n0.5\n",
}


@pytest.fixture(autouse=True)
def missing(monkeypatch):
    """What was asked for in German and is in no catalogue."""
    found = set()
    monkeypatch.setattr(translate, "missing", found)
    return found


def english(texts):
    """The texts that have an English word outside of code."""
    told = [UNREAD.sub("", text) for text in texts]
    return [text for text in told if ENGLISH.search(text)]


def assert_german(app, missing):
    """Every text was in the catalogue, and none that is read has an English word."""
    texts = read(app)
    assert len(texts) > 20
    assert not missing
    assert english(texts) == []


@pytest.mark.parametrize("link", LINKS)
def test_page_is_german(link, missing):
    """The page is German for counts of every kind, and in both of its parts."""
    assert_german(opened("choose", **LINKS[link]), missing)


@pytest.mark.parametrize("scheme", [one.key for one in SCHEMES])
def test_every_scheme(scheme, missing):
    """It is German for every scheme, with weights or without."""
    assert_german(opened("choose", scheme=scheme), missing)


@pytest.mark.parametrize("part", ["", "pos_weight"])
def test_commas(part, missing):
    """With a decimal comma no number of the page has a point."""
    app = opened("choose", decimal="comma", part=part)
    assert_german(app, missing)
    texts = [NO_COMMA.sub("", UNREAD.sub("", text)) for text in read(app)]
    assert [text for text in texts if re.search(r"(?<![\w=(.])\d+\.\d", text)] == []
    assert any(re.search(r"\d,\d", text) for text in texts)


def test_typed_badly(missing):
    """Counts that cannot be read are named in German beside the field."""
    app = opened("choose")
    field = app.text_area(key=key(app, "counts"))
    with speaking("de"):  # the test asks the other inputs for their choices outside of the page
        field.set_value("1, x").run()
    (message,) = [box.value for box in app.error]
    assert "ist keine Anzahl" in message
    assert not missing


@pytest.mark.parametrize("typed", BAD)
def test_refused_counts(typed, missing):
    """Whatever counts cannot be read are refused in German."""
    with pytest.raises(CaseError) as caught:
        ClassCounts(read_counts(BAD[typed]).counts)
    assert_told(caught.value, missing)


@pytest.mark.parametrize("kind", WRONG)
def test_refused_tables(kind, missing):
    """Whatever counts, costs or images cannot be are refused in German."""
    with pytest.raises(CaseError) as caught:
        WRONG[kind]()
    assert_told(caught.value, missing)


@pytest.mark.parametrize("one", SCHEMES, ids=lambda one: one.key)
def test_refused_scheme(one, missing):
    """Why a scheme has no weights is said in German."""
    try:
        one.weights(ClassCounts([9, 0], images=[[5, 0]]))
    except CaseError as problem:
        assert_told(problem, missing)


def assert_told(problem, missing):
    """Each part of an error is Words, and German."""
    assert all(isinstance(part, Words) for part in (problem.value, problem.rule, problem.remedy))
    with speaking("de"):
        said = explain(problem)
    assert not missing
    assert english([said]) == []
    assert said != explain(problem)


@pytest.mark.parametrize("kind", FILES)
def test_refused_file(kind, missing):
    """Whatever file of labels cannot be counted is refused in German."""
    with pytest.raises(PasteError) as caught:
        count_file("y.csv", FILES[kind])
    with speaking("de"):
        assert tr(caught.value.said) != str(caught.value)
    assert not missing


@pytest.mark.parametrize("kind", NOTED)
def test_noted_file(kind, missing):
    """What is noted of a file of labels is said in German."""
    (note,) = count_file("y.csv", NOTED[kind]).tally.notes
    with speaking("de"):
        assert tr(note) != str(note)
    assert not missing


def test_columns_of_an_array(missing):
    """The places in an array are named in German, the names in a file stay as they are."""
    found = count_file("y.npy", saved([[0, 1], [1, 0], [1, 0]]))
    with speaking("de"):
        assert [tr(name) for name in found.columns] == ["Spalte 0", "Spalte 1", "One-Hot-Zeilen"]
    assert not isinstance(count_file("y.csv", NOTED["gap"]).columns[0], Words)
    assert not missing


def test_tables_are_german(missing):
    """The schemes, the examples and the ways to use weights have their German."""
    with speaking("de"):
        for one in SCHEMES:
            assert tr(one.title) != one.title
            assert tr(one.says) != one.says
            tr(one.source), tr(one.title.lower())
        for example in EXAMPLES:
            assert prose(example.title) != example.title
            assert prose(example.story) != example.story
        for snippet in SNIPPETS:
            assert tr(snippet.says) != snippet.says
            tr(snippet.title)
    assert not missing


@pytest.mark.parametrize(
    "file",
    [
        path.relative_to(ROOT).as_posix()
        for folder in ("ui/choose", "ce_core/weighting")
        for path in sorted((ROOT / folder).glob("*.py"))
    ],
)
def test_texts_in_code_are_told(file, missing):
    """Each text that these files say has its German."""
    with speaking("de"):
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func) in ("tr", "words")
            if called and isinstance(node.args[0], ast.Constant):
                tr(node.args[0].value)
    assert not missing


def test_example_is_taken():
    """An example's button works on the German page."""
    app = opened("choose")
    with speaking("de"):
        app.button(key=key(app, "example-two_to_one")).click().run()
    assert_fine(app)
    assert app.session_state["view"].choosing.counts == (500, 500)
