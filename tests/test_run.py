"""The trace gives the right numbers: some worked out by hand, any that torch gives too."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ce_core import Case, Trace, run
from tests import witness
from tests.strategies import REDUCTIONS, cases, moderate, shapes


def exactly(expected: Any) -> Any:
    """A number that stands with its derivation is rounded a handful of times: 1e-14 is ample."""
    return pytest.approx(expected, rel=1e-14, abs=1e-15)


def test_weighted_mean_by_hand():
    """The weighted mean is the sum of w times -log p divided by the sum of those w."""
    # Row 0 asks for class 1, a unit above the other; row 1 for class 0, three units below.
    first, second = math.log(1 + math.exp(-1)), math.log(1 + math.exp(3))
    expected = (0.36 * first + 0.4 * second) / (0.36 + 0.4)
    trace = run(Case([[3, 4], [6, 9]], [1, 0], [0.4, 0.36]))
    assert float(trace.answer) == exactly(expected)
    assert round(expected, 4) == 1.7529
    assert trace["nll"].output == exactly([first, second])
    assert float(trace["denominator"].output) == exactly(0.76)


def test_sum_and_none_by_hand():
    """Sum and none weigh each loss and divide by nothing."""
    first, second = 0.36 * math.log(1 + math.exp(-1)), 0.4 * math.log(1 + math.exp(3))
    case = Case([[3, 4], [6, 9]], [1, 0], [0.4, 0.36], reduction="none")
    assert run(case).answer == exactly([first, second])
    total = run(case.replace(reduction="sum")).answer
    assert float(total) == exactly(first + second)


def test_gradient_by_hand():
    """The gradient of the mean is the sample's share of the weights times p minus the target."""
    p = 1 / (1 + math.exp(-1))  # of the larger of two logits that differ by 1
    q = 1 / (1 + math.exp(3))  # of the smaller of two that differ by 3
    first, second = 0.36 / 0.76, 0.4 / 0.76
    expected = [[first * (1 - p), -first * (1 - p)], [-second * (1 - q), second * (1 - q)]]
    trace = run(Case([[3, 4], [6, 9]], [1, 0], [0.4, 0.36]))
    assert trace.gradient == exactly(np.array(expected))


def test_weight_of_one_sample_cancels():
    """The weighted mean of one sample is its loss: the weight is above and below the line."""
    case = Case([[0, 1, 3]], [2], [5, 7, 0.01])
    expected = math.log(1 + math.exp(-2) + math.exp(-3))
    assert float(run(case).answer) == exactly(expected)


@pytest.mark.parametrize("classes", [1, 2, 10, 1000])
def test_equal_logits_cost_log_of_classes(classes):
    """Equal logits, however large, make C equal probabilities: the loss is ln C."""
    case = Case(np.full((3, classes), 1e6), np.zeros(3, dtype=int))
    # The largest of these, 1000 terms of a sum, is exact: they are all 1.
    assert float(run(case).answer) == exactly(math.log(classes))


def test_masked_class_takes_no_part():
    """A logit of -inf takes its class out of the softmax: the rest share all probability."""
    case = Case([[1.0, -math.inf, 2.0]], [2])
    assert float(run(case).answer) == exactly(math.log(1 + math.exp(-1)))
    assert float(run(case.replace(target=[1])).answer) == math.inf


@pytest.mark.parametrize(("reduction", "expected"), [("mean", math.nan), ("sum", 0), ("none", 0)])
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
def test_all_ignored(reduction, expected, smoothing):
    """With every row ignored the mean is 0/0, the sum 0 and each loss 0; the gradient is 0."""
    case = Case([[1.0, 2.0]] * 3, [-100] * 3, [1, 2], -100, smoothing, reduction)
    trace = run(case)
    shape = (3,) if reduction == "none" else ()
    np.testing.assert_array_equal(trace.answer, np.full(shape, expected))
    np.testing.assert_array_equal(trace.gradient, np.zeros((3, 2)))


@pytest.mark.parametrize(("reduction", "expected"), [("mean", math.nan), ("sum", 0.0)])
@pytest.mark.parametrize("soft", [False, True], ids=["numbers", "probabilities"])
def test_empty_batch(reduction, expected, soft):
    """Of no samples the sum is 0 and the mean 0/0, and there is no loss to list."""
    target = np.zeros((0, 3)) if soft else np.zeros(0, dtype=int)
    case = Case(np.zeros((0, 3)), target, reduction=reduction)
    np.testing.assert_array_equal(run(case).answer, expected)
    assert run(case.replace(reduction="none")).answer.shape == (0,)
    assert run(case).gradient.shape == (0, 3)


def test_no_weight_among_targets():
    """Targets that all weigh 0 make the mean 0/0, and its gradient too."""
    trace = run(Case([[1.0, 2.0]], [0], [0.0, 1.0]))
    assert math.isnan(trace.answer)
    assert np.isnan(trace.gradient).all()


@pytest.mark.parametrize("target", [[0, 1], [[1.0, 0.0], [0.0, 1.0]]], ids=["numbers", "one-hot"])
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_perfect_prediction_costs_nothing(target, reduction):
    """Where the target's probability rounds to 1 the loss is 0."""
    case = Case([[800, 0], [0, 800]], target, [2, 3], reduction=reduction)
    assert not run(case).answer.any()


