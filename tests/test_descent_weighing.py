"""What a weight does to the gradient: longer or shorter, never turned, but for a mixed target."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ce_core import Case, run
from ce_core.descent import effects, heavier
from tests.strategies import cases
from tests.test_descent_pulls import THREE, autograd

CLOSE = {"rtol": 1e-9, "atol": 1e-12}


def test_heavier_class():
    """One class's weight is multiplied; a case without weights has weights of 1."""
    assert heavier(THREE, 5, 1).weight.tolist() == [1, 10, 5]
    assert heavier(THREE, 2).weight.tolist() == [2, 4, 10]
    assert heavier(THREE.replace(weight=None), 5, 0).weight.tolist() == [5, 1, 1]


def test_one_class_by_hand():
    """Class C from 5 to 25: under the sum its rows pull 5 times, row 0 as before. Under the mean W
    goes from 11 to 51: row 0 pulls 11/51 times, the others 5 · 11/51 times."""
    total, mean = effects(THREE, heavier(THREE, 5, 2))
    np.testing.assert_allclose(total["ratio"], [1, 5, 5], **CLOSE)
    np.testing.assert_allclose(mean["ratio"], [11 / 51, 55 / 51, 55 / 51], **CLOSE)
    assert not total["turned"].any()
    assert not mean["turned"].any()


def test_all_classes():
    """All weights times 5: the sum's gradient is 5 times as long, and the mean's does not move."""
    total, mean = effects(THREE, heavier(THREE, 5))
    np.testing.assert_allclose(total["ratio"], [5, 5, 5], **CLOSE)
    np.testing.assert_allclose(mean["ratio"], [1, 1, 1], **CLOSE)
    np.testing.assert_allclose([total["whole_ratio"], mean["whole_ratio"]], [5, 1], **CLOSE)
    assert (total.moves, mean.moves, total.turns, mean.turns) == (True, False, False, False)


@pytest.mark.parametrize("weight", [1, 5, 50])
def test_one_sample(weight):
    """For one sample, or a batch of one class, the mean's gradient is the same for any weight."""
    one = Case([[2, 1, 0.1]], [0], [weight, 1, 1])
    np.testing.assert_allclose(autograd(one), autograd(one.replace(weight=None)), **CLOSE)
    _, mean = effects(one, heavier(one, 7, 0))
    np.testing.assert_allclose(mean["ratio"], [1], **CLOSE)
    same = THREE.replace(target=[2, 2, 2])
    _, mean = effects(same, heavier(same, 7, 2))
    np.testing.assert_allclose(mean["ratio"], [1, 1, 1], **CLOSE)


def test_five_times_the_gradient():
    """With weight 5 instead of 1 each number of a sample's gradient is 5 times as large, in torch
    as well."""
    one, five = (Case([[2, 1, 0.1]], [0], [w, 1, 1], reduction="none") for w in (1, 5))
    np.testing.assert_allclose(autograd(five) / autograd(one), [[5, 5, 5]], **CLOSE)
    total, _ = effects(one, five)
    np.testing.assert_allclose(total["ratio"], [5], **CLOSE)
    assert (total["factor"].tolist(), total["factor_after"].tolist()) == ([1], [5])
    ours = run(five).gradient / run(one).gradient
    np.testing.assert_allclose(ours, [[5, 5, 5]], **CLOSE)


def test_smoothing_turns():
    """With smoothing a weight turns a row's gradient. Probabilities 1/3 each and ε = 0.3 with w = 1,
    1, 1: p − r is (1/3 − 0.8, 1/3 − 0.1, 1/3 − 0.1); with w = 1, 1, 8 r is 0.8/1.7, 0.1/1.7,
    0.8/1.7. The angle between the two is 60 degrees: (−2, 1, 1) and (−1, 2, −1)."""
    even = Case([[0.0, 0.0, 0.0]], [0], label_smoothing=0.3)
    for effect in effects(even, heavier(even, 8, 2)):
        one, other = np.array([-2, 1, 1]), np.array([1 / 3] * 3) - np.array([0.8, 0.1, 0.8]) / 1.7
        np.testing.assert_allclose(other / other[0], [1, -2, 1], **CLOSE)
        cosine = one @ other / np.sqrt((one @ one) * (other @ other))
        np.testing.assert_allclose(effect["turned"], np.degrees(np.arccos(cosine)), **CLOSE)
        np.testing.assert_allclose(effect["turned"], [60], **CLOSE)


def summed(case):
    """The sum of the targets' weights, W."""
    kept = case.target != case.ignore_index
    return case.inputs["weight"][case.target[kept]].sum()


@given(
    cases(elements=st.floats(-8, 8), signs=False, soft=False, smoothing=st.just(0.0)),
    st.floats(0.125, 8),
    st.data(),
)
def test_weights_never_turn_a_row(case, times, data):
    """For class numbers without smoothing no row turns; under the sum a row's length follows its
    weight, under the mean its share."""
    column = data.draw(st.integers(0, case.classes - 1))
    changed = heavier(case, times, column)
    total, mean = effects(case, changed)
    long = (total["before"] > 1e-6) & (mean["before"] > 1e-6)
    assume(long.any())
    asked = case.target.reshape(-1) == column
    for effect in (total, mean):
        assert not effect["turned"][long].any()
    expected = np.where(asked, times, 1.0)
    np.testing.assert_allclose(total["ratio"][long], expected[long], rtol=1e-6)
    shrunk = summed(case) / summed(changed)
    np.testing.assert_allclose(mean["ratio"][long], (expected * shrunk)[long], rtol=1e-6)


@given(cases(elements=st.floats(-8, 8), signs=False, soft=False), st.floats(0.125, 8))
def test_scaling_all_weights(case, times):
    """All weights times k leave the mean's gradient as it is, also with smoothing."""
    _, mean = effects(case, heavier(case, times))
    long = mean["before"] > 1e-6
    np.testing.assert_allclose(mean["ratio"][long], 1, rtol=1e-6)


def test_nothing_to_compare():
    """A row that is ignored pulls neither before nor after: 0/0 is nan, and nothing is raised."""
    case = THREE.replace(target=[0, -100, 2])
    total, mean = effects(case, heavier(case, 5, 0))
    assert np.isnan(total["ratio"]).tolist() == [False, True, False]
    assert np.isnan(mean["turned"]).tolist() == [False, True, False]
