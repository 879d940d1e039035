"""From a person's number to what they did: digits, lists, ties, and what stays unknown."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ce_core import BinaryCase, Case, CaseError, NLLCase, find_mistakes, run
from ce_core.mistakes import mistake, read_answer
from tests.strategies import cases, moderate

ON_NAN = ("ignored_all_nan", "zero_times_log_zero")  # why a right answer is nan
CASE = Case([[3, 4], [6, 9]], [1, 0], [0.4, 0.36])
BATCH = Case(
    [[2, 1, 0.1, 0.4], [0.5, 2.5, 0.3, 1.2], [1.2, 0.4, 3, 0.9]], [0, 2, 2], [1, 2, 5, 3.5]
)


@pytest.mark.parametrize(
    ("text", "value", "unit", "digits"),
    [
        ("0.6662", 0.6662, 1e-4, 4),
        ("2000.", 2000, 1, 4),
        ("-1.0001e-12", -1.0001e-12, 1e-16, 5),
        ("  1,75 ", 1.75, 0.01, 3),
        ("−0.5", -0.5, 0.1, 1),
        ("tensor(1.7529, grad_fn=<NllLossBackward0>)", 1.7529, 1e-4, 5),
        ("array(0.5)", 0.5, 0.1, 1),
        ("np.float64(0.25)", 0.25, 0.01, 2),
        ("1e3", 1000, 1000, 1),
        ("-0.", 0, 1, 0),
        ("loss = 0.6662 (by hand)", 0.6662, 1e-4, 4),
        ("0.6662.", 0.6662, 1e-4, 4),
        ("0.66\u200b62", 0.6662, 1e-4, 4),
        ("1,752.9", 1752.9, 0.1, 5),
        ("1.752,9", 1752.9, 0.1, 5),
    ],
)
def test_number_is_read_as_written(text, value, unit, digits):
    """A number counts with the digits it was written with."""
    read = read_answer(text)
    assert read.values.item() == pytest.approx(value, rel=1e-12)
    assert read.units.item() == pytest.approx(unit)
    assert read.digits.item() == digits


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("[0.36, 0.54]", (2,)),
        ("tensor([[1., 2.],\n        [3., 4.]], dtype=torch.float64)", (2, 2)),
        ("0.1 0.2 0.3", (3,)),
        ("[nan, inf, -inf]", (3,)),
    ],
)
def test_list_is_read_in_its_shape(text, shape):
    """Lists, printed tensors and numbers in a row are lists."""
    assert read_answer(text).values.shape == shape


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the answer is empty"),
        ("abc", "'abc'"),
        ("[1, [2, 3]]", "rows differ"),
        ("[1, 2", "never closed"),
        ("1, 2]", "never opened"),
        ("1" * 30_000, "more than 20,000 characters"),
        ("__import__('os')", "__import__"),
        ("0e999", "beyond the numbers"),
        ("1e-400", "beyond the numbers"),
        ("1e" + "0" * 5000 + "1", "no number"),
        ("[" * 900 + "1" + "]" * 900, "more than 8 deep"),
        ("0.6662 or 1.7529", "'or' is no number"),
        ("66.62%", "is no number"),
        ("--1", "'--1' is no number;"),
        ("1e999", "beyond the numbers"),
        ("<img src=x onerror=alert(1)>", "is no number"),
        ("$x^2$ **b**", "is no number"),
    ],
)
def test_what_is_no_number_is_named(text, says):
    """What cannot be read is quoted, with what to type instead."""
    with pytest.raises(CaseError) as caught:
        read_answer(text)
    assert caught.value.input == "answer"
    assert says in str(caught.value)
    assert "0.6662" in caught.value.remedy


@given(st.text(max_size=60) | st.lists(st.floats() | st.text(max_size=3), max_size=4))
def test_any_answer_is_read_or_refused(answer):
    """Whatever is typed, there is an answer or a CaseError."""
    try:
        read_answer(answer)
    except CaseError as problem:
        assert problem.remedy


def test_thread_that_started_it():
    """0.6662 is (0.36 * 0.3133 + 0.4 * 3.0486) / 2 with rounded probabilities: divided by N."""
    found = find_mistakes(CASE, "0.6662")
    assert not found.right
    assert found[0].key == "divided_by_batch_size"
    assert float(found[0].value) == pytest.approx((0.36 * 0.313262 + 0.4 * 3.048587) / 2, rel=1e-5)
    assert found[0].first == "denominator"
    assert found[0].units == pytest.approx(0.95, abs=0.01)  # 0.6661 exactly: about one unit off


def test_ties_are_asked_about():
    """Dividing by N, one-hot targets and Keras give the same number: one question tells."""
    found = find_mistakes(BATCH, float(mistake("divided_by_batch_size").run(BATCH).answer))
    keys = {finding.key for finding in found.same}
    assert keys == {
        "divided_by_batch_size",
        "framework_difference",
        "class_probs_mean_divides_by_N",
    }
    assert "Which of these is true?" in found.question
    assert all(finding.sure != "sure" for finding in found.same)


@pytest.mark.parametrize(
    ("text", "right"),
    [("1.7529", True), ("1.753", True), ("1.75", True), ("1.7531", True), ("1.7533", False)],
)
def test_right_answer_is_right_as_far_as_it_is_written(text, right):
    """1.33221 / 0.76 = 1.75291 is right with any digits; two units in the last are rounding."""
    assert float(run(CASE).answer) == pytest.approx(1.33221 / 0.76, abs=1e-5)
    found = find_mistakes(CASE, text)
    assert found.right == right
    if right:
        assert [finding.key for finding in found] in ([], ["rounding"])


@given(
    cases(elements=moderate, signs=False, ignores=True),
    st.integers(3, 8),
)
@settings(max_examples=400, deadline=None)
def test_right_answer_is_never_accused(case, digits):
    """A right number or list, rounded to any number of digits, comes back as right."""
    answer = run(case).answer
    assume(answer.size)
    text = np.vectorize(lambda value: f"{value:.{digits}g}", otypes=[object])(answer)
    found = find_mistakes(case, text.tolist())
    assert found.right
    assert all(f.mistake.harmless or f.key in ON_NAN for f in found)


@pytest.mark.parametrize("seed", range(20))
def test_right_answers_of_many_cases(seed):
    """2,000 random cases of all kinds: torch's number, printed with four decimals, is right."""
    rng = np.random.default_rng(seed)
    for _ in range(100):
        n, c = rng.integers(1, 6), rng.integers(2, 6)
        z = np.round(rng.normal(size=(n, c)) * 3, 1)
        kind = rng.integers(0, 4)
        reduction = ["mean", "sum", "none"][rng.integers(0, 3)]
        weight = np.round(rng.random(c) * 4 + 0.1, 2) if rng.integers(0, 2) else None
        if kind == 0:
            smoothing = rng.choice([0.0, 0.1])
            case = Case(z, rng.integers(0, c, n), weight, -100, smoothing, reduction)
        elif kind == 1:
            case = Case(z, rng.dirichlet(np.ones(c), n), weight, reduction=reduction)
        elif kind == 2:
            probs = rng.dirichlet(np.ones(c), n)
            case = NLLCase(probs, rng.integers(0, c, n), weight, -100, reduction, "probs")
        else:
            pos_weight = rng.random(c) * 5 if rng.integers(0, 2) else None
            case = BinaryCase(z, rng.random((n, c)), None, pos_weight, reduction)
        answer = np.vectorize(lambda value: f"{value:.4f}", otypes=[object])(run(case).answer)
        found = find_mistakes(case, answer.tolist())
        assert found.right
        assert not [finding for finding in found if not finding.mistake.harmless]


