"""What must hold for every case, whatever torch says."""

import math
import pickle

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ce_core import Case, run
from ce_core.arrays import Array
from tests import witness
from tests.strategies import arguments, cases, moderate, shapes

# Logits within 20 of 0 and positive weights: all is finite and nothing cancels.
TAME = {
    "elements": moderate,
    "signs": False,
    "smoothing": st.sampled_from((0.0, 0.2)),
    "sizes": shapes(least_samples=1),
}
tame = settings(max_examples=100, deadline=None)


def same(one: Array, other: Array, case: Case) -> None:
    """Equal but for rounding: both sides are sums of the same terms in another order."""
    atol = 4 * witness.loss_slack(run(case))
    np.testing.assert_allclose(one, other, rtol=1e-12, atol=atol, equal_nan=True)


@tame
@given(case=cases(**TAME), shift=st.floats(-50, 50))
def test_shift_changes_nothing(case, shift):
    """The same number added to all logits of a row changes no loss and no gradient."""
    trace, moved = run(case), run(case.replace(logits=case.logits + shift))
    atol = 200 * case.logits.size * witness.slack(trace)  # a logit of up to 70 is rounded to 70 eps
    np.testing.assert_allclose(moved.answer, trace.answer, rtol=1e-11, atol=atol)
    np.testing.assert_allclose(moved.gradient, trace.gradient, rtol=1e-11, atol=atol)


@tame
@given(case=cases(**TAME, soft=False, reductions=("mean",)), factor=st.floats(0.01, 100))
def test_scaled_weights_leave_the_mean(case, factor):
    """Weights scaled by k leave the weighted mean and its gradient unchanged."""
    scaled = run(case.replace(weight=case.inputs["weight"] * factor))
    same(scaled.answer, run(case).answer, case)
    same(scaled.gradient, run(case).gradient, case)


@tame
@given(case=cases(**TAME, reductions=("sum", "none")), factor=st.floats(0.01, 100))
def test_scaled_weights_scale_the_sum(case, factor):
    """Weights scaled by k scale each loss, the sum and the gradient by k."""
    scaled = run(case.replace(weight=case.inputs["weight"] * factor))
    same(scaled.answer, factor * run(case).answer, scaled.case)
    same(scaled.gradient, factor * run(case).gradient, scaled.case)


@tame
@given(case=cases(**TAME, soft=True, reductions=("mean",)), factor=st.floats(0.01, 100))
def test_scaled_weights_scale_the_mean_of_probabilities(case, factor):
    """With class probabilities weights do not enter the denominator, so the mean scales too."""
    scaled = run(case.replace(weight=case.inputs["weight"] * factor))
    same(scaled.answer, factor * run(case).answer, scaled.case)


@tame
@given(case=cases())
def test_weights_of_one_are_no_weights(case):
    """All weights 1 give what no weights give, to the last bit."""
    ones, none = run(case.replace(weight=np.ones(case.classes))), run(case.replace(weight=None))
    np.testing.assert_array_equal(ones.answer, none.answer)
    np.testing.assert_array_equal(ones.gradient, none.gradient)


@tame
@given(case=cases(**TAME), data=st.data())
def test_order_of_samples(case, data):
    """Samples in another order have their losses and gradients in that order, and one mean."""
    assume(not case.single)
    order = np.array(data.draw(st.permutations(range(case.logits.shape[0]))))
    moved = run(case.replace(logits=case.logits[order], target=case.target[order]))
    trace = run(case)
    same(moved.answer, trace.answer[order] if case.reduction == "none" else trace.answer, case)
    same(moved.gradient, trace.gradient[order], case)


@tame
@given(case=cases(**TAME), data=st.data())
def test_order_of_classes(case, data):
    """Renumbering the classes everywhere changes no loss and moves the gradient along."""
    order = np.array(data.draw(st.permutations(range(case.classes))))
    axis = 0 if case.single else 1
    if case.soft:
        target = case.target.take(order, axis)
    else:
        kept = case.target != case.ignore_index
        target = np.where(kept, np.argsort(order)[np.where(kept, case.target, 0)], -100)
    weight = None if case.weight is None else case.weight[order]
    logits = case.logits.take(order, axis)
    moved = run(case.replace(logits=logits, target=target, weight=weight, ignore_index=-100))
    same(moved.answer, run(case).answer, case)
    same(moved.gradient, run(case).gradient.take(order, axis), case)


