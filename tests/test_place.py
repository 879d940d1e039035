"""At every place of every example: the cells that a step reads, and its numbers in words."""

import re

import numpy as np
import pytest

from ce_core import Case, run
from ce_core.presets import PRESETS, preset
from ce_core.rule import CELL, ONE, ROW
from tests.strategies import REDUCTIONS
from ui.place import (
    axes_of,
    in_words,
    made_cells,
    place,
    read_cells,
    result,
    row_label,
)
from ui.view import View, of_preset, positions

KEYS = [chosen.key for chosen in PRESETS]
# Two samples, three classes. Row 1 is ignored.
LOGITS = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
HARD = Case(LOGITS, [2, -100], weight=[1, 2, 3])
SMOOTHED = HARD.replace(label_smoothing=0.1)
SOFT = Case(LOGITS, [[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]], weight=[1, 2, 3])

ALL = [[1, 1, 1], [1, 1, 1]]
FIRST_ROW, FIRST_CELL = [[1, 1, 1], [0, 0, 0]], [[1, 0, 0], [0, 0, 0]]
TARGET_CELL, NONE = [[0, 0, 1], [0, 0, 0]], [[0, 0, 0], [0, 0, 0]]
SECOND_CELL, SECOND_ROW = [[0, 0, 0], [1, 0, 0]], [[0, 0, 0], [1, 1, 1]]
# Case, row and class looked at, step, input -> the cells of the input that are read.
READ = {
    "the maximum of a row": (HARD, 0, 0, "row_max", "logits", FIRST_ROW),
    "a shifted logit": (HARD, 0, 0, "shifted", "logits", FIRST_CELL),
    "its row's maximum": (HARD, 0, 0, "shifted", "row_max", [1, 0]),
    "the softmax's sum": (HARD, 0, 0, "partition", "exps", FIRST_ROW),
    "the other row's sum": (HARD, 1, 0, "partition", "exps", SECOND_ROW),
    "a probability": (HARD, 0, 0, "probs", "exps", FIRST_CELL),
    "the pick": (HARD, 0, 0, "target_log_prob", "log_probs", TARGET_CELL),
    "the pick of an ignored row": (HARD, 1, 0, "target_log_prob", "log_probs", NONE),
    "the target's weight": (HARD, 0, 0, "sample_weight", "weight", [0, 0, 1]),
    "an ignored row's weight": (HARD, 1, 0, "sample_weight", "weight", [0, 0, 0]),
    "whether a row counts": (HARD, 1, 0, "kept", "target", [0, 1]),
    "what is ignored": (HARD, 0, 0, "kept", "ignore_index", 1),
    "a weighted loss": (HARD, 0, 0, "losses", "nll", [1, 0]),
    "the sum": (HARD, 0, 0, "sum_loss", "losses", [1, 1]),
    "the mean's denominator": (HARD, 1, 2, "denominator", "sample_weight", [1, 1]),
    "the mean": (HARD, 0, 0, "mean_loss", "sum_loss", 1),
    "the gradient's share": (HARD, 0, 0, "gradient", "share", [1, 0]),
    "the gradient's probability": (HARD, 0, 0, "gradient", "probs", FIRST_CELL),
    "a weighted term": (SOFT, 0, 0, "weighted_terms", "target_dist", FIRST_CELL),
    "a term's weight": (SOFT, 0, 1, "weighted_terms", "weight", [0, 1, 0]),
    "a sample's terms": (SOFT, 1, 0, "losses", "weighted_terms", SECOND_ROW),
    "the given target": (SOFT, 1, 0, "target_dist", "target", SECOND_CELL),
    "the number of samples": (SOFT, 0, 0, "denominator", "target", ALL),
    "the gradient's target": (SOFT, 0, 0, "gradient", "target_dist", FIRST_ROW),
    "the gradient's weights": (SOFT, 0, 0, "gradient", "weight", [1, 1, 1]),
    "a smoothed term": (SMOOTHED, 0, 0, "weighted_terms", "log_probs", FIRST_CELL),
    "a smoothed row's own weight": (SMOOTHED, 0, 0, "sample_weight", "weight", [0, 0, 1]),
}


