"""What the ledger is sent: JSON that is whole and small, equations that fit, no forged place."""

import json
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ce_core import Case, run
from ce_core.presets import PRESETS, preset
from ce_core.rules import all_rules
from tests.strategies import REDUCTIONS, junk
from ui.ledger import component, files
from ui.ledger.component import PLACE
from ui.ledger.equations import WORDS, equation
from ui.ledger.payload import MOST_CLASSES, MOST_ROWS, payload
from ui.ledger.teaching import Teaching
from ui.place import place
from ui.view import of_preset, positions, step_keys
from ui.words import speaking
from ui.words.catalogue import catalogue
from ui.words.scripts import texts_in

KEYS = [chosen.key for chosen in PRESETS]
PARTS = {
    "id",
    "case",
    "rows",
    "classes",
    "values",
    "torch",
    "steps",
    "titles",
    "concepts",
    "view",
} | {
    *("words", "decimal", "hide", "blank", "predict", "present", "framed"),
}
OF_A_STEP = {"key", "title", "axes", "left", "symbols", "numbers", "sentence", "why"} | {
    "torch",
    "reads",
}
TAKES = {"one", "rows", "row", "class", "target class", "classes", "cell"} | {
    "target cell",
    "row cells",
}
RULES = [pytest.param(rule, id=f"{rule.key}-{k}") for k, rule in enumerate(all_rules())]


