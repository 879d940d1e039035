"""What a person looks at stays on what it can: a step, a row, a class and names that still fit."""

import numpy as np
import pytest

from ce_core import BinaryCase, Case
from ce_core.presets import PRESETS, preset
from tests.strategies import REDUCTIONS
from ui.view import View, letters, nearest_step, of_preset, positions, start, step_keys

PLAIN = Case([[1, 2, 3], [4, 5, 6]], [0, 2])
SHAPES = {
    (3,): 1,
    (0, 3): 0,
    (1, 3): 1,
    (2, 3): 2,
    (2, 3, 4): 8,  # 2 images of 4 pixels
    (2, 3, 4, 5): 40,  # 2 images of 4 x 5 pixels
    (2, 3, 0): 0,
}
LETTERS = {0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"}


def test_start():
    """Who brings nothing sees the first example from its first step."""
    assert start() == View(PRESETS[0].case, PRESETS[0].classes, PRESETS[0].key)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_positions(shape):
    """There is a row for each target position, pixels counted one by one."""
    rows = shape[:1] + shape[2:] if len(shape) > 1 else ()
    case = Case(np.zeros(shape), np.zeros(rows, dtype=np.int64))
    assert positions(case) == SHAPES[shape]


@pytest.mark.parametrize("number", LETTERS)
def test_letters(number):
    """Classes are called A to Z, AA to ZZ, and so on, as spreadsheets call columns."""
    names = letters(number + 1)
    assert names[number] == LETTERS[number]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("chosen", PRESETS, ids=lambda one: one.key)
def test_nearest_step(chosen, reduction):
    """From any step of any example another case is seen at the same step, or at its answer."""
    case = chosen.case.replace(reduction=reduction)
    here = step_keys(case)
    answer = {"none": "losses", "sum": "sum_loss", "mean": "mean_loss"}[reduction]
    for step in {key for other in PRESETS for key in step_keys(other.case)}:
        assert nearest_step(case, step) == (step if step in here else answer)
    assert nearest_step(case, "") == ""
    assert answer in here


def test_another_case():
    """Another case keeps the step, the device and the number type; it starts at its first row."""
    looks = {"device": "cuda:0", "dtype": "float32", "topic": "gradient", "seed": 5}
    view = View(PLAIN, ("a", "b", "c"), step="probs", row=1, column=2, **looks)
    other = view.of_case(Case([[1, 2]], [0]), names=("x", "y"))
    assert other == View(Case([[1, 2]], [0]), ("x", "y"), step="probs", **looks)
    assert view.of_case(PLAIN, names=("too", "few")).names == ()


def test_another_exercise():
    """Steps stay blank where the other exercise has them, in the order of its own."""
    view = start().practising(topic="weighted_mean", blank=("mean_loss", "losses", "nll"))
    assert view.blank == ("nll", "losses", "mean_loss")
    other = view.practising(topic="smoothing", mode="solve")
    assert (other.blank, other.mode) == (("losses", "mean_loss"), "solve")
    assert other.case == view.case


def test_changed_case():
    """A changed number leaves names, row and class; the example's name goes."""
    view = of_preset(preset("rare_class")).replace(row=5, column=1, step="share")
    case = view.case.replace(weight=[1, 1])
    assert view.with_case(case) == view.replace(case=case, preset="")


def test_changed_option():
    """An option leaves the example what it is, and goes to the answer where the step is gone."""
    view = of_preset(preset("rare_class")).replace(step="share")
    changed = view.with_case(view.case.replace(reduction="sum"))
    assert (changed.preset, changed.step) == ("rare_class", "sum_loss")


def test_fewer_rows_and_classes():
    """Where the row is gone the last one is looked at; a class that is gone gives the target."""
    view = View(PLAIN, ("a", "b", "c"), row=1, column=2)
    smaller = view.with_case(Case([[1, 2]], [0]))
    assert (smaller.row, smaller.column, smaller.names) == (0, None, ())
    empty = view.with_case(preset("empty_batch").case)
    assert empty.row == 0


def test_number_goes_along():
    """A person's number stays with another case; the step it is of stays where there is one."""
    view = View(PLAIN, answer="0.5", of="denominator", finding="log2")
    other = view.of_case(PLAIN.replace(weight=[1, 2, 3]))
    assert (other.answer, other.of, other.finding) == ("0.5", "denominator", "")
    summed = view.with_case(PLAIN.replace(reduction="sum"))
    assert (summed.answer, summed.of) == ("0.5", "")


def test_another_loss():
    """A case of another loss stands beside the first example, and goes when numbers come."""
    binary = BinaryCase([1.0, -1.0], [1, 0])
    view = View(PLAIN, step="share", row=1, answer="0.5", of="losses").with_other(binary)
    assert (view.question, view.case, view.row) == (binary, start().case, 0)
    assert (view.answer, view.of) == ("0.5", "losses")
    assert view.with_case(PLAIN).question == PLAIN
    assert view.of_case(PLAIN).question == PLAIN