@tame
@given(case=cases(**TAME, soft=False))
def test_ignored_row_is_a_deleted_row(case):
    """Ignoring rows gives the answer that the batch has without them, and no gradient there."""
    assume(case.logits.ndim == 2)
    kept = case.target != case.ignore_index
    left = run(case.replace(logits=case.logits[kept], target=case.target[kept]))
    trace = run(case)
    same(trace.answer[kept] if case.reduction == "none" else trace.answer, left.answer, case)
    same(trace.gradient[kept], left.gradient, case)
    assert not trace.gradient[~kept].any()
    assert case.reduction != "none" or not trace.answer[~kept].any()


def one_hot(case: Case) -> Array:
    """The class numbers as probabilities 0 and 1."""
    return np.moveaxis(np.eye(case.classes)[case.target], -1, 0 if case.single else 1)


@tame
@given(case=cases(**TAME, soft=False, ignores=False))
def test_one_hot_probabilities(case):
    """One-hot probabilities give what class numbers give: none and sum always, mean unweighted."""
    assume(case.reduction != "mean" or case.weight is None)
    given_as = case.replace(target=one_hot(case), ignore_index=-100)
    same(run(given_as).answer, run(case).answer, case)
    same(run(given_as).gradient, run(case).gradient, case)


def test_one_hot_probabilities_weighted_mean():
    """With weights the two means differ: N divides probabilities, the targets' weights numbers."""
    case = Case([[0.0, 0.0], [0.0, math.log(3)]], [0, 1], [0.25, 0.5])
    total = 0.25 * math.log(2) + 0.5 * math.log(4 / 3)
    numbers, probabilities = run(case), run(case.replace(target=one_hot(case)))
    assert float(numbers.answer) == pytest.approx(total / 0.75, rel=1e-14)
    assert float(probabilities.answer) == pytest.approx(total / 2, rel=1e-14)


@tame
@given(case=cases(**{**TAME, "smoothing": st.floats(0, 1)}, soft=False, ignores=False))
def test_smoothing_is_a_smoothed_target(case):
    """Smoothed class numbers are the smoothed probabilities: for none, sum and unweighted mean."""
    assume(case.reduction != "mean" or case.weight is None)
    part = case.label_smoothing
    smoothed = (1 - part) * one_hot(case) + part / case.classes
    given_as = case.replace(target=smoothed, ignore_index=-100, label_smoothing=0.0)
    same(run(given_as).answer, run(case).answer, case)
    same(run(given_as).gradient, run(case).gradient, case)


@settings(max_examples=60, deadline=None)
@given(case=cases(**{**TAME, "elements": st.floats(-5, 5)}))
def test_gradient_is_a_central_difference(case):
    """The gradient is how much the answer's sum changes when one logit is moved a little."""
    step = 1e-5  # error: third derivative (at most 1 per unit weight) step^2 / 6, and eps / step
    trace = run(case)
    for place in np.ndindex(case.logits.shape):
        moves = []
        for sign in (1, -1):
            logits = case.logits.copy()
            logits[place] += sign * step
            moves.append(run(case.replace(logits=logits)).answer.sum())
        slope = (moves[0] - moves[1]) / (2 * step)
        scale = max(1.0, case.inputs["weight"].max()) * max(1, np.abs(trace["losses"].output).sum())
        if math.isnan(slope):  # every row ignored: the mean is 0/0 and its gradient 0
            assert trace["gradient"].output[(0, *place) if case.single else place] == 0
        else:
            assert trace.gradient[place] == pytest.approx(slope, rel=1e-6, abs=1e-8 * scale)


