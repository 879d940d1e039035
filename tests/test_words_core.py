"""All that the core says to a learner has its German: steps, examples, hints, errors."""

import ast

import numpy as np
import pytest

from ce_core import BinaryCase, Case, CaseError, NLLCase, run
from ce_core.areas import areas
from ce_core.batches import JOINING
from ce_core.claims import THREADS
from ce_core.presets import GROUPS, PRESETS
from ce_core.questions import QUESTIONS
from ce_core.rules import all_rules
from ce_core.words import Words
from tests.browser.conftest import ROOT
from tests.test_case_errors import BAD, JUNK
from tests.test_hints import FIRES, PLAIN
from ui.messages import explain
from ui.opening import two_ways
from ui.palette import CONCEPTS
from ui.place import in_words, place
from ui.view import of_preset, positions
from ui.words import speaking, tr, translate
from ui.words.formulas import formula_words
from ui.words.numerals import prose

PAIR = {"logits": [[1.0, 2.0], [2.0, 3.0]], "target": [0, 1]}
OTHERS = (
    NLLCase(PAIR["logits"], PAIR["target"]),
    NLLCase([[0.4, 0.6]], [0], holds="probs"),
    BinaryCase([1.0, 2.0], [0.0, 1.0]),
    BinaryCase([0.4, 0.6], [0.0, 1.0], holds="probs"),
)
RULES = dict.fromkeys(
    (
        *all_rules(),
        *(step.rule for case in OTHERS for step in run(case)),
        *JOINING,
        *(step.rule for step in areas(run(Case(**PAIR))).steps),
    )
)
OWN = (
    *("ce_core/arrays.py", "ce_core/binary.py", "ce_core/nll.py", "ce_core/hints.py"),
    *(f"ce_core/checks/{name}.py" for name in ("classes", "dtypes", "options", "shapes")),
    *(f"ui/{name}.py" for name in ("messages", "legend", "questions", "opening", "place")),
    *("ui/matrix.py", "ui/overview.py", "ui/walk.py", "pages/start.py", "pages/steps.py"),
)


@pytest.fixture(autouse=True)
def missing(monkeypatch):
    """What was asked for in German and is in no catalogue."""
    found = set()
    monkeypatch.setattr(translate, "missing", found)
    with speaking("de"):
        yield found


def told_in_german(text):
    """Whether the text has a German that is not the English."""
    return tr(text) != str(text)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.key}, {rule.title}")
def test_step_is_told(rule, missing):
    """A step's title, sentence and reason have their German, and so have a formula's words."""
    assert told_in_german(rule.sentence)
    assert told_in_german(rule.why)
    tr(rule.title)
    formula_words(rule.formula)
    assert not missing


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda chosen: chosen.key)
def test_example_is_told(chosen, missing):
    """An example's title, story and task have their German, and so has each of its hints."""
    for text in (chosen.title, chosen.story, chosen.notice):
        assert told_in_german(text)
    for hint in chosen.case.hints:
        assert told_in_german(hint.says)
    assert not missing


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda chosen: chosen.key)
def test_sentence_is_told(chosen, missing):
    """At each row of an example every step's sentence is German, with its numbers put in."""
    view, trace = of_preset(chosen), run(chosen.case)
    for row in range(positions(chosen.case) if chosen.case.classes else 0):
        for step in trace:
            text = in_words(place(trace, view.replace(row=row)), step)
            assert "{" not in text
            assert " the " not in text
    assert not missing


@pytest.mark.parametrize(
    "text",
    [
        *(question.asks for question in QUESTIONS),
        *(thread.title for thread in THREADS),
        *GROUPS,
        *(concept.name for concept in CONCEPTS),
    ],
)
def test_list_is_told(text, missing):
    """Questions, threads, groups of examples and concepts have their German."""
    assert told_in_german(text)
    assert not missing


@pytest.mark.parametrize("key", FIRES)
def test_hint_is_told(key, missing):
    """A hint and its remedy are German, in each case that gives it."""
    for changes in FIRES[key]:
        for hint in Case(**(PLAIN | changes)).hints:
            assert isinstance(hint.says, Words)
            assert told_in_german(hint.says)
            assert told_in_german(hint.remedy)
    assert not missing


def refusal(make):
    """The CaseError that making the case raises."""
    with pytest.raises(CaseError) as refused:
        make()
    return refused.value


