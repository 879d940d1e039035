"""From one loss per sample to one number: the sum, and the mean with what it is divided by."""

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import ONE, Rule, rule


@rule(
    "Sum of the losses",
    r"\sum_i L_i",
    "losses.sum()",
    ONE,
    numbers=r"{losses:+}",
    sentence="All weighted losses together are {sum_loss}.",
)
def sum_loss(losses: Array) -> Array:
    """What reduction='sum' returns, and the mean's numerator."""
    return np.asarray(losses.sum())


def _weights() -> Rule:
    @rule(
        "Sum of the targets' weights",
        r"W = \sum_i w_{y_i}",
        "sample_weight.sum()",
        ONE,
        numbers=r"{sample_weight:+}",
        sentence="The weights of the rows that count sum to {denominator}.",
    )
    def denominator(sample_weight: Array) -> Array:
        """The weighted mean divides by this and not by the number of samples. The two are the
        same only if all weights are 1 and no row is ignored."""
        return np.asarray(sample_weight.sum())

    return denominator


def _count() -> Rule:
    @rule(
        "Number of samples",
        r"N",
        "torch.as_tensor(target.numel(), dtype=target.dtype, device=target.device)"
        " / target.shape[1]",
        ONE,
        numbers=r"{denominator}",
        sentence="There are {denominator} samples.",
    )
    def denominator(target: Array) -> Array:
        """With class probabilities as target the mean divides by the number of samples; the
        weights do not enter."""
        return np.divide(target.size, target.shape[1])

    return denominator


@rule(
    "Mean loss",
    r"L = \frac{\sum_i L_i}{W}",
    "sum_loss / denominator",
    ONE,
    numbers=r"\frac{{{sum_loss}}}{{{denominator}}}",
    sentence="{sum_loss} divided by the sum of the targets' weights, {denominator}, is "
    "{mean_loss}.",
)
def mean_loss(sum_loss: Array, denominator: Array) -> Array:
    """A weighted average: scaling all class weights by one factor changes nothing. 0/0, when no
    row counts, is nan."""
    return np.asarray(sum_loss / denominator)


def _mean_by_count() -> Rule:
    @rule(
        "Mean loss",
        r"L = \frac{\sum_i L_i}{N}",
        "sum_loss / denominator",
        ONE,
        numbers=r"\frac{{{sum_loss}}}{{{denominator}}}",
        sentence="{sum_loss} divided by the number of samples, {denominator}, is {mean_loss}.",
    )
    def mean_loss(sum_loss: Array, denominator: Array) -> Array:
        """A plain average: scaling all class weights scales the loss. 0/0, when there is no
        sample, is nan."""
        return np.asarray(sum_loss / denominator)

    return mean_loss


def _mean_of_smoothed() -> Rule:
    @rule(
        "Mean loss",
        r"L = \frac{\sum_i L_i}{W}",
        "sum_loss / denominator.where(sample_weight.ne(0).any(), torch.nan)",
        ONE,
        numbers=r"\frac{{{sum_loss}}}{{{denominator}}}",
        sentence="{sum_loss} divided by the sum of the targets' weights, {denominator}, is "
        "{mean_loss}.",
    )
    def mean_loss(sum_loss: Array, denominator: Array, sample_weight: Array) -> Array:
        """Only the targets' own weights are in the denominator, though smoothing brought all
        classes' weights into the sum. If no target weighs anything the mean is nan."""
        return np.asarray(sum_loss / np.where(sample_weight.any(), denominator, np.nan))

    return mean_loss


WEIGHT_SUM = (_weights(), mean_loss)
SMOOTHED_WEIGHT_SUM = (_weights(), _mean_of_smoothed())
COUNT = (_count(), _mean_by_count())
