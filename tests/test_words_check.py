"""The pages Check and Practice say all they say in German, whatever is chosen and typed."""

import ast
import re
from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from ce_core import Case, run
from ce_core.practice import MODES, RUNGS, TOPICS, CodeError, hint, item, judge, read_code
from ce_core.practice.cells import cells
from ce_core.practice.known import KNOWN
from ce_core.practice.naming import first_sentence
from ce_core.practice.reading import read
from ce_core.practice.slip import Slip
from ce_core.presets import PRESETS
from ce_core.stability.chains import NAIVE, SHIFTED
from ce_core.stability.equal import EQUAL
from ce_core.stability.thresholds import GAP, LEAD, LOGIT, THRESHOLDS
from ce_core.torch_check import DeviceError, check
from tests.browser.conftest import ROOT
from tests.test_practice_page import exercise, right, sheet, solved, typed
from tests.test_words_targets import assert_commas, assert_german, opened
from tests.test_words_targets import read as texts_of
from ui.figures import figure
from ui.link import DTYPES
from ui.practice.exercise import Exercise, Work
from ui.practice.formulas import with_sign
from ui.practice.payload import payload
from ui.words import speaking, tr, translate
from ui.words.formulas import formula_words

SOURCES = (
    *("pages/check.py", "pages/practice.py", "ui/checks.py", "ui/devices.py", "ui/torch_side.py"),
    *(
        "ui/stability",
        "ui/practice",
        "ce_core/stability",
        "ce_core/practice",
        "ce_core/torch_check",
    ),
)
TOPIC_KEYS = [topic.key for topic in TOPICS]
ODD = {
    "nothing fits": Case([[1e300, 0.0], [0.0, 1.0]], [0, 1], [1e300, 1.0]),
    "nan and inf": Case([[nan, 0.0], [inf, 1.0], [1.0, 2.0]], [0, 1, 1]),
    "weights cancel": Case([[1.0, 2.0], [2.0, 1.0]], [0, 1], [1.0, -1.0]),
    "least smoothing": Case([[1.0, 2.0]], [0], label_smoothing=1e-9),
    "one row": Case([1.0, 2.0, 3.0], 0),
    "many classes": Case(np.zeros((2, 9)), [0, 8]),
}
# texts that cannot be read, and odd ones that can
UNREADABLE = ("x", "1,2,3", "1.2.3", "1.2,3", "25%", "1/0", "1/2/3", "1e999", "-", "9" * 50, "(5]")
READABLE = ("nan", "-inf", "1/3", "-1.70", "5.", "1e-3")
CODES = ("", "!", "22", "2A2B-2C2D", "27AAAAA", "2" * 33)


@pytest.fixture(autouse=True)
def missing(monkeypatch):
    """What was asked for in German and is in no catalogue."""
    found = set()
    monkeypatch.setattr(translate, "missing", found)
    return found


def test_texts_in_code_have_their_german(missing):
    """Each text that these files say has its German."""
    files = [path for name in SOURCES for path in (ROOT / name).rglob("*.py")]
    files += [ROOT / name for name in SOURCES if name.endswith(".py")]
    with speaking("de"):
        for path in files:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                called = isinstance(node, ast.Call) and ast.unparse(node.func) in ("tr", "words")
                if called and node.args and isinstance(node.args[0], ast.Constant):
                    tr(node.args[0].value)
    assert not missing


def test_tables_have_their_german(missing):
    """So have the tables: topics, slips, steps, thresholds, and remedies cut to one sentence."""
    slips = [slip for slip in KNOWN.values() if isinstance(slip, Slip)]
    texts = [text for topic in TOPICS for text in (topic.title, topic.says)]
    texts += [text for slip in slips for text in (slip.title, slip.why, slip.see, slip.remedy)]
    texts += [first_sentence(known.remedy) for known in KNOWN.values()]
    texts += [threshold.title for threshold in THRESHOLDS]
    texts += [rule.title for rule in (*NAIVE, *SHIFTED, *EQUAL)]
    with speaking("de"):
        for text in (*texts, LOGIT, GAP, LEAD):
            tr(text)
    assert not missing


