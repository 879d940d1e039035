"""What the lab says of the strategies, shown by training them."""

from math import log

import numpy as np
import pytest
import torch

from ce_core.lab import Plan, measure, split_of
from ce_core.torch_train import train
from ce_core.torch_train.course import Course
from ce_core.torch_train.stack import logits_of
from ce_core.torch_train.threads import one_core

# Rows of one stack may be computed in another order: some eps, carried on over the steps.
CLOSE = {"rtol": 1e-4, "atol": 1e-4}


def logits(strategies, **changes):
    """The test logits of the strategies after a short training."""
    plan = Plan(strategies=strategies, runs=2, steps=60, **changes)
    return train(plan, split_of(plan)).test_logits


@pytest.mark.parametrize(
    ("strategy", "changes"),
    [
        ("focal", {"gamma": 0.0}),
        ("adjusted", {"tau": 0.0}),
        ("weighted", {"scheme": "none"}),
        ("smoothed", {"scheme": "none", "smoothing": 0.0}),
        ("weighted", {"share": 0.5}),
    ],
)
def test_same_as_plain(strategy, changes):
    """Focal with gamma 0, adjustment with tau 0, weights that are all equal: plain training."""
    plain, other = logits(("plain", strategy), **changes)
    assert np.allclose(plain, other, **CLOSE)


def test_weight_vanishes_at_batch_1():
    """The weighted mean of one sample divides its weight out: weighted training is plain."""
    plain, weighted, sampled = logits(("plain", "weighted", "sampler"), batch=1)
    assert np.allclose(plain, weighted, **CLOSE)
    assert not np.allclose(plain, sampled, rtol=0.1, atol=0.1)


def test_smoothing_0_is_weighted():
    """Without smoothing the smoothed strategy is the weighted one."""
    weighted, smoothed = logits(("weighted", "smoothed"), smoothing=0.0)
    assert np.allclose(weighted, smoothed, **CLOSE)


def test_scale_of_the_weights_does_not_matter():
    """1/n, n/(C n_c) and max/n are the same weights but for a factor: the mean divides it out."""
    made = [logits(("weighted",), scheme=scheme) for scheme in ("inverse", "balanced", "largest")]
    assert np.allclose(made[0], made[1], **CLOSE)
    assert np.allclose(made[0], made[2], **CLOSE)


@one_core()
def bias(strategy, batch):
    """How far the mean gradient of many batches lies from the full weighted one, relatively."""
    plan = Plan(strategies=(strategy,), runs=10, batch=batch, share=0.1, model="straight")
    course = Course(plan, split_of(plan), "cpu")
    course.parameters.data[:] = course.parameters.data[0]  # every run stands at the same place

    def gradient(places, weighted):
        points, labels = course.points[places], course.labels[places]
        said = logits_of(course.parameters, course.sizes, points)
        losses = course.losses.of(said, labels) if not weighted else full(said, labels)
        return torch.autograd.grad(losses.sum(), course.parameters)[0]

    def full(said, labels):
        weight = torch.tensor([1 / 0.9, 1 / 0.1])[labels]
        each = torch.nn.functional.cross_entropy(said.transpose(1, 2), labels, reduction="none")
        return (weight * each).sum(dim=1) / weight.sum(dim=1)

    everything = torch.arange(len(course.points)).expand(10, -1)
    exact = gradient(everything, weighted=True)[0]
    means = [gradient(course.batches.next(), weighted=False).mean(dim=0) for _ in range(300)]
    return float((torch.stack(means).mean(dim=0) - exact).norm() / exact.norm())


def test_weighted_minibatch_mean_is_biased():
    """A ratio of two sums: its mean is not the ratio of their means. Less so in larger batches.

    3,000 batches leave an error of the mean of a few per cent.
    """
    small, large = bias("weighted", 2), bias("weighted", 128)
    assert small > 0.3
    assert large < 0.05


def test_sampler_is_not_biased():
    """The sampler's plain mean has the full weighted gradient as its mean, in small batches too."""
    assert bias("sampler", 8) < 0.05


@pytest.fixture(scope="module")
def default():
    """The default plan, with the adjustment after training, and what it comes to."""
    plan = Plan()
    plan = plan.replace(strategies=(*plan.strategies, "adjusted_after"))
    split = split_of(plan)
    told = measure(train(plan, split), split)
    return split, {one.key: one for one in told}


def rare(told, key):
    """The mean recall of the rare class."""
    return told[key].interval("recall", 1).mean


def balanced(told, key):
    """The mean balanced accuracy."""
    return told[key].interval("balanced_accuracy").mean


def test_plain_neglects_the_rare_class(default):
    """Accuracy 0.95 is what calling everything common gives; most rare samples are missed."""
    _, told = default
    assert told["plain"].accuracy.mean() > 0.95
    assert rare(told, "plain") < 0.4


@pytest.mark.parametrize("key", ["weighted", "sampler", "adjusted", "adjusted_after"])
def test_rare_class_is_found(default, key):
    """Weights, sampler and both adjustments find most rare samples, for a lower accuracy."""
    _, told = default
    assert rare(told, key) > 0.75
    assert balanced(told, key) > balanced(told, "plain") + 0.15
    assert told[key].accuracy.mean() < told["plain"].accuracy.mean()


def test_weights_overpredict(default):
    """Plain probabilities are about calibrated; weighted ones say "rare" several times too often."""
    split, told = default
    assert told["plain"].calibration_error.mean() < 0.03
    assert abs(told["plain"].predicted_share.mean() - split.prior[1]) < 0.02
    assert told["weighted"].predicted_share.mean() > 3 * split.prior[1]
    assert told["weighted"].calibration_error.mean() > 0.1


def test_smoothing_with_weights_goes_too_far(default):
    """The smoothed part of a common target is paid with the rare class's weight.

    Where the common class is sure, w q is 0.526 · 0.95 against 10 · 0.05, nearly even: almost
    everything is called rare.
    """
    _, told = default
    assert told["smoothed"].predicted_share.mean() > 0.4
    assert balanced(told, "smoothed") < balanced(told, "weighted") - 0.1


def test_focal_does_not_ask_who_is_rare(default):
    """The focal loss hardly helps the rare class."""
    _, told = default
    assert rare(told, "focal") < 0.5


def test_weights_move_the_intercept():
    """In logistic regression that fits, weights add log(w1 / w0) to the logits' difference.

    20,000 samples of two clouds, so that the two fits differ by the shift and little else.
    """
    plan = Plan(
        strategies=("plain", "weighted"), model="straight", runs=1, share=0.1, samples=20_000,
        batch=1_000, steps=1_500, rate=0.3,
    )  # fmt: skip
    told = train(plan, split_of(plan))
    plain, weighted = np.diff(told.test_logits[:, 0], axis=-1)[..., 0]
    assert abs((weighted - plain).mean() - log(9)) < 0.25