def test_smoothing_by_hand():
    """Smoothing moves a part of the target to all classes, each weighed by its own weight, and
    the mean still divides by the targets' weights alone."""
    # log p of logits ln 1, ln 2, ln 5 is the log of 1/8, 2/8, 5/8. Three classes share 0.3.
    case = Case(np.log([[1, 2, 5]]), [2], [1, 2, 4], label_smoothing=0.3)
    loss = -(1 * 0.1 * math.log(1 / 8) + 2 * 0.1 * math.log(2 / 8) + 4 * 0.8 * math.log(5 / 8))
    assert float(run(case).answer) == exactly(loss / 4)
    assert float(run(case.replace(reduction="sum")).answer) == exactly(loss)


def test_probabilities_by_hand():
    """With class probabilities each class pays its part, and the mean divides by the number of
    samples."""
    case = Case(np.log([[1, 3], [1, 1]]), [[0.25, 0.75], [1.0, 0.0]], [2, 10])
    first = -(2 * 0.25 * math.log(1 / 4) + 10 * 0.75 * math.log(3 / 4))
    second = -(2 * 1.0 * math.log(1 / 2))
    assert float(run(case).answer) == exactly((first + second) / 2)


def test_pixels_by_hand():
    """Each pixel is a sample: a 2x2 image with an ignored pixel is a mean over the other three."""
    # (1, 2, 2, 2): class 0 has the logit 0 everywhere, class 1 the logit of the odds.
    odds = np.array([[1, 3], [1 / 3, 9]])
    image = np.stack([np.zeros((2, 2)), np.log(odds)])[None]
    case = Case(image, [[[1, 1], [0, 255]]], [2, 1], ignore_index=255)
    # p(1) is 1/2 and 3/4 at the top; p(0) is 3/4 at the lower left and weighs 2.
    expected = -(math.log(1 / 2) + math.log(3 / 4) + 2 * math.log(3 / 4)) / (1 + 1 + 2)
    assert float(run(case).answer) == exactly(expected)
    losses = run(case.replace(reduction="none")).answer
    assert losses.shape == (1, 2, 2)
    assert losses[0, 1] == exactly([-2 * math.log(3 / 4), 0])


def test_one_sample_without_a_batch_axis():
    """Logits (C,) are a batch of one, and 'none' returns a single number."""
    single = Case([1.0, 2.0, 0.5], 1, [1, 2, 3], reduction="none")
    batch = Case([[1.0, 2.0, 0.5]], [1], [1, 2, 3], reduction="none")
    assert run(single).answer.shape == ()
    assert run(single).gradient.shape == (3,)
    np.testing.assert_array_equal(run(single).answer, run(batch).answer[0])
    np.testing.assert_array_equal(
        run(Case([1.0, 2.0], [1])).answer, run(Case([1.0, 2.0], 1)).answer
    )


def _torch_multiplies_zero_and_infinity(trace: Trace) -> bool:
    """Label smoothing of exactly 1 leaves the target's own term a factor of 0; torch still
    multiplies it, and 0 times an infinite log-probability is nan. Here the term is 0 + ε/C."""
    case = trace.case
    return case.label_smoothing == 1 and bool(np.isinf(trace["log_probs"].output).any())


def _weights_cancel(trace: Trace) -> bool:
    """With label smoothing and targets whose weights, of both signs, sum to exactly 0 torch's
    autograd divides a difference of infinities; here it is an infinite share of a finite row."""
    if "denominator" not in trace or trace.case.soft or not trace.case.smooths:
        return False
    return bool(trace["denominator"].output == 0 and trace["sample_weight"].output.any())


@settings(max_examples=600, deadline=None)
@given(case=cases())
def test_equals_torch(case):
    """Any case that torch accepts has torch's answer and autograd's gradient, nan for nan."""
    trace = run(case)
    # No classes at all (C = 0) are not among the cases: there torch divides by C.
    assume(not _torch_multiplies_zero_and_infinity(trace))
    assume(not _weights_cancel(trace))
    answer, gradient = witness.answer(case), witness.gradient(case)
    assert trace.answer.shape == answer.shape
    assert trace.gradient.shape == gradient.shape
    witness.assert_close(trace.answer, answer, witness.loss_slack(trace))
    witness.assert_close(trace.gradient, gradient, witness.slack(trace))


@settings(max_examples=100, deadline=None)
@given(
    case=cases(
        elements=moderate,
        sizes=shapes(least_samples=1),
        smoothing=st.just(0.0),
        soft=False,
    )
)
def test_weight_beyond_reach_is_not_read(case):
    """Without smoothing an infinite or nan weight of a class that is no target changes nothing."""
    missing = np.setdiff1d(np.arange(case.classes), case.target)
    assume(missing.size)
    weight = case.inputs["weight"].copy()
    weight[missing] = np.where(missing % 2, np.nan, np.inf)
    changed = run(case.replace(weight=weight))
    np.testing.assert_array_equal(changed.answer, run(case).answer)
    witness.assert_close(
        changed.answer, witness.answer(changed.case), witness.loss_slack(run(case))
    )


@pytest.mark.parametrize("row", [[math.inf, 0.0], [-math.inf, -math.inf], [math.nan, 0.0]])
def test_no_probability_is_left(row):
    """A logit of +inf or nan, or a row of -inf, gives nan and no warning, as in torch."""
    case = Case([row], [0])
    assert math.isnan(run(case).answer)
    assert np.isnan(witness.answer(case))