@pytest.mark.parametrize("part", ["agreement", "floats"])
@pytest.mark.parametrize("example", [chosen.key for chosen in PRESETS])
def test_check_is_german(part, example, missing):
    """Both parts of Check are German on every example."""
    dtype = "bfloat16" if part == "agreement" else "float32"
    assert_german(opened("check", part=part, preset=example, dtype=dtype, offset="89"), missing)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("offset", ["0", "1000", "-10000", "1000000"])
def test_constants_are_german(dtype, offset, missing):
    """Wherever floating point breaks it is said in German, with decimal commas."""
    app = opened("check", part="floats", dtype=dtype, offset=offset, decimal="comma")
    assert_german(app, missing)
    assert_commas(app)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("kind", ODD)
def test_odd_cases_are_german(kind, dtype, missing):
    """Where steps differ, cannot be compared or are refused, the reason is German."""
    app = opened("check", ODD[kind], dtype=dtype, decimal="comma", device="mps")
    assert_german(app, missing)
    assert_german(opened("check", ODD[kind], dtype=dtype, part="floats"), missing)


def test_differing_step_is_german(missing):
    """A step that differs says by how much, and where, with the page's decimal sign."""
    rules = [step.rule for step in run(Case([[1.0, 2.0]], [0]))]
    wrong = [
        replace(rule, function=lambda target_log_prob: 0.5 - target_log_prob)
        if rule.key == "nll"
        else rule
        for rule in rules
    ]
    rows = {row.key: row for row in check(run(Case([[1.0, 2.0]], [0]), tuple(wrong)))}
    with speaking("de", "comma"):
        said = tr(rows["nll"].note)
        assert said == "Weicht bei [0] um 0,5 ab: hier 1,813261688, in torch 1,313261688."
        assert tr(rows["exps"].note) == "Identisch."
    assert not missing


def test_verdict_in_words(missing):
    """A whole case in German: what agrees, in which type, on which device."""
    texts = texts_of(opened("check"))
    assert any("✓ Übereinstimmung in 17 von 17 Zeilen, in float64 auf cpu." in t for t in texts)
    assert not missing


@pytest.mark.parametrize("device", ["cuda:9", "nonsense"])
def test_device_error_is_german(device, missing):
    """A device that is not there is refused in German; the error itself is English."""
    with pytest.raises(DeviceError, match="There is no device") as caught:
        check(run(Case([[1.0]], [0])), device)
    with speaking("de"):
        assert tr(caught.value.said).startswith(f"Ein Gerät '{device}' gibt es auf diesem Rechner")
    assert not missing


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("topic", TOPIC_KEYS)
def test_practice_is_german(topic, mode, missing):
    """Each topic in each mode is German, with its question first, and with decimal commas."""
    for predict in ("", "1"):
        app = opened("practice", topic=topic, mode=mode, seed="3", predict=predict, decimal="comma")
        assert_german(app, missing)
        bare = [re.sub(r"<[^>]*>", " ", text) for text in texts_of(app)]
        assert [text for text in bare if re.search(r"(?<![\w=.])\d+\.\d", text)] == []


@pytest.mark.parametrize("topic", TOPIC_KEYS)
def test_typed_numbers_are_judged_in_german(topic, missing):
    """Right numbers, wrong ones and no numbers at all are answered in German, to the end."""
    one = exercise(topic)
    app = opened("practice", topic=topic, mode="solve", seed="3", decimal="comma")
    texts = (*UNREADABLE, *READABLE, "99", "-0.01")
    wrong = dict(zip(one.blanks, texts, strict=False))
    with speaking("de"):  # where the test asks a widget for its options' names
        app = typed(app, wrong, dict.fromkeys(one.blanks, RUNGS))
    said = [told["sentence"] for told in sheet(app)["judged"].values()]
    said += [rung["words"] for rungs in sheet(app)["hints"].values() for rung in rungs[::3]]
    assert_german_texts(said)
    with speaking("de"):
        app = typed(app, {cell: text.replace(".", ",") for cell, text in solved(one).items()})
    assert_german(app, missing)
    assert [head.value for head in app.subheader] == ["Deine Schritte", "Abgeben"]
    assert {told["word"] for told in sheet(app)["judged"].values()} == {"richtig"}