def walks(key):
    """The example's first, middle and last row at its first and last class, each reduction."""
    for reduction in REDUCTIONS:
        view = of_preset(preset(key))
        view = view.with_case(view.case.replace(reduction=reduction))
        trace, rows, classes = run(view.case), positions(view.case), view.case.classes
        for row in sorted({0, rows // 2, rows - 1}) if rows and classes else ():
            for column in sorted({0, classes - 1}):
                yield place(trace, view.replace(row=row, column=column))


def sent(at, **more):
    """What arrives in the browser: strict JSON, read back."""
    made = payload(at, at.trace.steps[0].key, **more)
    return json.loads(json.dumps(made, allow_nan=False))


def shape_of(data):
    """The shape of the payload's nested lists."""
    return np.asarray(data, dtype=object).shape


@pytest.mark.parametrize("key", KEYS)
def test_payload_is_whole(key):
    """Of every example the ledger is sent strict JSON with all its parts, in shapes that fit."""
    for at in walks(key):
        got = sent(at)
        assert set(got) == PARTS
        rows, classes = len(got["rows"]), len(got["classes"])
        shapes = {"cell": (rows, classes), "row": (rows,), "class": (classes,), "one": ()}
        for value in got["values"].values():
            assert shape_of(value["data"]) == shapes[value["axes"]]
        assert [step["key"] for step in got["steps"]] == list(at.trace.keys)
        for step in got["steps"]:
            assert set(step) == OF_A_STEP
            assert {read["name"] for read in step["reads"]} <= set(got["values"])
            assert {read["takes"] for read in step["reads"]} <= TAKES
        for names in (got["titles"], got["concepts"]):
            assert set(names) == set(got["values"])
        assert got["view"] == {
            "step": at.trace.keys[0],
            "row": at.row,
            "class": at.column,
            "term": 0,
        }


@pytest.mark.parametrize("key", KEYS)
def test_numbers_arrive_with_all_digits(key):
    """Each number is sent as it is in the trace, to the last bit; nan and infinity by name."""
    for at in walks(key):
        got = sent(at, torch={step.key: step.rows for step in at.trace})
        rows = [row["row"] for row in got["rows"]]
        classes = [one["class"] for one in got["classes"]]
        for name, value in got["values"].items():
            array = at.rows(name)
            where = {"cell": np.ix_(rows, classes), "row": rows, "class": classes, "one": ...}
            wanted = np.asarray(array, dtype=float)[where[value["axes"]]]
            np.testing.assert_array_equal(np.asarray(value["data"], dtype=float), wanted)
        for name, value in got["torch"].items():
            assert value == got["values"][name]


SIZES = {
    "long and wide": (10_000, 1_000, False),
    "as large as torch is asked at once": (200, 1_000, True),
    "one too many of each": (MOST_ROWS + 1, MOST_CLASSES + 1, True),
}


@pytest.mark.parametrize(("rows", "classes", "torch"), SIZES.values(), ids=SIZES)
def test_large_case_is_cut(rows, classes, torch):
    """Of 10,000 x 1,000 logits 50 rows and 12 classes are sent, what is looked at among them."""
    rng = np.random.default_rng(0)
    logits = rng.integers(-4, 5, (rows, classes)).astype(float) + rng.random((rows, classes))
    case = Case(logits, rng.integers(0, classes, rows), rng.random(classes))
    trace = run(case)
    arrays = {step.key: step.rows for step in trace} if torch else None
    at = place(trace, of_preset(PRESETS[0]).of_case(case).replace(row=rows - 2, column=classes - 2))
    text = json.dumps(payload(at, "probs", torch=arrays), allow_nan=False)
    assert len(text) < 400_000
    got = json.loads(text)
    drawn, names = (
        [row["row"] for row in got["rows"]],
        [one["class"] for one in got["classes"]],
    )
    assert len(drawn) <= MOST_ROWS
    assert len(names) <= MOST_CLASSES
    assert {0, 1, rows - 2, int(np.argmax(trace["losses"].rows))} <= set(drawn)
    likeliest = int(np.argmax(trace["probs"].rows[rows - 2]))
    assert {classes - 2, int(case.target[rows - 2]), likeliest} <= set(names)
    assert (got["case"]["rows"], got["case"]["classes"]) == (rows, classes)
    by_class = dict(zip(names, got["values"]["probs"]["data"][drawn.index(rows - 2)], strict=True))
    assert by_class[likeliest] == trace["probs"].rows[rows - 2, likeliest]


@pytest.mark.parametrize("rule", RULES)
def test_equation(rule):
    """Symbols and numbers of every rule stand in the same columns, all of it MathML with links."""
    made = equation(rule)
    assert len(made.symbols) == len(made.numbers) > 0
    known, linked, filled = {rule.key, *rule.reads}, set(), set()
    for part in (made.left, *made.symbols, *made.numbers):
        tree = ET.fromstring(f"<math>{part}</math>")  # noqa: S314 - made from our own source
        assert part in (made.left, "") or len(tree)
        assert "{" not in "".join(tree.itertext())
        for element in tree.iter():
            linked |= {element.get("data-key")} - {None}
            if part in made.numbers:
                filled |= {element.get("data-key")} - {None}
            assert element.get("data-word", WORDS[0]) in WORDS
            assert element.get("data-many", "+") in ("+", ",")
            assert element.tag != "mtext" or not (element.text or "").startswith("@")
    assert linked <= known
    fields = {field for field in known if f"{{{field}" in rule.numbers}
    assert filled == fields


def test_negative_number_is_bracketed_by_its_operator():
    """The column before a number ends with the operator that makes brackets necessary."""
    (log_probs,) = (rule for rule in all_rules() if rule.key == "log_probs")
    # s - log S: three columns, the middle one the minus alone
    numbers = equation(log_probs).numbers
    assert len(numbers) == 3
    assert "".join(ET.fromstring(numbers[1]).itertext()) == "−"  # noqa: S314 - our own


class Session:
    """What the ledger's callback sees of a browser tab: a view, and what the browser sent."""

    def __init__(self, view, value):
        self.view, self.value = view, value

    def patched(self, monkeypatch):
        """Stand in for session state."""
        held = {"view": self.view, component.KEY: self.value}
        monkeypatch.setattr("streamlit.session_state", held)
        component._moved()
        return held["view"]


parts = st.one_of(
    junk, st.sampled_from(["probs", "mean_loss", "-1", "1e9", "nan", "0x1", "9" * 30, "1", "²"])
)
forged = st.one_of(
    st.none(),
    junk.filter(lambda value: not value or isinstance(value, dict)),
    st.fixed_dictionaries({"place": junk}),
    st.fixed_dictionaries({}, optional=dict.fromkeys((*PLACE, "classes", "device"), parts)).map(
        lambda asked: {"place": asked}
    ),
)


@given(key=st.sampled_from(KEYS), value=forged)
def test_forged_place(key, value):
    """Whatever a browser sends as its place, the view stays one that can be drawn."""
    before = of_preset(preset(key))
    with pytest.MonkeyPatch.context() as monkeypatch:
        view = Session(before, value).patched(monkeypatch)
    assert view.case == before.case
    assert (view.names, view.device, view.dtype) == (before.names, before.device, before.dtype)
    assert view.step in ("", *step_keys(view.case))
    assert 0 <= view.row < max(positions(view.case), 1)
    assert view.column is None or 0 <= view.column < view.case.classes
    assert 0 <= view.term <= max(positions(view.case), view.case.classes)


def test_honest_place(monkeypatch):
    """A place that exists is taken as it is, numbers as numbers."""
    value = {"place": {"step": "partition", "row": 1, "class": 0, "term": 1}}
    view = Session(of_preset(preset("rare_class")), value).patched(monkeypatch)
    assert (view.step, view.row, view.column, view.term) == ("partition", 1, None, 1)


def test_hidden_result_of_a_single_step_is_not_sent():
    """Where nobody can come to a number it is not in the JSON; what comes before it is."""
    at = next(walks("weighted_mean"))
    torch = {step.key: step.rows for step in at.trace}
    shown = Teaching(hide=("result", "stepping"))
    got = payload(at, "probs", torch=torch, teaching=shown)
    after = at.trace.keys[at.trace.keys.index("probs") :]
    for key in at.trace.keys:
        numbers = np.asarray(got["values"][key]["data"], dtype=object).ravel().tolist()
        assert (numbers == [None] * len(numbers)) == (key in after)
        assert (key in got["torch"]) == (key not in after)


def test_texts_in_the_language_of_the_page():
    """Titles, sentences and the texts of the script come in German; the fields of both agree."""
    at = next(walks("weighted_mean"))
    english = sent(at)
    with speaking("de", "comma"):
        german = sent(at)
    assert (english["words"], english["decimal"]) == ({}, "point")
    assert german["decimal"] == "comma"
    assert german["words"]["Next"] == "Weiter"
    for one, other in zip(english["steps"], german["steps"], strict=True):
        assert one["sentence"] != other["sentence"]
        assert set(re.findall(r"\{(\w+)", one["sentence"])) == set(
            re.findall(r"\{(\w+)", other["sentence"])
        )
        assert one["torch"] == other["torch"]


def test_every_text_of_the_script_is_translated():
    """No text of the walk's script is missing from the German words."""
    assert set(texts_in(files.HERE)) <= set(catalogue("de"))
