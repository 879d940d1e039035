"""The gradient of the loss with a prior inside the softmax."""

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import CELL, Rule, rule

AUTOGRAD = (
    "(lambda z: torch.autograd.grad(F.cross_entropy(z + (weight / weight.sum()).log()"
    ".reshape(1, -1, *[1] * (logits.ndim - 2)), target, ignore_index=int(ignore_index),"
    " label_smoothing=float(label_smoothing), reduction='{reduction}'), z)[0])"
    "(logits.detach().requires_grad_())"
)


def _pull(prior_probs: Array, target_dist: Array) -> Array:
    """What one row gives: its softmax with the prior, less what the target asks for."""
    return prior_probs * target_dist.sum(axis=1)[:, None] - target_dist


def _of_sum() -> Rule:
    @rule(
        "Gradient of the sum",
        r"\frac{\partial \sum_j L_j}{\partial z_{ic}} = \pi_{ic} - q_{ic}",
        AUTOGRAD.format(reduction="sum"),
        CELL,
        numbers=r"{prior_probs} - {target_dist}",
        sentence="If the logit of class {class} rises a little, the sum of the losses changes by "
        "{gradient} times that little.",
    )
    def gradient(prior_probs: Array, target_dist: Array) -> Array:
        """The prior stands in every probability, so it changes every gradient."""
        return _pull(prior_probs, target_dist)

    return gradient


gradient_of_mean = rule(  # of rows that all count, and of rows of which some are ignored
    "Gradient of the mean",
    r"\frac{\partial L}{\partial z_{ic}} = \frac{\pi_{ic} - q_{ic}}{N}",
    AUTOGRAD.format(reduction="mean"),
    CELL,
    numbers=r"\frac{{{prior_probs} - {target_dist}}}{{{denominator}}}",
    sentence="If the logit of class {class} rises a little, the loss changes by {gradient} "
    "times that little.",
)


def _of_kept_mean() -> Rule:
    @gradient_of_mean
    def gradient(prior_probs: Array, target_dist: Array, denominator: Array, kept: Array) -> Array:
        """The prior stands in every probability, so it changes every gradient. An ignored row has
        none, also where all are ignored and the loss is 0/0."""
        rows = _pull(prior_probs, target_dist)
        rows *= np.where(kept, 1 / denominator, 0.0)[:, None]
        return rows

    return gradient


def _of_mean() -> Rule:
    @gradient_of_mean
    def gradient(prior_probs: Array, target_dist: Array, denominator: Array) -> Array:
        """The prior stands in every probability, so it changes every gradient."""
        rows = _pull(prior_probs, target_dist)
        rows /= denominator
        return rows

    return gradient


TOTAL, KEPT_MEAN, MEAN = _of_sum(), _of_kept_mean(), _of_mean()