def test_intermediate_array_is_compared_with_its_step():
    """A list with a number per row may be any step: here the losses, and a softmax."""
    right = run(BATCH)
    assert find_mistakes(BATCH, right["losses"].output).step == "losses"
    assert find_mistakes(BATCH, right["probs"].output).step == "probs"
    over_batch = mistake("wrong_dim").run(BATCH)["probs"].output
    found = find_mistakes(BATCH, np.round(over_batch, 4))
    assert not found.right
    assert found[0].key == "wrong_dim"
    assert found[0].step == "probs"


def test_step_that_is_not_there_is_named():
    """A step's name that the case does not have is refused with those it has."""
    with pytest.raises(CaseError, match="step is 'softmax'"):
        find_mistakes(BATCH, "1.0", step="softmax")


def test_list_of_the_wrong_length_is_named():
    """A list that fits no step says how many numbers would."""
    with pytest.raises(CaseError, match="5 numbers were given"):
        find_mistakes(BATCH, [1.0, 2.0, 3.0, 4.0, 5.0])


def test_one_number_for_a_list_is_its_mean_or_sum():
    """With reduction 'none' one number is compared with mean and sum of the losses."""
    none = BATCH.replace(reduction="none")
    total = float(run(none)["losses"].output.sum())
    for number in (total, total / 3, float(run(BATCH).answer)):
        found = find_mistakes(none, number)
        assert found.right
        assert "none" in found.note