def places(view):
    """A few places of the view: first, middle and last row, first and last class."""
    rows, classes = positions(view.case), view.case.classes
    for row in sorted({0, rows // 2, rows - 1}):
        for column in sorted({0, classes - 1}):
            yield view.replace(row=row, column=column)
        yield view.replace(row=row)


def all_steps(key, reduction="mean"):
    """Each place of an example with each of its steps."""
    view = of_preset(preset(key))
    view = view.with_case(view.case.replace(reduction=reduction))
    trace = run(view.case)
    if not positions(view.case) or not view.case.classes:
        return
    for here in places(view):
        for step in trace:
            yield place(trace, here), step


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("key", KEYS)
def test_sentence_is_filled(key, reduction):
    """A sentence is one sentence with capital and full stop, no brace and no Python in it."""
    for at, step in all_steps(key, reduction):
        text = in_words(at, step)
        assert re.match(r"[A-Z0-9−]|e to", text), text
        assert text.endswith(".")
        assert not re.search(r"[{}\\]|array|np\.|None|True|False|-\d|e-\d|_(?!index)", text), text


@pytest.mark.parametrize("key", KEYS)
def test_result_is_the_trace(key):
    """The number shown for a place is the one the trace holds there."""
    for at, step in all_steps(key):
        index = {CELL: (at.row, at.column), ROW: (at.row,), ONE: ()}[step.rule.axes]
        assert np.array_equal(result(at, step), step.rows[index], equal_nan=True)
        assert made_cells(at, step)[index]
        assert made_cells(at, step).sum() == 1


@pytest.mark.parametrize("key", KEYS)
def test_marks_fit(key):
    """Each mask of read cells has the shape of its array; all that is read stands in the row."""
    for at, step in all_steps(key):
        for name in step.rule.reads:
            mask = read_cells(at, step, name)
            assert mask.shape == at.rows(name).shape
            if axes_of(at.trace, name) is CELL and step.rule.axes is not ONE:
                assert not np.delete(mask, at.row, axis=0).any()
            if axes_of(at.trace, name) in (CELL, ROW) and step.rule.axes is ONE:
                assert mask.all()


@pytest.mark.parametrize("what", READ)
def test_read_cells(what):
    """The cells marked are those that the number looked at was made from."""
    case, row, column, key, name, wanted = READ[what]
    trace = run(case)
    at = place(trace, View(case, row=row, column=column))
    np.testing.assert_array_equal(read_cells(at, trace[key], name), np.asarray(wanted) == 1)


def test_changing_a_cell_that_is_not_read():
    """A step's number stands still when a cell changes that is not marked as read."""
    trace = run(HARD)
    at = place(trace, View(HARD, row=0, column=0))
    for step in trace:
        for name in step.rule.reads:
            if name in ("target", "ignore_index", "kept"):  # a changed one is another case
                continue
            array = np.array(step.inputs[name], dtype=float)
            changed = np.where(read_cells(at, step, name).reshape(array.shape), array, array + 0.5)
            output = np.asarray(step.rule.function(**{**step.inputs, name: changed}))
            index = {CELL: (0, 0), ROW: (0,), ONE: ()}[step.rule.axes]
            assert output[index] == step.output[index], (step.key, name)


def test_place_looks_at_the_target():
    """Where no class was chosen it is the row's target, or what the target asks for most."""
    assert place(run(HARD), View(HARD)).column == 2
    assert place(run(SOFT), View(SOFT)).column == 2
    assert place(run(SOFT), View(SOFT, row=1)).column == 0
    ignored = place(run(HARD), View(HARD, row=1))
    assert (ignored.column, ignored.ignored, ignored.target) == (0, True, -100)


def test_words_name_the_class():
    """Classes go by their names, and what picks the target names the target's class."""
    trace = run(HARD)
    at = place(trace, View(HARD, ("cat", "dog", "owl"), row=0, column=0))
    assert in_words(at, trace["probs"]).startswith("Class cat has 0.1353")
    assert "class owl" in in_words(at, trace["target_log_prob"])
    # e^0 / (e^-2 + e^-1 + e^0) = 1 / 1.5032 = 0.6652
    owl = place(trace, View(HARD, ("cat", "dog", "owl"), row=0, column=2))
    assert in_words(owl, trace["probs"]) == (
        "Class owl has 1 of the row's 1.5032: its probability is 0.6652."
    )


def test_names_with_braces():
    """A class name with braces in it is shown as it is, and fills no template."""
    trace = run(HARD)
    at = place(trace, View(HARD, ("{logits}", "{0}", "{"), row=0, column=0))
    assert in_words(at, trace["shifted"]).startswith("Class {logits} has the logit 1;")


def test_ignored_row_in_words():
    """An ignored row is said to add nothing, in every step that leaves it out."""
    trace = run(HARD)
    at = place(trace, View(HARD, row=1))
    for key in ("target_log_prob", "nll", "sample_weight", "losses", "share", "gradient"):
        assert in_words(at, trace[key]) == (
            "Row 1 is ignored, because its target is ignore_index (−100): it adds 0."
        )
        assert result(at, trace[key]) == 0
    assert "it does not count" in in_words(at, trace["kept"])


@pytest.mark.parametrize(
    ("shape", "row", "label"),
    [((3,), 0, "0"), ((5, 3), 4, "4"), ((2, 3, 2, 2), 6, "(1, 1, 0)"), ((2, 3, 4), 7, "(1, 3)")],
    ids=str,
)
def test_row_label(shape, row, label):
    """A row goes by its index into the target: pixel 6 of 2 images of 2 x 2 is (1, 1, 0)."""
    rows = shape[:1] + shape[2:] if len(shape) > 1 else ()
    assert row_label(Case(np.zeros(shape), np.zeros(rows, dtype=int)), row) == label
