"""Hints: the rule, the formula, the numbers put in, and only then the value."""

import re
from string import Formatter

import pytest

from ce_core.practice import RUNGS, blanks, hint, item
from ce_core.practice.cells import cell
from ce_core.practice.wording import figure, latex
from tests.test_practice_items import each_topic

SOME = range(12)


def boxes(made):
    """All fields, still to be filled."""
    return dict.fromkeys(blanks(made, "solve"), "")


def counted(made):
    """The cells to work, but for those of an ignored row."""
    kept = made.trace["kept"].output
    cells = [cell(made.trace, name) for name in blanks(made, "solve")]
    return [str(one) for one in cells if one.row is None or kept[one.row]]


@each_topic
def test_first_rungs_are_the_rules(key):
    """Rung 1 is the rule's title and why, rung 2 its formula: both the same for any numbers."""
    made = item(0, key)
    for name in counted(made):
        rule = made.trace[name.partition("/")[0]].rule
        first = hint(made, {}, name, 1)
        assert first.startswith(f"{rule.title}. ")
        assert first.split() == f"{rule.title}. {rule.why}".split()
        formula = hint(made, {}, name, 2)
        assert rule.formula in formula
        assert (formula == rule.formula) == ("[" not in rule.formula)


@pytest.mark.parametrize(
    ("key", "name"), [("smoothing", "target_dist/0/0"), ("gradient", "gradient/0/0")]
)
def test_the_bracket_is_explained(key, name):
    """The hint that shows [c = y] says that it is 1 or 0, and when."""
    assert r"[\,c = y_i\,] = 1 \text{ where class } c \text{ is the target, else } 0" in (
        hint(item(0, key), {}, name, 2)
    )


@each_topic
def test_numbers_put_in_are_never_the_own_one(key):
    """Rung 3 takes numbers of the inputs and of earlier steps only."""
    made = item(0, key)
    words = {"row_number", "class_number", "classes"}
    for name in blanks(made, "solve"):
        rule = made.trace[name.partition("/")[0]].rule
        fields = {field for _, field, _, _ in Formatter().parse(rule.numbers) if field}
        assert fields <= {*rule.reads, *words} - {rule.key}


@each_topic
def test_value_comes_with_the_last_rung(key):
    """The value, unless it is itself among the numbers put in, is said by rung 4 alone."""
    for seed in SOME:
        made = item(seed, key)
        for name in blanks(made, "solve"):
            value = cell(made.trace, name).of(made.trace)
            assert hint(made, {}, name, RUNGS) == f"It is {figure(value)}."
            if len(latex(value)) < 5 or value in made.case.logits:
                continue  # a number as short as 0.5 stands in many formulas
            for rung in (1, 2, 3):
                said = re.findall(r"-?[\d.]*\d", hint(made, boxes(made), name, rung))
                assert latex(value) not in said


@each_topic
def test_empty_fields_are_boxes(key):
    """What is still to be filled is put in as a box, so a hint gives no other field away."""
    made = item(0, key)
    for name in blanks(made, "solve"):
        text = hint(made, boxes(made), name, 3)
        reads = made.trace[name.partition("/")[0]].rule.reads
        fields = [
            f for _, f, _, _ in Formatter().parse(made.trace[name.partition("/")[0]].rule.numbers)
        ]
        if {*fields} & {*made.steps} & {*reads} and name in counted(made):
            assert r"\square" in text


def test_own_numbers_are_put_in():
    """What the person typed stands in the formula, right or wrong, and what is given as it is."""
    made = item(1, "weighted_mean")
    typed = boxes(made) | {"sum_loss//": "4,5", "losses/0/": "−1.25"}
    assert hint(made, typed, "mean_loss//", 3) == r"\frac{4.5}{\square}"
    assert hint(made, typed, "sum_loss//", 3) == r"-1.25 + \square"
    # e^-1.3 + e^0 + e^-2.6 = 1.3468 is given, and so is the shifted logit 0.5 - 1.8
    assert hint(made, typed, "log_probs/0/0", 3) == r"-1.3 - \log 1.3468"


def test_negative_numbers_are_bracketed():
    """After a sign or a dot a negative number stands in brackets."""
    made = item(300, "stability")  # row 0 is -1000, -1002
    assert hint(made, {}, "shifted/0/1", 3) == "-1002 - (-1000)"
    assert hint(made, {}, "row_max/0/", 3) == r"\max(-1000, -1002)"
    assert hint(made, {}, "partition/0/", 3) == "1 + 0.1353"


def test_an_ignored_row_has_no_target_to_pick():
    """The hints say that the row is ignored instead of pointing at class -100, or at minus 0."""
    made = item(20, "ignored_rows")
    for key in ("target_log_prob", "nll", "sample_weight", "losses"):
        for typed in ({}, {"target_log_prob/0/": "-1.2"}):
            assert hint(made, typed, f"{key}/0/", 1).endswith(
                "Row 0 is ignored, because its target, −100, equals ignore_index: it takes no part, "
                "whatever its logits are."
            )
            assert r"k_i = 0 \text{ where the target is ignore\_index, else } 1" in (
                hint(made, typed, f"{key}/0/", 2)
            )
            assert hint(made, typed, f"{key}/0/", 3) == r"y_{0} = -100 = \text{ignore\_index}"
        assert hint(made, {}, f"{key}/0/", 4) == "It is 0."


def test_value_from_own_numbers():
    """Where their own numbers lead elsewhere, rung 4 says both."""
    made = item(1, "weighted_mean")
    typed = {"sum_loss//": "5", "denominator//": "2.5"}
    assert hint(made, typed, "mean_loss//", 4) == (
        f"It is {figure(float(made.trace.answer))}. From your own earlier numbers it comes to 2."
    )


def test_rung_must_exist():
    """There are four rungs, counted from 1."""
    made = item(0, "gradient")
    for rung in (0, 5, -1):
        with pytest.raises(ValueError, match=f"rung is {rung}, must be 1 to 4"):
            hint(made, {}, "share/0/", rung)
    with pytest.raises(ValueError, match="is no cell"):
        hint(made, {}, "share/7/", 1)
