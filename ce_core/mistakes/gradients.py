"""Slips of the gradient: what is left of the weights and of the division in it."""

from collections.abc import Callable

import numpy as np

from ce_core.arrays import Array
from ce_core.mistakes import examples
from ce_core.mistakes.parts import one_hot
from ce_core.mistakes.record import Mistake, Slot, Way
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


HOT = "F.one_hot(target.where(kept, 0), probs.shape[1]).movedim(-1, 1)"


def _gradient(*, turned: bool) -> Rule:
    sign = -1.0 if turned else 1.0

    def gradient(share: Array, probs: Array, target: Array, kept: Array) -> Array:
        apart = probs - one_hot(target, kept, probs.shape[1])
        return sign * share[:, None] * np.where(kept[:, None], apart, 0.0)

    gradient.__doc__ = (
        "The target less the probability: the step that is taken, not the gradient."
        if turned
        else "The share is what went wrong; p − y is multiplied by it."
    )
    brackets = r"[\,c = y_i\,] - p_{ic}" if turned else r"p_{ic} - [\,c = y_i\,]"
    numbers = (
        r"[\,{class_number} = {target}\,] - {probs}"
        if turned
        else r"{probs} - [\,{class_number} = {target}\,]"
    )
    return rule(
        "Gradient with the sign turned" if turned else "Gradient with that share",
        rf"a_i \cdot ({brackets})",
        f"{sign} * share.unsqueeze(1) * (probs - {HOT}).where(kept.unsqueeze(1), 0)",
        CELL,
        numbers=rf"{{share}} \cdot ({numbers})",
        sentence="The gradient was taken as {gradient}.",
    )(gradient)


GRADIENT_WITHOUT_WEIGHT = Mistake(
    "gradient_without_weight",
    "Left out the weight and the division by the sum of weights",
    "For one sample without weights the gradient is p - y, and that is what one remembers.",
    "Each row holds p, and p - 1 at the target, whatever the sample weighs.",
    "Multiply each row by its share, its weight divided by the sum of the targets' weights.",
    "My gradient is p − y.",
    Slot.GRADIENT,
    (
        Way(
            (_no_share(), _gradient(turned=False)),
            "logits.softmax(1) - F.one_hot(target, logits.shape[1])",
            examples.WEIGHTED,
            combines=False,
        ),
    ),
)
GRADIENT_OF_PLAIN_MEAN = Mistake(
    "gradient_of_plain_mean",
    "Divided by the number of samples and left out the weight",
    "For a mean without weights the gradient is (p - y) / N.",
    "All rows pull equally hard, though the weights differ.",
    "Multiply each row by its share, its weight divided by the sum of the targets' weights.",
    "My gradient is (p − y) / N.",
    Slot.GRADIENT,
    (
        Way(
            (_even_share(), _gradient(turned=False)),
            "(logits.softmax(1) - F.one_hot(target, logits.shape[1])) / len(target)",
            examples.WEIGHTED,
            combines=False,
        ),
    ),
)
GRADIENT_DIVIDED_BY_BATCH_SIZE = Mistake(
    "gradient_divided_by_batch_size",
    "Weighted each row, but divided by the number of samples",
    "A mean usually divides by how many numbers there are.",
    "Doubling all weights doubles this gradient; the right one stays.",
    "Divide by the sum of the targets' weights, as the mean does.",
    "My gradient is w (p − y) / N.",
    Slot.GRADIENT,
    (
        Way(
            (_weight_by_count(), _gradient(turned=False)),
            "weight[target][:, None] * (logits.softmax(1) - F.one_hot(target, logits.shape[1])) "
            "/ len(target)",
            examples.WEIGHTED,
            combines=False,
        ),
    ),
)
GRADIENT_OF_SUM = Mistake(
    "gradient_of_sum",
    "Weighted each row, but did not divide",
    "That is the gradient for reduction='sum'.",
    "Doubling all weights doubles this gradient; the right one stays.",
    "Divide by the sum of the targets' weights, as the mean does.",
    "My gradient is w (p − y).",
    Slot.GRADIENT,
    (
        Way(
            (_weight_alone(), _gradient(turned=False)),
            "weight[target][:, None] * (logits.softmax(1) - F.one_hot(target, logits.shape[1]))",
            examples.WEIGHTED,
            combines=False,
        ),
    ),
)
GRADIENT_SIGN = Mistake(
    "gradient_sign",
    "Turned the sign",
    "The step that is taken goes against the gradient, and the two are easily mixed up.",
    "The target's entry is above 0; it must be below, as raising that logit lowers the loss.",
    "Take p - y, the probability less the target, not y - p.",
    "My gradient is y − p, times the share.",
    Slot.GRADIENT,
    (
        Way(
            (_gradient(turned=True),),
            "weight[target][:, None] / weight[target].sum() "
            "* (F.one_hot(target, logits.shape[1]) - logits.softmax(1))",
            examples.WEIGHTED,
            combines=False,
        ),
    ),
)

GRADIENT_MISTAKES = (
    GRADIENT_WITHOUT_WEIGHT,
    GRADIENT_OF_PLAIN_MEAN,
    GRADIENT_DIVIDED_BY_BATCH_SIZE,
    GRADIENT_OF_SUM,
    GRADIENT_SIGN,
)