def assert_german_texts(texts):
    """No text has an English word, or a number with a point, or a field left open."""
    bad = re.compile(r"\b(the|of|and|is|with|are|by|this|your|each|row|class|slip)\b|[{}]")
    for text in texts:
        bare = re.sub(r"\b[a-zA-Z_.]+\(.*?\)|\w+\[\w+(\[\w\])?\]|„[^“]*“ (ist|steht)", "", text)
        assert not bad.search(bare), text
        assert not re.search(r"(?<![\w„.])\d+\.\d", bare), text


@pytest.mark.parametrize("topic", TOPIC_KEYS)
def test_each_slip_is_named_in_german(topic, missing):
    """The number of each known slip is answered in German, in whatever cell it stands."""
    made = item(3, topic)
    with speaking("de", "comma"):
        for slip in KNOWN.values():
            if not slip.applies(made.case):
                continue
            wrong = slip.run(made.case)
            for key in set(made.steps) & set(wrong.keys):
                places = [str(cell) for cell in cells(made.trace, key)]
                if wrong[key].output.shape != made.trace[key].output.shape:
                    continue
                texts = {str(c): f"{c.of(wrong):.4f}" for c in cells(made.trace, key)}
                assert_german_texts(tr(judge(made, texts, cell).says) for cell in places)
    assert not missing


@pytest.mark.parametrize("topic", TOPIC_KEYS)
def test_hints_are_german(topic, missing):
    """Each rung of each cell's ladder is German; its formulas hold decimal commas."""
    made = item(20, topic)
    theirs = {str(cell): "1.5" for key in made.steps for cell in cells(made.trace, key)}
    with speaking("de", "comma"):
        for cell in theirs:
            rule, formula, numbers, value = (hint(made, theirs, cell, k) for k in range(1, 5))
            assert_german_texts([tr(rule), tr(value)])
            assert " the " not in formula_words(formula)
            assert not re.search(r"\d\.\d", with_sign(numbers))
    assert not missing


@pytest.mark.parametrize("text", [*UNREADABLE, *READABLE])
def test_reading_is_german(text, missing):
    """What was read, or why it was not, is said in German."""
    found = read(text)
    with speaking("de", "comma"):
        said = tr(found.text or found.fault)
    assert said
    assert said != (found.text or found.fault)
    assert not missing


def test_number_as_typed():
    """A number is said back with all its digits, and with the page's decimal sign."""
    with speaking("de", "comma"):
        assert tr(read("-1.70").text) == "gelesen als −1,70"
        assert tr(read("1/3").text) == "gelesen als 1/3 = 0,3333"
    assert read("-1,70").text == "read as −1.70"


@pytest.mark.parametrize("text", CODES)
def test_code_error_is_german(text, missing):
    """Why a text is no code is said in German."""
    with pytest.raises(CodeError) as caught:
        read_code(text)
    with speaking("de"):
        assert tr(caught.value.args[0]) != str(caught.value)
    assert not missing


def test_codes_have_no_language():
    """The same work has the same code in every language."""
    one = exercise()
    done = Exercise(one.item, one.mode, one.steps, Work(typed=solved(one)))
    english = done.code
    with speaking("de", "comma"):
        again = Exercise(one.item, one.mode, one.steps, Work(typed=solved(one)))
        assert again.code == english


def test_right_numbers_with_commas():
    """What the page shows with a decimal comma can be typed so."""
    one = exercise()
    with speaking("de", "comma"):
        texts = {cell: right(one, cell) for cell in one.blanks}
        assert any("," in text for text in texts.values())
        done = Exercise(one.item, one.mode, one.steps, Work(typed=texts))
        assert {told.verdict for told in done.judged.values()} == {"correct"}
        assert payload(done)["done"].startswith("Jedes Feld ist ausgefüllt.")
        assert figure(0.5) == "0,5"
