"""What torch takes in silence is noticed where it is a likely slip, and nowhere else."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from ce_core import Case
from ce_core.hints import ALL
from tests import witness
from tests.strategies import cases

# Logits of neither the shape nor the values that any hint is about.
PLAIN: dict[str, Any] = {"logits": [[2.0, -1.0, 0.5], [0.3, 1.7, -2.0]], "target": [0, 1]}
ROWS = [[0.2, 0.3, 0.5], [0.1, 0.9, 0.0]]
SQUARE = np.arange(18.0).reshape(2, 3, 3)

# hint -> cases in which it fires; near misses in which it does not
FIRES: dict[str, tuple[dict[str, Any], ...]] = {
    "logits-not-finite": (
        {"logits": [[math.inf, 1.0, 2.0], [1.0, 0.0, 0.0]]},
        {"logits": [[1.0, 1.0, 2.0], [math.nan, 0.0, 0.0]]},
        {"logits": [math.inf, 1.0], "target": 0},
    ),
    "probabilities-as-logits": (
        {"logits": ROWS},
        {"logits": [0.25, 0.75], "target": 1},
        {"logits": [[0.33, 0.33, 0.34]], "target": [0]},
        {"logits": [[0.3333, 0.3333, 0.3333]], "target": [0]},
    ),
    "target-not-a-distribution": (
        {"target": [[0.5, 0.6, 0.0], [1.0, 0.0, 0.0]]},
        {"target": [[-0.5, 1.5, 0.0], [1.0, 0.0, 0.0]]},
        {"target": [[math.nan, 0.5, 0.5], [1.0, 0.0, 0.0]]},
        {"logits": [1.0, 2.0], "target": [1.0, 1.0]},
    ),
    "classes-last": ({"logits": SQUARE, "target": [[0, 1, 2], [0, 0, 0]]},),
    "weight-per-sample": ({"logits": [[2.0, 3.0], [1.0, 5.0]], "weight": [0.1, 0.9]},),
    "empty-batch": (
        {"logits": np.zeros((0, 5)), "target": np.zeros(0, int)},
        {"logits": np.zeros((0, 5)), "target": np.zeros((0, 5))},
    ),
    "all-ignored": (
        {"target": [-100, -100]},
        {"target": [1, 1], "ignore_index": 1},
        {"target": [-100, -100], "weight": [0, 0, 0]},
    ),
    "no-weight": (
        {"weight": [0, 0, 1]},
        {"weight": [0, 1, 1], "target": [0, -100]},
        {"weight": [0, 0, 1], "label_smoothing": 0.1},
    ),
    "smoothing-without-effect": ({"label_smoothing": -0.1}, {"label_smoothing": math.nan}),
    "negative-weight": ({"weight": [1, -1, 1]},),
}
NEAR_MISSES: dict[str, tuple[dict[str, Any], ...]] = {
    "logits-not-finite": (
        {"logits": [[-math.inf, 1.0, 2.0], [1.0, 0.0, 0.0]]},
        {"logits": [[1e308, 1.0, 2.0], [1.0, 0.0, 0.0]]},
    ),
    "probabilities-as-logits": (
        {"logits": [[0.2, 0.3, 0.6], [0.1, 0.9, 0.0]]},
        {"logits": [[1.2, -0.2, 0.0], [0.1, 0.9, 0.0]]},
        {"logits": [[0.2, 0.3, 0.5], [2.0, 1.0, 0.0]]},
        {"logits": [[math.nan, 0.5, 0.5]], "target": [0]},
        {"logits": [[1.0], [1.0]], "target": [0, 0]},
        {"logits": np.zeros((0, 3)), "target": np.zeros(0, int)},
    ),
    "target-not-a-distribution": (
        {"target": ROWS},
        {"target": [[0.3333, 0.3333, 0.3333], [1.0, 0.0, 0.0]]},
        {},
    ),
    "classes-last": (
        {"logits": SQUARE, "target": np.full((2, 3, 3), 1 / 3)},
        {"logits": np.zeros((2, 3, 4)), "target": np.zeros((2, 4), int)},
        {"logits": np.zeros((3, 3)), "target": [0, 1, 2]},
    ),
    "weight-per-sample": (
        {"logits": [[2.0, 3.0], [1.0, 5.0]], "weight": [0.5, 0.5]},
        {"logits": [[2.0, 3.0], [1.0, 5.0]], "target": [[1.0, 0.0]] * 2, "weight": [0.1, 0.9]},
        {"weight": [0.1, 0.8, 0.1]},
    ),
    "empty-batch": (
        {"logits": np.zeros((0, 5)), "target": np.zeros(0, int), "reduction": "sum"},
        {},
    ),
    "all-ignored": (
        {"target": [-100, 1]},
        {"target": [-100, -100], "reduction": "sum"},
        {"logits": np.zeros((0, 3)), "target": np.zeros(0, int)},
    ),
    "no-weight": (
        {"weight": [0, 1, 1]},
        {"weight": [0, 0, 1], "reduction": "none"},
        {"weight": [0, 0, 0], "target": ROWS},
        {"weight": [1, -1, 0]},
    ),
    "smoothing-without-effect": ({"label_smoothing": -0.0}, {"label_smoothing": 1e-9}),
    "negative-weight": ({"weight": [0, 0, 1]}, {"weight": [1, -0.0, 1]}, {}),
}


def keys(changes: dict) -> list[str]:
    """The hints given to the plain case with these changes."""
    return [hint.key for hint in Case(**(PLAIN | changes)).hints]


def rows(table: dict) -> list:
    """A parameter for each case of each hint."""
    return [
        pytest.param(key, changes, id=f"{key}-{place}")
        for key, several in table.items()
        for place, changes in enumerate(several)
    ]


@pytest.mark.parametrize(("key", "changes"), rows(FIRES))
def test_hint_is_given(key, changes):
    """The slip is noticed."""
    assert key in keys(changes)


@pytest.mark.parametrize(("key", "changes"), rows(NEAR_MISSES))
def test_hint_is_not_given_for_a_near_miss(key, changes):
    """What only resembles the slip is left alone."""
    assert key not in keys(changes)


def test_plain_case_has_no_hint():
    """Nothing is said of a case with nothing odd about it."""
    assert keys({}) == []


def test_tables_cover_every_hint():
    """Every hint of the module is fired and nearly missed above; nothing_counts gives three."""
    assert set(FIRES) == set(NEAR_MISSES)
    assert len(FIRES) == len(ALL) + 2


@pytest.mark.parametrize("key", FIRES)
def test_hint_says_what_and_what_to_do(key):
    """A hint has a sentence and a remedy."""
    hints = Case(**(PLAIN | FIRES[key][0])).hints
    hint = next(hint for hint in hints if hint.key == key)
    assert hint.says.endswith(".")
    assert hint.remedy.endswith(".")


def test_negative_entry_is_told_of_its_own_row():
    """The row that is named is the row that is described."""
    target: Any = [[1.0, 1.0, 0.0], [-0.5, 1.5, 0.0]]
    (hint,) = Case(PLAIN["logits"], target).hints
    assert "target row 0 sums to 2." in hint.says
    (hint,) = Case(PLAIN["logits"], target[::-1]).hints
    assert "target row 0 sums to 1 and has a negative entry." in hint.says


# What people asked about that torch computes without a word, and the hint that meets it.
SILENT: dict[str, tuple[dict[str, Any], str]] = {
    "mean of ignored rows is nan": (
        {"logits": np.eye(10, 5), "target": [-100] * 10},
        "all-ignored",
    ),
    "mean of weightless targets is nan": (
        {"logits": [[0.4, 1.0], [2.0, -1.0]], "target": [0, 0], "weight": [0.0, 1.0]},
        "no-weight",
    ),
    "mean of an empty batch is nan": (
        {"logits": np.zeros((0, 5)), "target": np.zeros(0, int)},
        "empty-batch",
    ),
    "targets far from probabilities": (
        {
            "logits": [[0.4, 0.8, 0.6], [0.3, 0.0, 0.5]],
            "target": [[6.2, -7.9, 3.4], [2.1, 8.6, -12.5]],
        },
        "target-not-a-distribution",
    ),
    "classes last, as many as steps": (
        {"logits": np.arange(50.0).reshape(2, 5, 5), "target": np.ones((2, 5), int)},
        "classes-last",
    ),
    "weights meant per sample": (
        {"logits": [[0.4, 1.0], [2.0, -1.0]], "target": [1, 1], "weight": [0.1, 0.9]},
        "weight-per-sample",
    ),
}


@pytest.mark.parametrize(("given_as", "key"), SILENT.values(), ids=SILENT)
def test_silent_surprise_is_met_by_a_hint(given_as, key):
    """Torch computes it without complaint, and the hint says what is odd."""
    case = Case(**given_as)
    assert witness.answer(case).shape == ()
    assert key in [hint.key for hint in case.hints]


@settings(max_examples=200, deadline=None)
@given(case=cases())
def test_hints_never_fail(case):
    """Any case can be asked for its hints, and no hint is given twice."""
    found = [hint.key for hint in case.hints]
    assert len(found) == len(set(found))
    assert set(found) <= set(FIRES)
