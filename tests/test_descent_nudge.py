"""Nudging a logit measures the gradient: h² at first, then rounding."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from ce_core import Case, run
from ce_core.descent import SIZES, nudges
from ce_core.descent import nudge as module
from tests.strategies import REDUCTIONS, cases
from tests.test_descent_pulls import THREE, autograd


def at(case, row=0, column=0, sizes=SIZES):
    """The nudges of one logit."""
    return nudges(run(case), row, column, sizes)


def test_by_hand():
    """Logits 0, 0 and target 0: L(h) = ln(1 + e^-h), so L(1) − L(−1) = −1 exactly, slope −1/2,
    which is the gradient p − 1 = −1/2: this curve's odd part is a straight line."""
    (one,) = at(Case([[0.0, 0.0]], [0]), sizes=(1.0,))
    np.testing.assert_allclose(one["at"], np.log(2))
    np.testing.assert_allclose(one["above"], np.log1p(np.exp(-1)))
    np.testing.assert_allclose(one["below"], np.log1p(np.exp(1)))
    np.testing.assert_allclose([one["slope"], one["gradient"]], -0.5)
    assert abs(one["apart"]) < 1e-15
    assert one["bend"] == 0  # 1 − 2p is 0


def test_shrinks_like_h_squared():
    """A tenth of h makes a hundredth of the difference, as h²/6 times the third derivative says."""
    large, small = at(THREE, 1, 0, (0.1, 0.01))
    assert 95 < large["apart"] / small["apart"] < 105
    for one in (large, small):  # the next term is h² times smaller, with a factor of about one
        np.testing.assert_allclose(one["apart"], one["bend"], rtol=2 * one["size"] ** 2 + 1e-4)


def test_third_derivative():
    """The bend is h²/6 times the third derivative that torch's autograd finds."""
    logits = torch.tensor(THREE.logits, requires_grad=True)
    loss = torch.nn.functional.cross_entropy(
        logits, torch.tensor(THREE.target), torch.tensor(THREE.weight)
    )
    slope = loss
    for _ in range(3):
        (grown,) = torch.autograd.grad(slope, logits, create_graph=True)
        slope = grown[1, 0]
    (one,) = at(THREE, 1, 0, (0.1,))
    np.testing.assert_allclose(one["bend"], 0.1**2 / 6 * slope.item(), rtol=1e-9)


def test_rounding_takes_over():
    """From 1e-5 on the difference no longer shrinks, and it stays within a few of what rounding
    may make."""
    made = at(THREE)
    best = min(made, key=lambda one: abs(one["apart"]))
    assert 1e-7 < best["size"] < 1e-3
    for one in made[5:]:
        assert abs(one["apart"]) <= 4 * one["rounding"]
    assert made[-1]["rounding"] > 1e5 * abs(made[-1]["bend"])


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("soft", [False, True])
def test_measures_autograd(reduction, smoothing, soft):
    """A nudge of 1e-4 measures torch's gradient of each logit, whatever the target and options."""
    target = [[0.5, 0.5, 0], [0, 0, 1], [0.2, 0.3, 0.5]] if soft else THREE.target
    case = THREE.replace(target=target, reduction=reduction, label_smoothing=smoothing)
    expected = autograd(case)
    for row in range(3):
        for column in range(3):
            (one,) = at(case, row, column, (1e-4,))
            # h²/6 of a third derivative below 5, and 2e-16 · 14 / 1e-4
            np.testing.assert_allclose(one["slope"], expected[row, column], atol=1e-8)
            assert one["gradient"] == run(case).gradient[row, column]


@given(cases(elements=st.floats(-8, 8), signs=False), st.data())
def test_difference_is_explained(case, data):
    """Bend and rounding together are at least a good part of any difference of a small nudge."""
    trace = run(case)
    assume(trace.case.logits.size and np.isfinite(trace.answer).all())
    rows, classes = trace["probs"].rows.shape
    row = data.draw(st.integers(0, rows - 1))
    column = data.draw(st.integers(0, classes - 1))
    largest = np.abs([*trace["log_probs"].rows.flat, *trace.answer.flat]).max()  # what is rounded
    for one in nudges(trace, row, column, (0.1, 1e-3, 1e-5)):
        assume(np.isfinite(one["gradient"]))
        bound = abs(one["bend"]) + one["size"] ** 2 * abs(one["factor"]) / 100 + one["rounding"]
        assert abs(one["apart"]) <= 2 * bound + 20 * module.EPS * largest / one["size"]


@pytest.mark.parametrize("single", [False, True])
def test_shapes(single):
    """The logits (C,) of one sample are nudged as well as a pixel's of (N, C, d1, d2)."""
    rng = np.random.default_rng(0)
    case = (
        Case([1.0, 2.0, 0.5], 1)
        if single
        else Case(rng.normal(size=(2, 3, 2, 2)), rng.integers(0, 3, (2, 2, 2)), [1, 2, 5])
    )
    row = 0 if single else 6
    (one,) = at(case, row, 2, (1e-4,))
    expected = np.moveaxis(autograd(case)[None] if single else autograd(case), 1, -1)
    np.testing.assert_allclose(one["slope"], expected.reshape(-1, 3)[row, 2], atol=1e-8)


def test_large_batch_is_not_run_again(monkeypatch):
    """Of a large batch the row is nudged alone: its part of the loss has the same slope."""
    whole = at(THREE, 1, 2, (1e-3,))[0]
    monkeypatch.setattr(module, "MOST", 4)
    one = at(THREE, 1, 2, (1e-3,))[0]
    assert (whole.whole, one.whole) == (True, False)
    np.testing.assert_allclose(one["slope"], whole["slope"], rtol=1e-9)
    # −ln p of row 1 is 2.42005; its part of the mean is 5/11 of that
    np.testing.assert_allclose(one["at"], 2.4200495 * 5 / 11, rtol=1e-6)


def test_what_cannot_be_measured():
    """A logit of −inf stays where it is, so the slope is not a number or 0; nothing is raised."""
    (one,) = at(Case([[-np.inf, 1.0, 2.0]], [1]), 0, 0, (0.1,))
    assert (one["slope"], one["gradient"]) == (0, 0)
    (one,) = at(Case([[np.inf, 1.0]], [1]), 0, 0, (0.1,))
    assert np.isnan(one["slope"])
    (one,) = at(THREE.replace(target=[-100] * 3), 0, 0, (0.1,))
    assert (one["gradient"], np.isnan(one["slope"])) == (0, True)