def test_combination_of_three_slips():
    """log2, the sum, and a softmax twice together: 1/ln 2 times the sum of doubled losses."""
    twice = mistake("softmax_twice").run(BATCH)
    number = float(twice["sum_loss"].output) / math.log(2)
    (found,) = [f for f in find_mistakes(BATCH, number) if len(f.parts) == 3]
    assert set(found.keys) == {"softmax_twice", "log2", "sum_not_mean"}
    assert float(found.trace.answer) == pytest.approx(number)
    assert found.sure != "sure"


def test_no_known_mistake():
    """A number that nothing gives has no finding."""
    found = find_mistakes(BATCH, "123.4567891")
    assert not found.right
    assert len(found) == 0


def test_few_digits_are_not_sure():
    """With one digit many numbers fit, so nothing is sure, in a list as little as alone."""
    case = Case([[1, 2], [3, 1]], [0, 0], [0, 2])
    for asked, answer in ((case, "3"), (CASE.replace(reduction="none"), "[1, 4]")):
        found = find_mistakes(asked, answer)
        assert not found.right
        assert all(finding.sure != "sure" for finding in found)
    assert len(find_mistakes(case, "3"))


def test_sure_means_alone():
    """Two mistakes that print the same number to four digits are both less than sure."""
    case = BinaryCase(
        [[-0.42, -1.08, -0.56], [-2.68, 0.61, 2.64]],
        [[1, 1, 0], [1, 0, 1]],
        [[3.03, 3.39, 1.22], [3.15, 1.87, 3.83]],
        [4.71, 4.42, 1.99],
    )
    found = find_mistakes(case, "4.349")
    assert len(found) > 1
    assert all(finding.sure != "sure" for finding in found)


def test_list_that_is_no_step_s_is_no_weights():
    """Three ones are not taken for the samples' weights, which nobody gives as losses."""
    assert not find_mistakes(BATCH.replace(weight=None, reduction="none"), "[1, 1, 1]").right


def test_normalised_target_is_smoothed_too():
    """A person who made the target's rows sum to 1 and smoothed them is understood."""
    case = Case(
        [[1.92, -5.42, 0.08], [-3.23, 2.22, 0.34]],
        [[0.54, 0.84, 0.62], [1.36, 0.46, 0.16]],
        label_smoothing=0.1,
    )
    sums = case.target.sum(axis=1, keepdims=True)
    number = run(case.replace(target=case.target / sums)).answer
    assert find_mistakes(case, number)[0].key == "target_not_a_distribution"


def unseen(case, name):
    """Whether some way of the mistake gives the right number on the case."""
    right = run(case).answer
    ways = [way.rules(case) for way in mistake(name).ways]
    return any(rules and np.allclose(run(case, rules).answer, right) for rules in ways)


@pytest.mark.parametrize(
    ("case", "key"),
    [
        (BATCH.replace(weight=None), "no-weights"),
        (BATCH.replace(weight=[2.0] * 4), "equal-weights"),
        (BATCH.replace(logits=[[2, 1, 0.1, 0.4]], target=[0]), "one-sample"),
        (BATCH.replace(logits=[[2, 1, 0.1, 0.4]], target=[0]), "one-class"),
        (BATCH.replace(target=[-100, 1, -100]), "one-class"),
        (BATCH.replace(target=[1, 1, 1]), "one-class"),
        (BATCH.replace(target=[0, 0, 0], ignore_index=1), "one-class"),
        (BinaryCase([0.5, 1.5], [1.0, 0.0], pos_weight=[3.0]), "whole-targets"),
    ],
)
def test_what_a_case_hides_is_said(case, key):
    """What cannot be known is hidden here indeed, and shows on the case that is offered."""
    hidden = {one.key: one for one in find_mistakes(case, run(case).answer).hidden}
    assert hidden[key].mistakes
    for name in hidden[key].mistakes:
        assert not mistake(name).applies(case) or unseen(case, name)
        assert mistake(name).applies(hidden[key].shows)
        wrong = mistake(name).run(hidden[key].shows).answer
        assert not np.allclose(wrong, run(hidden[key].shows).answer)


