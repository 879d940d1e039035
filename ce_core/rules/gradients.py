"""The gradient of the answer's sum with respect to the logits, in closed form.

The torch text is autograd on `F.cross_entropy` itself, not the formula a second time.
"""

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import CELL, ROW, Rule, rule
from ce_core.rules.blending import per_class

# torch.func.grad would say the same, but its first call imports torch's compiler: seconds
AUTOGRAD = (
    "(lambda z: torch.autograd.grad(F.cross_entropy(z, target, weight,"
    " ignore_index=int(ignore_index), label_smoothing=float(label_smoothing),"
    " reduction='{reduction}'), z)[0])(logits.detach().requires_grad_())"
)
TOTAL, MEAN = AUTOGRAD.format(reduction="sum"), AUTOGRAD.format(reduction="mean")


def _from_target(factor: Array, probs: Array, target: Array, kept: Array) -> Array:
    """factor_i (p_ic - [c = y_i]), with the second term only in rows that count."""
    rows = factor[:, None] * probs
    places = np.nonzero(kept)
    np.moveaxis(rows, 1, -1)[(*places, target[places])] -= factor[places]
    return rows


def _from_blend(weight: Array, target_dist: Array, probs: Array) -> Array:
    """p_ic sum_k w_k q_ik - w_c q_ic: what one sample's loss gives."""
    wanted = target_dist * per_class(weight, target_dist)
    rows = probs * wanted.sum(axis=1)[:, None]
    rows -= wanted
    return rows


@rule(
    "Share of the mean",
    r"a_i = \frac{w_{y_i}}{W}",
    "(sample_weight / denominator).where(kept, 0)",
    ROW,
    numbers=r"\frac{{{sample_weight}}}{{{denominator}}}",
    sentence="{row:C} has {sample_weight} of the {denominator} in weights: a share of {share}.",
)
def share(sample_weight: Array, denominator: Array, kept: Array) -> Array:
    """How much each sample has to say. The shares sum to 1, so a heavier class takes from the
    others."""
    return np.where(kept, sample_weight / denominator, 0.0)


def _picked_mean() -> Rule:
    @rule(
        "Gradient of the mean",
        r"\frac{\partial L}{\partial z_{ic}} = a_i \cdot (p_{ic} - [\,c = y_i\,])",
        MEAN,
        CELL,
        numbers=r"{share} \cdot ({probs} - [\,{class_number} = {target}\,])",
        sentence="If the logit of class {class} rises a little, the loss changes by {gradient} "
        "times that little.",
    )
    def gradient(share: Array, probs: Array, target: Array, kept: Array) -> Array:
        """A step against the gradient raises the target's logit and lowers the others."""
        return _from_target(share, probs, target, kept)

    return gradient


def _picked_total() -> Rule:
    @rule(
        "Gradient of the sum",
        r"\frac{\partial \sum_j L_j}{\partial z_{ic}} = w_{y_i} \cdot (p_{ic} - [\,c = y_i\,])",
        TOTAL,
        CELL,
        numbers=r"{sample_weight} \cdot ({probs} - [\,{class_number} = {target}\,])",
        sentence="If the logit of class {class} rises a little, the sum of the losses changes by "
        "{gradient} times that little.",
    )
    def gradient(sample_weight: Array, probs: Array, target: Array, kept: Array) -> Array:
        """A step against the gradient raises the target's logit and lowers the others."""
        return _from_target(sample_weight, probs, target, kept)

    return gradient


def _blend_total() -> Rule:
    @rule(
        "Gradient of the sum",
        r"\frac{\partial \sum_j L_j}{\partial z_{ic}} ="
        r" p_{ic} \cdot \sum_k w_k q_{ik} - w_c \cdot q_{ic}",
        TOTAL,
        CELL,
        numbers=r"{probs} \cdot \sum_k w_k q_{{ik}} - {weight} \cdot {target_dist}",
        sentence="If the logit of class {class} rises a little, the sum of the losses changes by "
        "{gradient} times that little.",
    )
    def gradient(weight: Array, target_dist: Array, probs: Array) -> Array:
        """It pulls the probabilities towards the weighted target, not the target itself."""
        return _from_blend(weight, target_dist, probs)

    return gradient


def _blend_mean() -> Rule:
    @rule(
        "Gradient of the mean",
        r"\frac{\partial L}{\partial z_{ic}} ="
        r" \frac{1}{N} \cdot \Bigl(p_{ic} \cdot \sum_k w_k q_{ik} - w_c \cdot q_{ic}\Bigr)",
        MEAN,
        CELL,
        numbers=r"\frac{{1}}{{{denominator}}} \cdot \Bigl({probs} \cdot \sum_k w_k q_{{ik}}"
        r" - {weight} \cdot {target_dist}\Bigr)",
        sentence="If the logit of class {class} rises a little, the loss changes by {gradient} "
        "times that little.",
    )
    def gradient(weight: Array, target_dist: Array, probs: Array, denominator: Array) -> Array:
        """It pulls the probabilities towards the weighted target, not the target itself."""
        rows = _from_blend(weight, target_dist, probs)
        rows /= denominator
        return rows

    return gradient


def _equal_share() -> Rule:
    @rule(
        "Factor of each sample's loss",
        r"a_i = \frac{k_i}{W}",
        "(1 / denominator.where(sample_weight.ne(0).any(), torch.nan)).where(kept, 0)",
        ROW,
        numbers=r"\frac{{{kept}}}{{{denominator}}}",
        sentence="The loss of {row} is multiplied by {share} in the mean.",
    )
    def share(denominator: Array, sample_weight: Array, kept: Array) -> Array:
        """Each weighted loss is divided by the sum of the targets' weights; a row that is ignored
        has no say."""
        return np.where(kept, 1 / np.where(sample_weight.any(), denominator, np.nan), 0.0)

    return share


def _shared_blend() -> Rule:
    @rule(
        "Gradient of the mean",
        r"\frac{\partial L}{\partial z_{ic}} ="
        r" a_i \cdot \Bigl(p_{ic} \cdot \sum_k w_k q_{ik} - w_c \cdot q_{ic}\Bigr)",
        MEAN,
        CELL,
        numbers=r"{share} \cdot \Bigl({probs} \cdot \sum_k w_k q_{{ik}}"
        r" - {weight} \cdot {target_dist}\Bigr)",
        sentence="If the logit of class {class} rises a little, the loss changes by {gradient} "
        "times that little.",
    )
    def gradient(share: Array, weight: Array, target_dist: Array, probs: Array) -> Array:
        """It pulls the probabilities towards the weighted target, not the target itself."""
        rows = _from_blend(weight, target_dist, probs)
        rows *= share[:, None]
        return rows

    return gradient


PICKED_MEAN = (share, _picked_mean())
PICKED_TOTAL = (_picked_total(),)
BLEND_TOTAL = (_blend_total(),)
BLEND_MEAN = (_blend_mean(),)
SMOOTHED_MEAN = (_equal_share(), _shared_blend())