REFUSED = {
    **{
        f"{bad.key}": (lambda bad=bad: Case(bad.logits, bad.target, bad.weight, **bad.options))
        for bad in BAD
    },
    **{
        f"junk, {name}": (lambda junk=junk: Case(PAIR["logits"], junk))
        for name, junk in JUNK.items()
    },
    "no class": lambda: Case(np.zeros((1, 0)), [0]),
    "huge": lambda: Case(**PAIR, ignore_index=10**5000),
    "flat": lambda: Case(**PAIR, weight=[[1.0, 1.0]]),
    "nll, holds": lambda: NLLCase(**given("logits"), holds="what"),
    "nll, probabilities": lambda: NLLCase([[0.5, 0.5]], [[0.5, 0.5]]),
    "binary, holds": lambda: BinaryCase([0.5], [1.0], holds="what"),
    "binary, reduction": lambda: BinaryCase([0.5], [1.0], reduction="what"),
    "binary, shapes": lambda: BinaryCase([0.5], [1.0, 0.0]),
    "binary, weight": lambda: BinaryCase([0.5], [1.0], [1.0, 2.0]),
    "binary, beyond 1": lambda: BinaryCase([1.5], [1.0], holds="probs"),
    "binary, pos_weight": lambda: BinaryCase([0.5], [1.0], pos_weight=[2.0], holds="probs"),
}


def given(name):
    """The arguments of PAIR, with the logits by the name that a case of another loss has."""
    return {"given": PAIR[name], "target": PAIR["target"]}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_error_is_told(make, missing):
    """An error's rule, value and remedy are German; torch's own words stay as they are."""
    error = refusal(make)
    for part in (error.rule, error.value, error.remedy):
        assert isinstance(part, Words)
        tr(part)
    assert told_in_german(error.args[0])
    assert tr(error.args[0]) == f"{tr(error.value)}; {tr(error.rule)}. {tr(error.remedy)}"
    assert ("torch sagt: " in explain(error)) == bool(error.torch)
    assert not missing


def test_error_is_english_as_a_str():
    """The text of an exception is English, whoever asks."""
    error = refusal(lambda: Case([[1.0, 2.0]], [7]))
    assert str(error) == (
        "target[0] is 7; must be 0 to 1 or ignore_index (-100). "
        "Map your labels to 0 to 1, or give the logits one column per class."
    )


@pytest.mark.parametrize("file", OWN)
def test_texts_in_code_are_told(file, missing):
    """Each text that these files say has its German."""
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        called = isinstance(node, ast.Call) and ast.unparse(node.func) in ("tr", "words", "prose")
        if called and isinstance(node.args[0], ast.Constant):
            tr(node.args[0].value)
    assert not missing


@pytest.mark.parametrize("text", ["'{' is no number", "a } b", "{0[} is", "{} is a dict"])
def test_text_with_braces_is_shown(text, missing):
    """A plain text with braces that somebody typed is shown, and not kept without end."""
    assert tr(text) == text
    missing.update(map(str, range(translate.MOST_MISSING)))
    tr("Nobody translated this.")
    assert "Nobody translated this." not in missing


def test_two_ways_are_told(missing):
    """The first page's two calculations need no text that is missing."""
    two_ways()
    assert not missing


def test_words_of_a_formula():
    """A formula's words are said in German, what is code in it is not."""
    picked = next(rule for rule in all_rules() if rule.key == "target_log_prob").formula
    kept = next(rule for rule in all_rules() if rule.key == "kept").formula
    assert formula_words(picked) == (
        r"\log p_{i y_i} \quad\text{mit } y_i \text{ dem Target von Zeile } i"
    )
    assert formula_words(kept) == kept
    with speaking("en"):
        assert formula_words(picked) == picked


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("0.4 and 0.36, not 0.6662.", "0,4 and 0,36, not 0,6662."),
        ("9,000 against 41,000", "9\u202f000 against 41\u202f000"),
        ("Weights 0, 1, 2, 3", "Weights 0, 1, 2, 3"),
        ("What does label_smoothing=0.8 give?", "What does label_smoothing=0.8 give?"),
        ("1016, 12852, 1/9000 and ln 5.", "1016, 12852, 1/9000 and ln 5."),
    ],
)
def test_numbers_of_a_story(text, told):
    """The numbers that stand in a text follow the decimal sign; lists and code do not change."""
    with speaking("en", "comma"):
        assert prose(text) == told
    with speaking("en", "point"):
        assert prose(text) == text