def test_as_many_rows_as_classes():
    """With N = C dividing by one or the other is one number, with a row more it is two."""
    (hidden,) = [h for h in find_mistakes(CASE, "1.7529").hidden if h.key == "as-many-as-classes"]
    rows, classes = mistake("divided_by_batch_size"), mistake("divided_by_number_of_classes")
    assert rows.run(CASE).answer == classes.run(CASE).answer
    assert rows.run(hidden.shows).answer != classes.run(hidden.shows).answer


@pytest.mark.parametrize(
    "case",
    [
        BATCH.replace(target=[1, 1, 1], label_smoothing=0.3),  # smoothing brings other weights in
        BATCH.replace(target=[1, 1, 1], weight=[1, 0, 5, 3.5]),  # 0/0
        BATCH.replace(target=[1, 1, 1], reduction="none"),
    ],
)
def test_nothing_is_said_to_be_hidden_that_is_not(case):
    """Where smoothing, a weight of 0 or a list shows the weights, nothing is said."""
    answer = run(case).answer
    assert "one-class" not in {one.key for one in find_mistakes(case, answer.tolist()).hidden}


def test_nothing_hides_in_a_good_case():
    """Different weights, several classes, N other than C: all can be told."""
    assert not find_mistakes(BATCH, run(BATCH).answer).hidden


@pytest.mark.parametrize("answer", ["nan", "inf", "-inf", "-0.", "0"])
def test_odd_numbers_are_answers(answer):
    """nan, infinities and zeros are compared like any number."""
    found = find_mistakes(BATCH, answer)
    assert not found.right


def test_nan_is_right_where_torch_gives_nan():
    """Every row ignored: nan is right, and the page may say why; 0 is what old torch gave."""
    case = BATCH.replace(target=[-100] * 3)
    right, old = find_mistakes(case, "nan"), find_mistakes(case, "0.0")
    assert right.right
    assert [finding.key for finding in right] == ["ignored_all_nan"]
    assert old[0].key == "ignored_all_nan"


def test_large_case_is_not_searched():
    """Beyond 200,000 numbers a right answer is still called right; others are not looked for."""
    case = Case(np.zeros((1000, 201)), np.zeros(1000, dtype=int))
    assert find_mistakes(case, math.log(201)).right
    assert len(find_mistakes(case, "1.2345")) == 0


@given(cases(elements=moderate), st.floats(allow_nan=True))
@settings(max_examples=200, deadline=None)
def test_any_number_is_answered(case, number):
    """Whatever the case and the number, there are findings, none, or a CaseError."""
    try:
        found = find_mistakes(case, number)
    except CaseError as problem:
        assert problem.input in ("answer", "step")
        return
    for finding in found:
        assert finding.trace.steps


def test_remark_on_nan_has_a_trace():
    """0 times log 0 in a soft target: torch gives nan as well, and the remark can be shown."""
    case = Case([[1.0, -math.inf]], [[1.0, 0.0]])
    found = find_mistakes(case, "nan")
    assert found.right
    assert [finding.key for finding in found] == ["zero_times_log_zero"]
    assert np.isnan(found[0].trace.answer)


def test_right_but_for_rounding_and_exactly_another():
    """0.3283 is 2 units from torch's 0.3285, and just what rows made to sum to 1 give."""
    case = NLLCase([[-1.897, -0.163], [-0.942, -0.494]], [1, 1], [3.63, 3.44])
    found = find_mistakes(case, "0.3283")
    assert found.right
    assert [finding.key for finding in found.nearer] == ["probabilities_renormalised"]
    assert not find_mistakes(case, "0.3285").nearer
