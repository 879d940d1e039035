"""The tables in which a case is edited give the case back, and name the cell that is no number."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ce_core import Case, CaseError
from ce_core.presets import PRESETS, preset
from tests.strategies import cases
from ui.table import Tables, edited, read_case, tables
from ui.view import IGNORED, TARGET, of_preset

NAMES = ("cat", "dog", "owl")
CASE = Case([[1, 2, 3], [4, 5, 6]], [2, -100], weight=[0.5, 1, 2])
SOFT = Case([[1, 2, 3]], [[0.2, 0.3, 0.5]])

# What is typed into the logits' cell of row 1 and class dog -> the number in the case.
TYPED = {
    "2.5": 2.5,
    " -1e-3 ": -0.001,
    "-inf": -np.inf,
    "nan": np.nan,
    "0,5": 0.5,  # a decimal comma
    "\u22127": -7.0,  # the true minus, as the page shows it
    "7": 7.0,
}
SLIPS = ("", None, "x", "1,2,3", "1.2.3", "--1", "1e999", "=1+1", "__import__('os')", "<b>1</b>")


def changed(made, name, row, column, text):
    """The tables after one cell was typed into."""
    frames = vars(made) | {name: edited(getattr(made, name), {row: {column: text}})}
    return Tables(**frames)


@pytest.mark.parametrize("key", [chosen.key for chosen in PRESETS])
def test_tables_give_the_case_back(key):
    """Each example's tables, read without a change, are the example."""
    view = of_preset(preset(key))
    assert read_case(tables(view.case, view.classes), view.case) == view.case


@settings(deadline=None)  # pandas is slow to start
@given(cases())
def test_random_case_comes_back(case):
    """Any case comes back from its tables to the last bit, whatever its shape and options."""
    made = tables(case, [f"class {c}" for c in range(case.classes)])
    back = read_case(made, case)
    if case.weight is not None and (case.weight == 1).all():
        case = case.replace(weight=np.ones(case.classes))
    assert back == case


@pytest.mark.parametrize("text", TYPED)
def test_typed_logit(text):
    """A logit can be typed in the ways people write numbers; no other number moves."""
    case = read_case(changed(tables(CASE, NAMES), "logits", 1, "dog", text), CASE)
    logits = [[1, 2, 3], [4, TYPED[text], 6]]
    assert case == CASE.replace(logits=logits)


@pytest.mark.parametrize("text", SLIPS, ids=repr)
@pytest.mark.parametrize(
    ("name", "case", "row", "column", "where"),
    [
        ("logits", CASE, 1, "dog", "logits, row 1, dog"),
        ("weight", CASE, 0, "owl", "weight, class owl"),
        ("probabilities", SOFT, 0, "cat", "target, row 0, cat"),
    ],
    ids=["logits", "weight", "probabilities"],
)
def test_slip_names_the_cell(text, name, case, row, column, where):
    """What is no number is refused with the table, row and class, the text and a remedy."""
    made = changed(tables(case, NAMES), name, row, column, text)
    with pytest.raises(CaseError) as raised:
        read_case(made, case)
    problem = raised.value
    assert problem.input == {"probabilities": "target"}.get(name, name)
    held = "is empty" if not text else f"holds '{text}'"
    assert problem.value == f"the cell {where} {held}"
    assert problem.remedy
    # The text stays in its cell as it was typed.
    assert getattr(made, name).loc[getattr(made, name).index[row], column] == (text or "")


def test_target_by_name():
    """A target is chosen by the class's name, and "ignored" sets ignore_index."""
    made = changed(tables(CASE, NAMES), "logits", 1, TARGET, "dog")
    assert read_case(made, CASE).target.tolist() == [2, 1]
    made = changed(made, "logits", 0, TARGET, IGNORED)
    assert read_case(made, CASE).target.tolist() == [-100, 1]


def test_ignored_class():
    """Where ignore_index is a class, that class's rows stand as ignored, and stay so."""
    case = CASE.replace(target=[2, 1], ignore_index=1)
    made = tables(case, NAMES)
    assert made.logits[TARGET].tolist() == ["owl", IGNORED]
    assert read_case(made, case) == case


def test_no_weight_stays_none():
    """Weights of 1 that nobody gave stay no weights; one that is typed makes them weights."""
    case = CASE.replace(weight=None)
    made = tables(case, NAMES)
    assert made.weight.to_numpy().tolist() == [["1", "1", "1"]]
    assert read_case(made, case).weight is None
    typed = changed(made, "weight", 0, "dog", "3")
    assert read_case(typed, case).weight.tolist() == [1, 3, 1]


def test_weight_typed_back_to_one():
    """Given weights stay weights when all are typed to be 1."""
    made = tables(CASE, NAMES)
    for name in NAMES:
        made = changed(made, "weight", 0, name, "1")
    assert read_case(made, CASE).weight.tolist() == [1, 1, 1]


def test_pixels_stand_in_rows():
    """A row of the table is one pixel, a column one class, as in the rows of the steps."""
    case = preset("pixels_twice").case
    made = tables(case, ("a", "b", "c"))
    assert made.logits.index.tolist() == ["(0, 0, 0)", "(0, 0, 1)", "(0, 1, 0)", "(0, 1, 1)"]
    assert made.logits.loc["(0, 0, 1)", ["a", "b", "c"]].tolist() == ["0.3", "0.3", "0.4"]
    typed = read_case(changed(made, "logits", 1, "c", "9"), case)
    assert typed.logits[0, 2, 0, 1] == 9
    assert (typed.logits != case.logits).sum() == 1


@settings(deadline=None)
@given(
    st.dictionaries(
        st.integers(-5, 5),
        st.dictionaries(st.sampled_from(("dog", "bat", "_index", TARGET)), st.none() | st.text()),
    )
)
def test_edit_of_any_kind(edits):
    """An edit outside of the table is left out; one inside is a case or names its cell."""
    made = tables(CASE, NAMES)
    frames = vars(made) | {"logits": edited(made.logits, edits)}
    assert frames["logits"].shape == made.logits.shape
    try:
        case = read_case(Tables(**frames), CASE)
    except CaseError as problem:
        assert problem.value.startswith("the cell logits, row ")
    else:
        assert case.logits.shape == CASE.logits.shape
    assert made.logits.loc["1", "dog"] == "5"
