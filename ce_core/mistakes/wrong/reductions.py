"""Wrong rules of the last step: what the losses are divided by."""

import numpy as np

from ce_core.arrays import Array
from ce_core.mistakes.parts import divided
from ce_core.rule import ONE, Rule, rule
from ce_core.rules.blending import per_class
from ce_core.words import words


def divide_by_count() -> Rule:
    """The denominator N, all rows counted."""

    @rule(
        "Number of samples",
        r"N",
        "torch.as_tensor(losses.numel(), dtype=losses.dtype, device=losses.device)",
        ONE,
        numbers=r"{denominator}",
        sentence="There are {denominator} samples.",
    )
    def denominator(losses: Array) -> Array:
        """Dividing by the number of samples is the plain mean; torch's weighted mean divides by
        the sum of the targets' weights."""
        return np.asarray(float(losses.size))

    return denominator


def divide_by_kept() -> Rule:
    @rule(
        "Number of samples that count",
        r"K",
        "kept.sum().to(losses.dtype)",
        ONE,
        numbers=r"{denominator}",
        sentence="There are {denominator} samples that count.",
    )
    def denominator(losses: Array, kept: Array) -> Array:  # noqa: ARG001 - says its dtype
        """Dividing by the rows that count is the plain mean; torch's weighted mean divides by the
        sum of their targets' weights."""
        return np.asarray(float(kept.sum()))

    return denominator


def all_weights() -> Rule:
    @rule(
        "Sum of all class weights",
        r"\sum_c w_c",
        "weight.sum()",
        ONE,
        numbers=r"{denominator}",
        sentence="The class weights sum to {denominator}.",
    )
    def denominator(weight: Array) -> Array:
        """Each class was counted once. Torch adds a weight for each sample: that of its target."""
        return np.asarray(weight.sum())

    return denominator


def weights_of_all_rows() -> Rule:
    @rule(
        "Rows, ignored ones included",
        r"W + \text{ignored rows}",
        "sample_weight.sum() + (~kept).sum()",
        ONE,
        numbers=r"{denominator}",
        sentence="With 1 for each ignored row the divisor is {denominator}.",
    )
    def denominator(sample_weight: Array, kept: Array) -> Array:
        """The ignored rows were counted in the mean; torch leaves them out of both sums."""
        return np.asarray(sample_weight.sum() + (~kept).sum())

    return denominator


def classes() -> Rule:
    @rule(
        "Number of classes",
        r"C",
        "torch.as_tensor(log_probs.shape[1], dtype=log_probs.dtype, device=log_probs.device)",
        ONE,
        numbers=r"{denominator}",
        sentence="There are {denominator} classes.",
    )
    def denominator(log_probs: Array) -> Array:
        """The sum was divided by the number of classes; a mean is over the samples."""
        return np.asarray(float(log_probs.shape[1]))

    return denominator


def elements() -> Rule:
    @rule(
        "Number of entries, N times C",
        r"N \cdot C",
        "torch.as_tensor(log_probs.numel(), dtype=log_probs.dtype, device=log_probs.device)",
        ONE,
        numbers=r"{denominator}",
        sentence="The logits have {denominator} entries.",
    )
    def denominator(log_probs: Array) -> Array:
        """The mean was taken over all entries, as .mean() does over an (N, C) table; each sample
        has one loss, not C."""
        return np.asarray(float(log_probs.size))

    return denominator


def target_weights() -> Rule:
    @rule(
        "Sum of the targets' weights",
        r"\sum_i \sum_c w_c \cdot q_{ic}",
        "target_dist.movedim(1, -1).mul(weight).sum()",
        ONE,
        numbers=r"{denominator}",
        sentence="The targets' weights sum to {denominator}.",
    )
    def denominator(target_dist: Array, weight: Array) -> Array:
        """With class numbers torch would divide by the targets' weights; with probabilities it
        divides by the number of samples."""
        return np.asarray((target_dist * per_class(weight, target_dist)).sum())

    return denominator


def not_divided(why: str) -> Rule:
    def mean_loss(sum_loss: Array) -> Array:
        return sum_loss

    mean_loss.__doc__ = why
    return rule(
        "The sum, not divided",
        r"\sum_i L_i",
        "sum_loss + 0",
        ONE,
        numbers=r"{sum_loss}",
        sentence="The sum {sum_loss} was not divided.",
    )(mean_loss)


def twice() -> Rule:
    @rule(
        "Mean, divided by N again",
        r"\frac{1}{N} \cdot \frac{\sum_i L_i}{W}",
        "sum_loss / denominator / losses.numel()",
        ONE,
        numbers=r"\frac{{{sum_loss}}}{{{denominator} \cdot N}}",
        sentence="The mean was divided by the number of samples once more: {mean_loss}.",
    )
    def mean_loss(sum_loss: Array, denominator: Array, losses: Array) -> Array:
        """It was a mean already; dividing again makes it too small."""
        return divided(divided(sum_loss, denominator), losses.size)

    return mean_loss


def zero_for_nothing() -> Rule:
    @rule(
        "Mean, 0 where nothing counts",
        r"L = 0",
        "torch.where(denominator == 0, 0, sum_loss / denominator)",
        ONE,
        numbers=r"0",
        sentence="No row counts, so the loss was taken as {mean_loss}.",
    )
    def mean_loss(sum_loss: Array, denominator: Array) -> Array:
        """Before version 1.11 torch gave 0 where every row is ignored; 0/0 is nan now."""
        return np.where(denominator == 0, 0.0, divided(sum_loss, denominator))

    return mean_loss


def _parts_of(losses: Array, size: int) -> range:
    return range(0, max(len(losses), 1), size)


def mean_of_means(size: int) -> Rule:
    @rule(
        words("Mean of the means of parts of {size}", size=size),
        r"\frac{1}{B} \sum_b L_b",
        f"torch.stack([a.sum() / b.sum() for a, b in zip(losses.split({size}),"
        f" sample_weight.split({size}))]).mean()",
        ONE,
        numbers=r"\frac{{1}}{{B}} \sum L_b",
        sentence=words("The means of parts of {size} average to {{mean_loss}}.", size=size),
    )
    def mean_loss(losses: Array, sample_weight: Array) -> Array:
        """Each part divided by its own weights, and then every part counted the same."""
        parts = [
            divided(losses[k : k + size].sum(), sample_weight[k : k + size].sum())
            for k in _parts_of(losses, size)
        ]
        return np.asarray(np.mean(parts))

    return mean_loss


def mean_over_sum(key: str) -> Rule:
    def sum_loss(losses: Array) -> Array:
        return divided(losses.sum(), losses.size)

    sum_loss.__name__ = key
    sum_loss.__doc__ = "The losses were averaged, where their sum was asked for."
    return rule(
        "Average of the losses",
        r"\frac{1}{N} \sum_i L_i",
        "losses.mean()",
        ONE,
        numbers=r"\frac{{{losses:+}}}{{N}}",
        sentence="The losses average to {sum_loss}.",
    )(sum_loss)


def weighted_mean_over_sum() -> Rule:
    @rule(
        "Weighted mean of the losses",
        r"\frac{\sum_i L_i}{W}",
        "losses.sum() / sample_weight.sum()",
        ONE,
        numbers=r"\frac{{{losses:+}}}{{{sample_weight:+}}}",
        sentence="The weighted mean is {sum_loss}.",
    )
    def sum_loss(losses: Array, sample_weight: Array) -> Array:
        """The weighted mean was taken, where the sum was asked for."""
        return divided(losses.sum(), sample_weight.sum())

    return sum_loss