@tame
@given(case=cases(elements=moderate, sizes=shapes(least_samples=1)))
def test_gradient_rows_sum_to_zero(case):
    """What one class gains the others lose: a row of the gradient sums to 0."""
    trace = run(case)
    assume(np.isfinite(trace.gradient).all())
    sums = trace.gradient.sum(axis=0 if case.single else 1)
    largest = np.abs(trace.gradient).max() * case.classes
    atol = 4 * witness.slack(trace) + 64 * witness.EPS * largest
    np.testing.assert_allclose(sums, 0, atol=atol)


@tame
@given(case=cases(soft=False))
def test_ignored_rows_cost_exactly_nothing(case):
    """A row that is ignored has a loss of exactly 0 whatever its logits hold."""
    losses = run(case)["losses"].output
    assert not losses[case.inputs["target"] == case.ignore_index].any()


@tame
@given(case=cases(**{**TAME, "sizes": shapes(least_samples=1)}, soft=False))
def test_ignored_rows_have_exactly_no_gradient(case):
    """Nor do finite logits of a row that is ignored have any gradient."""
    rows = np.moveaxis(run(case)["gradient"].output, 1, -1)
    assert not rows[case.inputs["target"] == case.ignore_index].any()


@tame
@given(case=cases(**TAME, soft=False, ignores=False))
def test_losses_are_not_negative(case):
    """Positive weights make no loss negative, and no probability leaves 0 to 1."""
    trace = run(case)
    assert (trace["losses"].output >= 0).all()
    assert ((trace["probs"].output >= 0) & (trace["probs"].output <= 1)).all()
    assert (trace.answer >= 0).all()


@tame
@given(case=cases())
def test_nothing_that_leaves_run_can_be_written(case):
    """The arrays of a case and of a trace, answer and gradient too, are read-only."""
    trace = run(case)
    arrays = [case.logits, case.target, *case.inputs.values(), trace.answer, trace.gradient]
    arrays += [array for step in trace for array in (step.output, *step.inputs.values())]
    assert not any(array.flags.writeable for array in arrays)


@tame
@given(given_as=arguments())
def test_case_is_independent_of_what_made_it(given_as):
    """Writing into an array that a case was made of does not change the case."""
    case = Case(**given_as)
    answer = run(case).answer.copy()
    for name in ("logits", "target", "weight"):
        if given_as[name] is not None:
            given_as[name].fill(1)
    np.testing.assert_array_equal(run(case).answer, answer)


@tame
@given(given_as=arguments())
def test_cases_of_equal_values_are_equal(given_as):
    """Two cases are equal, and hash alike, when their values are, nan included."""
    case, again = Case(**given_as), Case(**given_as)
    assert case == again
    assert hash(case) == hash(again)
    run(case)
    assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301 - our own bytes


def test_signs_of_zero_and_nan_are_no_values():
    """-0.0 equals 0.0 and every nan equals every nan, whatever its bits."""
    one = Case([[0.0, math.nan]], [0], label_smoothing=0.0)
    two = Case([[-0.0, -math.nan]], [0], label_smoothing=-0.0)
    assert one == two
    assert hash(one) == hash(two)


CHANGES = {
    "logits": [[1.0, 2.5], [3.0, 4.0]],
    "target": [1, 1],
    "weight": [1.0, 3.0],
    "ignore_index": 1,
    "label_smoothing": 0.2,
    "reduction": "sum",
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_changed_value_makes_another_case(name):
    """A case that differs in one argument is another case; the other arrays are shared."""
    case = Case([[1.0, 2.0], [3.0, 4.0]], [1, 0], [1.0, 2.0])
    changed = case.replace(**{name: CHANGES[name]})
    assert changed != case
    assert changed.replace(**{name: case.arguments[name]}) == case
    for other in {"logits", "target", "weight"} - {name}:
        assert changed.arguments[other] is case.arguments[other]


def test_no_weight_is_not_weights_of_one():
    """No weights and weights of 1 compute the same and are told apart."""
    case = Case([[1.0, 2.0]], [1])
    assert case != case.replace(weight=[1, 1])
    assert case != "a case"
