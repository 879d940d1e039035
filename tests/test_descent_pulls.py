"""The gradient taken apart: F (p − r) is torch's gradient, and each row sums to 0."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - the name that everybody knows it by
from hypothesis import given

from ce_core import Case, run
from ce_core.descent import alone, pulls
from ce_core.presets import PRESETS
from tests.strategies import REDUCTIONS, cases, moderate

# Targets of weight 1, 5 and 5, so W = 11.
THREE = Case([[2, 1, 0.1], [0.5, 2.5, 0.3], [1.2, 0.4, 3]], [0, 2, 2], [1, 2, 5])
CLOSE = {"rtol": 1e-9, "atol": 1e-12}  # some additions and two divisions of float64
each_reduction = pytest.mark.parametrize("reduction", REDUCTIONS)
each_preset = pytest.mark.parametrize("chosen", PRESETS, ids=lambda preset: preset.key)


def autograd(case):
    """Torch's gradient of the answer's sum, in float64."""
    logits = torch.tensor(case.logits, requires_grad=True)
    F.cross_entropy(
        logits,
        torch.tensor(case.target),
        None if case.weight is None else torch.tensor(case.weight),
        ignore_index=case.ignore_index,
        label_smoothing=case.label_smoothing,
        reduction=case.reduction,
    ).sum().backward()
    return logits.grad.numpy()


def test_by_hand():
    """Row 0 of the three: softmax(2, 1, 0.1) = 0.65900, 0.24243, 0.09857 times its share 1/11."""
    made = pulls(run(THREE))
    exps = np.exp([2, 1, 0.1])
    probs = exps / exps.sum()
    np.testing.assert_allclose(probs, [0.65900, 0.24243, 0.09857], atol=5e-6)
    by_hand = (probs - [1, 0, 0]) / 11
    np.testing.assert_allclose(made["gradient"].rows[0], by_hand, **CLOSE)
    np.testing.assert_allclose(made["pull"].rows[0], by_hand, **CLOSE)
    assert made["factor"].rows.tolist() == [1 / 11, 5 / 11, 5 / 11]
    np.testing.assert_allclose(made["length"].rows[0], np.sqrt((by_hand**2).sum()), **CLOSE)


def test_factor_of_a_sum():
    """Under the sum a row's factor is the weight of its target's class: 1, 5 and 5."""
    made = pulls(run(THREE.replace(reduction="sum")))
    assert made["factor"].rows.tolist() == [1, 5, 5]


def test_aim_of_a_smoothed_target():
    """With ε = 0.3, q = 0.8, 0.1, 0.1; times w = 1, 2, 5 that is 0.8, 0.2, 0.5, and over 1.5 it
    is r; the row's factor is 1.5 over W = 11, not 1/11."""
    made = pulls(run(THREE.replace(label_smoothing=0.3)))
    np.testing.assert_allclose(made["aim"].rows[0], [0.8 / 1.5, 0.2 / 1.5, 0.5 / 1.5], **CLOSE)
    np.testing.assert_allclose(made["factor"].rows[0], 1.5 / 11, **CLOSE)


def test_aim_of_probabilities():
    """Class probabilities 0.5, 0.5, 0 with w = 1, 2, 5 pull to 1/3, 2/3, 0 with factor 1.5 / N."""
    soft = THREE.replace(target=[[0.5, 0.5, 0], [0, 0, 1], [0, 1, 0]])
    made = pulls(run(soft))
    np.testing.assert_allclose(made["aim"].rows[0], [1 / 3, 2 / 3, 0], **CLOSE)
    np.testing.assert_allclose(made["factor"].rows, [1.5 / 3, 5 / 3, 2 / 3], **CLOSE)


@each_preset
@each_reduction
def test_presets_against_torch(chosen, reduction):
    """For each example F (p − r), where it is finite, is what autograd gives for F.cross_entropy."""
    case = chosen.case.replace(reduction=reduction)
    made = pulls(run(case))
    expected = np.zeros(case.logits.shape) if not case.logits.size else autograd(case)
    ours = made["pull"].output.reshape(case.logits.shape)
    finite = np.isfinite(ours)
    np.testing.assert_allclose(ours[finite], expected[finite], **CLOSE)
    undone = ~finite & np.isfinite(expected)
    assert not expected[undone].any()  # only where nothing pulls is r not a number


@given(cases(elements=moderate, signs=False))
def test_random_cases(case):
    """F (p − r) is the trace's gradient for every kind of case, and a row that is ignored has 0."""
    made = pulls(run(case))
    ours, trace = made["pull"].output, made["gradient"].output
    known = np.isfinite(ours)
    scale = np.abs(np.nan_to_num(trace)).max(initial=1)
    np.testing.assert_allclose(ours[known], trace[known], rtol=1e-9, atol=1e-12 * scale)
    if "kept" in made:
        assert not made["gradient"].rows[~made["kept"].rows].any()
        assert not made["factor"].rows[~made["kept"].rows].any()


@given(cases(elements=moderate, signs=False))
def test_rows_sum_to_zero(case):
    """Each row of the gradient sums to 0 but for rounding, whatever the target and the weights."""
    made = pulls(run(case))
    totals, lengths = made["row_total"].rows, made["length"].rows
    known = np.isfinite(totals)
    # p and w q are as large as the row's factor even where they cancel; both are below 50 here.
    assert (np.abs(totals[known]) <= 1e-12 * (50 + lengths[known])).all()


@each_reduction
@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("soft", [False, True])
def test_alone(reduction, smoothing, soft):
    """A row alone, over the batch's divisor, has the gradient that it has in the batch."""
    target = [[0.5, 0.5, 0], [0, 0, 1], [0.2, 0.3, 0.5]] if soft else THREE.target
    case = THREE.replace(target=target, reduction=reduction, label_smoothing=smoothing)
    trace = run(case)
    for row in range(3):
        part = alone(trace, row)
        assert part.first == row
        ours = run(part.case).gradient[0] / part.divisor
        np.testing.assert_allclose(ours, trace.gradient[row], **CLOSE)


def test_alone_of_pixels():
    """Row 5 of a picture is its pixel (0, 1, 1) of 1 × 2 × 4; nothing else of the batch enters."""
    rng = np.random.default_rng(0)
    case = Case(rng.normal(size=(1, 3, 2, 4)), rng.integers(0, 3, (1, 2, 4)), [1, 2, 5])
    part = alone(run(case), 5)
    assert part.case.logits.tolist() == [case.logits[0, :, 1, 1].tolist()]
    assert part.case.target.tolist() == [case.target[0, 1, 1]]


def test_all_ignored():
    """With every row ignored the mean is nan and its gradient is exactly 0, and so is each F."""
    made = pulls(run(THREE.replace(target=[-100] * 3)))
    assert np.isnan(made.answer)
    assert not made["gradient"].output.any()
    assert not made["factor"].output.any()
    assert made["whole_length"].output == 0


@pytest.mark.parametrize("shape", [(0, 3), (2, 0), (0, 0), (2, 3, 0)], ids=str)
def test_empty(shape):
    """A batch without rows or classes is taken apart without a word."""
    made = pulls(run(Case(np.zeros(shape), np.zeros(shape))))
    assert made["pull"].output.shape == shape
    assert made["whole_length"].output == 0
