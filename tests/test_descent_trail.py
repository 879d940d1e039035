"""Steps down the gradient: what torch's SGD does with free logits, told step by step."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everybody knows it by
from hypothesis import given
from hypothesis import strategies as st

from ce_core import Case, run
from ce_core.descent import MOST_STEPS, descend, trail
from tests.strategies import REDUCTIONS, cases
from tests.test_descent_pulls import THREE


def torch_losses(case, rate, steps):
    """The losses on the way of torch.optim.SGD."""
    logits = torch.tensor(case.logits, requires_grad=True)
    optimiser = torch.optim.SGD([logits], lr=rate)
    losses = []
    for _ in range(steps + 1):
        optimiser.zero_grad()
        loss = F.cross_entropy(
            logits,
            torch.tensor(case.target),
            None if case.weight is None else torch.tensor(case.weight),
            label_smoothing=case.label_smoothing,
            reduction=case.reduction,
        ).sum()
        losses.append(loss.item())
        loss.backward()
        optimiser.step()
    return losses


def test_one_step_by_hand():
    """Logits 0, 0, target 0, rate 2: the gradient −1/2, 1/2 moves them to 1, −1, so p goes from
    1/2 to 1 / (1 + e^-2) and the loss from ln 2 to ln(1 + e^-2)."""
    made = descend(run(Case([[0.0, 0.0]], [0])), 2, 1)
    np.testing.assert_allclose(made.losses, [np.log(2), np.log1p(np.exp(-2))])
    np.testing.assert_allclose([made.before[0], made.after[0]], [0.5, 1 / (1 + np.exp(-2))])
    assert (made.rises_at, made.breaks_at) == (None, None)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("soft", [False, True])
def test_against_sgd(reduction, smoothing, soft):
    """Ten steps have the losses of torch.optim.SGD."""
    target = [[0.5, 0.5, 0], [0, 0, 1], [0.2, 0.3, 0.5]] if soft else THREE.target
    case = THREE.replace(target=target, reduction=reduction, label_smoothing=smoothing)
    made = descend(run(case), 0.3, 10)
    np.testing.assert_allclose(made.losses, torch_losses(case, 0.3, 10), rtol=1e-9)


def test_no_step():
    """Without a step there is the loss, and the targets' probabilities are as they were."""
    made = descend(run(THREE), 1, 0)
    np.testing.assert_allclose(made.losses, [float(run(THREE).answer)])
    np.testing.assert_array_equal(made.before, made.after)
    assert made.asked.tolist() == [0, 2, 2]


def test_at_most_fifty():
    """More steps than fifty are not made."""
    assert len(descend(run(THREE), 1, 10_000).losses) == MOST_STEPS + 1


def test_weights_steer():
    """Under the mean, after the same steps a heavy class has come further than with equal weights,
    and the light one less far."""
    own, even = (descend(run(case), 1, 5) for case in (THREE, THREE.replace(weight=None)))
    assert own.after[0] < even.after[0]  # weight 1 of 11 instead of a third
    assert own.after[1] > even.after[1]  # weight 5 of 11


def test_ignored_rows_stay():
    """A row that is ignored has no asked class, and goes nowhere."""
    case = THREE.replace(target=[0, -100, 2])
    made = descend(run(case), 1, 5)
    assert made.asked.tolist() == [0, -1, 2]
    assert np.isnan(made.before[1])
    assert np.isnan(made.after[1])


def test_rate_too_large():
    """One sample of two classes has curvature p(1 − p) twice, at most 1/2: a rate of 100 throws the
    logits across, and with a soft target the loss rises."""
    made = descend(run(Case([[0.0, 0.5]], [[0.5, 0.5]])), 100, 3)
    assert made.rises_at == 1
    assert made.breaks_at is None


def test_breaks():
    """A weight of 1e308 throws a logit beyond the largest float: from there the loss is nan."""
    with_huge = Case([[0.0, 0.5]], [[0.5, 0.5]], [1e308, 1e308], reduction="sum")
    made = descend(run(with_huge), 100, 3)
    assert made.breaks_at is not None
    assert not np.isfinite(made.losses[-1])
    assert descend(run(Case([[np.inf, 0.0]], [0])), 1, 2).breaks_at == 0


@given(cases(elements=st.floats(-8, 8), signs=False), st.floats(0.001, 0.5))
def test_small_steps_never_rise(case, rate):
    """The loss of a row curves by at most half its factor, so below a rate of 2 over the sum of
    the factors it never rises; a rate that is scaled by that is safe."""
    trace = run(case)
    weighs = float(np.abs(case.inputs["weight"]).max(initial=1)) * max(trace["probs"].rows.shape)
    factor = {"mean": 1 + weighs / 0.125, "sum": weighs, "none": weighs}[case.reduction]
    if case.soft and (case.target < 0).any():
        return  # torch takes negative "probabilities", for which the loss is not convex
    made = descend(trace, rate / factor, 3)
    if np.isfinite(made.losses).all():
        assert made.rises_at is None


def test_large_batch_goes_alone(monkeypatch):
    """Of a large batch one row goes: as far as in the batch, with its own part of the loss."""
    whole = descend(run(THREE), 1, 5)
    monkeypatch.setattr(trail, "MOST", 4)
    one = descend(run(THREE), 1, 5, row=1)
    assert (one.whole, one.rows.tolist(), one.asked.tolist()) == (False, [1], [2])
    np.testing.assert_allclose(one.after[0], whole.after[1], rtol=1e-9)
    np.testing.assert_allclose(one.losses[0], 2.4200495 * 5 / 11, rtol=1e-6)


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (0, 0)], ids=str)
def test_empty(shape):
    """A batch without rows or classes goes nowhere, without a word."""
    made = descend(run(Case(np.zeros(shape), np.zeros(shape))), 1, 3)
    assert len(made.losses) == 4
    assert len(made.after) == shape[0]
