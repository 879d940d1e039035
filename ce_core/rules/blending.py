"""Label smoothing and class probabilities: the target is a distribution over the classes."""

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import CELL, ROW, Rule, rule

TERMS = r"t_{ic} = -w_c \cdot q_{ic} \cdot \log p_{ic}"


def per_class(weight: Array, cells: Array) -> Array:
    """The class weights, shaped to multiply (N, C, d1, ..) along the class axis."""
    return weight.reshape(1, -1, *[1] * (cells.ndim - 2))


def _smoothed_index() -> Rule:
    @rule(
        "Smoothed target",
        r"q_{ic} = (1-\varepsilon) \cdot [\,c = y_i\,] + \frac{\varepsilon}{C}",
        "((1 - label_smoothing) * F.one_hot(target.where(kept, 0), logits.shape[1]).movedim(-1, 1)"
        " + label_smoothing / logits.shape[1]).where(kept.unsqueeze(1), 0)",
        CELL,
        numbers=r"(1 - {label_smoothing}) \cdot [\,{class_number} = {target}\,]"
        r" + \frac{{{label_smoothing}}}{{{classes}}}",
        sentence="The smoothed target of class {class} is {target_dist}: the true class gives up "
        "{label_smoothing}, and all {classes} classes share that equally.",
    )
    def target_dist(target: Array, label_smoothing: Array, kept: Array, log_probs: Array) -> Array:
        """Smoothing asks for a little of every class. The target keeps 1 - ε + ε/C, not 1 - ε."""
        classes = log_probs.shape[1]
        spread = np.where(kept[:, None], label_smoothing / max(classes, 1), 0.0)
        blended = np.broadcast_to(spread, log_probs.shape).copy()
        places = np.nonzero(kept)
        np.moveaxis(blended, 1, -1)[(*places, target[places])] += 1 - label_smoothing
        return blended

    return target_dist


def _given() -> Rule:
    @rule(
        "Target distribution",
        r"q_{ic} = y_{ic}",
        "target",
        CELL,
        numbers=r"{target}",
        sentence="The target gives class {class} the probability {target_dist}.",
    )
    def target_dist(target: Array) -> Array:
        """A float target of the logits' shape already says how probable each class should be.
        Torch does not check that a row sums to 1."""
        return target

    return target_dist


def _smoothed_given() -> Rule:
    @rule(
        "Smoothed target",
        r"q_{ic} = (1-\varepsilon) \cdot y_{ic} + \frac{\varepsilon}{C}",
        "(1 - label_smoothing) * target + label_smoothing / logits.shape[1]",
        CELL,
        numbers=r"(1 - {label_smoothing}) \cdot {target}"
        r" + \frac{{{label_smoothing}}}{{{classes}}}",
        sentence="The smoothed target of class {class} is {target_dist}: each class gives up the "
        "part {label_smoothing} of its own, and all {classes} classes share what was given up.",
    )
    def target_dist(target: Array, label_smoothing: Array) -> Array:
        """Smoothing mixes the target with the even distribution over all classes."""
        return (1 - label_smoothing) * target + label_smoothing / max(target.shape[1], 1)

    return target_dist


def _counted_terms() -> Rule:
    @rule(
        "Weighted terms",
        TERMS,
        "-(target_dist * log_probs).movedim(1, -1).mul(weight).movedim(-1, 1)"
        ".where(kept.unsqueeze(1), 0)",
        CELL,
        numbers=r"-{weight} \cdot {target_dist} \cdot {log_probs}",
        sentence="Class {class} adds its weight {weight} times {target_dist} times the negative "
        "log-probability: {weighted_terms}.",
    )
    def weighted_terms(weight: Array, target_dist: Array, log_probs: Array, kept: Array) -> Array:
        """Each class's part is weighed by that class's own weight, also the part that smoothing
        spread away from the target."""
        terms = -(target_dist * log_probs * per_class(weight, log_probs))
        terms[np.broadcast_to(~kept[:, None], terms.shape)] = 0
        return terms

    return weighted_terms


def _terms() -> Rule:
    @rule(
        "Weighted terms",
        TERMS,
        "-(target_dist * log_probs).movedim(1, -1).mul(weight).movedim(-1, 1)",
        CELL,
        numbers=r"-{weight} \cdot {target_dist} \cdot {log_probs}",
        sentence="Class {class} adds its weight {weight} times {target_dist} times the negative "
        "log-probability: {weighted_terms}.",
    )
    def weighted_terms(weight: Array, target_dist: Array, log_probs: Array) -> Array:
        """Each class's part is weighed by that class's own weight."""
        return -(target_dist * log_probs * per_class(weight, log_probs))

    return weighted_terms


@rule(
    "Loss of each sample",
    r"L_i = \sum_c t_{ic}",
    "weighted_terms.sum(dim=1)",
    ROW,
    numbers=r"{weighted_terms:+}",
    sentence="The terms of all classes make the loss of {row}: {losses}.",
)
def losses(weighted_terms: Array) -> Array:
    """All classes together make the sample's loss. This list is what reduction='none' returns."""
    return weighted_terms.sum(axis=1)


SMOOTHED_INDEX = (_smoothed_index(), _counted_terms(), losses)
GIVEN = (_given(), _terms(), losses)
SMOOTHED_GIVEN = (_smoothed_given(), _terms(), losses)
