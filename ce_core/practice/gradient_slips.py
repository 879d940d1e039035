"""Slips on the way from the probabilities to the gradient."""

from collections.abc import Callable

import numpy as np

from ce_core.arrays import Array
from ce_core.practice.slip import Slip
from ce_core.rule import CELL, ROW, Rule, rule


def _share(title: str, formula: str, numbers: str, torch: str) -> Callable[..., Rule]:
    """Make the wrong rule for a sample's share."""
    return rule(
        title,
        formula,
        torch,
        ROW,
        numbers=numbers,
        sentence="{row:C} was given the share {share}.",
    )


def _no_share() -> Rule:
    def share(kept: Array) -> Array:
        """Each sample was given the whole say."""
        return np.where(kept, 1.0, 0.0)

    return _share("No share", "1", "1", "kept.double()")(share)


def _even_share() -> Rule:
    def share(kept: Array) -> Array:
        """Each sample was given the same say, as without weights."""
        return np.where(kept, 1 / max(kept.size, 1), 0.0)

    return _share("Even share", r"\frac{1}{N}", r"\frac{{1}}{{N}}", "kept.double() / kept.numel()")(
        share
    )


def _weight_by_count() -> Rule:
    def share(sample_weight: Array) -> Array:
        """The weight was divided by the number of samples."""
        return sample_weight / max(sample_weight.size, 1)

    return _share(
        "Weight by count",
        r"\frac{w_{y_i}}{N}",
        r"\frac{{{sample_weight}}}{{N}}",
        "sample_weight / sample_weight.numel()",
    )(share)


def _weight_alone() -> Rule:
    def share(sample_weight: Array) -> Array:
        """The weight was taken without dividing it by all of them."""
        return sample_weight + 0.0

    return _share("The weight alone", "w_{y_i}", "{sample_weight}", "sample_weight")(share)


def _turned() -> Rule:
    @rule(
        "Gradient with the sign turned",
        r"a_i \cdot ([\,c = y_i\,] - p_{ic})",
        "-gradient",
        CELL,
        numbers=r"{share} \cdot ([\,{class_number} = {target}\,] - {probs})",
        sentence="The gradient was taken as {gradient}.",
    )
    def gradient(share: Array, probs: Array, target: Array, kept: Array) -> Array:
        """The target less the probability: the step that is taken, not the gradient."""
        hot = np.zeros(probs.shape)
        places = np.nonzero(kept)
        hot[(*places, target[places])] = 1.0
        return share[:, None] * (hot - probs * kept[:, None])

    return gradient


GRADIENT_SLIPS = (
    Slip(
        "gradient_without_weight",
        "Left out the weight and the division by the sum of weights",
        "For one sample without weights the gradient is p - y, and that is what one remembers.",
        "Each row holds p, and p - 1 at the target, whatever the sample weighs.",
        "Multiply each row by its share, its weight divided by the sum of the targets' weights.",
        "logits.softmax(1) - F.one_hot(target, logits.shape[1])",
        (_no_share(),),
    ),
    Slip(
        "gradient_of_plain_mean",
        "Divided by the number of samples and left out the weight",
        "For a mean without weights the gradient is (p - y) / N.",
        "All rows pull equally hard, though the weights differ.",
        "Multiply each row by its share, its weight divided by the sum of the targets' weights.",
        "(logits.softmax(1) - F.one_hot(target, logits.shape[1])) / len(target)",
        (_even_share(),),
    ),
    Slip(
        "gradient_divided_by_batch_size",
        "Weighted each row, but divided by the number of samples",
        "A mean usually divides by how many numbers there are.",
        "Doubling all weights doubles this gradient; the right one stays.",
        "Divide by the sum of the targets' weights, as the mean does.",
        "weight[target][:, None] * (logits.softmax(1) - F.one_hot(target, logits.shape[1]))"
        " / len(target)",
        (_weight_by_count(),),
    ),
    Slip(
        "gradient_of_sum",
        "Weighted each row, but did not divide",
        "That is the gradient for reduction='sum'.",
        "Doubling all weights doubles this gradient; the right one stays.",
        "Divide by the sum of the targets' weights, as the mean does.",
        "weight[target][:, None] * (logits.softmax(1) - F.one_hot(target, logits.shape[1]))",
        (_weight_alone(),),
    ),
    Slip(
        "gradient_sign",
        "Turned the sign",
        "The step that is taken goes against the gradient, and the two are easily mixed up.",
        "The target's entry is above 0; it must be below, as raising that logit lowers the loss.",
        "Take p - y, the probability less the target, not y - p.",
        "-torch.autograd.grad(F.cross_entropy(logits, target, weight), logits)[0]",
        (_turned(),),
    ),
)
