"""Each row's gradient taken apart: how long it is and which way it points.

For every kind of target and reduction a row's gradient is one number times a difference of two
distributions, F_i (p_i - r_i). The weights of class numbers without smoothing are in F alone; those
of a smoothed target or of class probabilities are in r as well, which is the target q with each
class's part multiplied by that class's weight and then divided so that it sums to 1.
"""

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.descent.factors import CARRIED, CARRIED_MEAN, CARRIED_SHARE, SHARE, WEIGHT
from ce_core.rule import CELL, ONE, ROW, Rule, rule
from ce_core.rules.blending import per_class
from ce_core.trace import Trace, fold


@rule(
    "Target as a distribution",
    r"q_{ic} = [\,c = y_i\,]",
    "F.one_hot(target.where(kept, 0), logits.shape[1]).movedim(-1, 1) * kept.unsqueeze(1)",
    CELL,
    numbers=r"[\,{class_number} = {target}\,]",
    sentence="The target asks {target_dist} of class {class}.",
)
def target_dist(target: Array, kept: Array, probs: Array) -> Array:
    """All of the probability belongs to the target's class; a row that is ignored asks nothing."""
    wanted = np.zeros(probs.shape)
    places = np.nonzero(kept)
    np.moveaxis(wanted, 1, -1)[(*places, target[places])] = 1
    return wanted


def _aim_of_class() -> Rule:
    @rule(
        "Where the row is pulled",
        r"r_{ic} = q_{ic}",
        "target_dist",
        CELL,
        numbers=r"{target_dist}",
        sentence="The row is pulled to {aim} for class {class}.",
    )
    def aim(target_dist: Array) -> Array:
        """One class gets all of it, so its weight cannot move the aim."""
        return target_dist

    return aim


@rule(
    "Weight of the row's target",
    r"w_{q_i} = \sum_k w_k q_{ik}",
    "(target_dist.movedim(1, -1) * weight).sum(-1)",
    ROW,
    numbers=r"\sum_k w_k q_{{ik}}",
    sentence="The target of {row} weighs {carried} in all.",
)
def carried(weight: Array, target_dist: Array) -> Array:
    """Each class's part of the target counts with that class's weight."""
    return (target_dist * per_class(weight, target_dist)).sum(axis=1)


def _aim_of_blend() -> Rule:
    @rule(
        "Where the row is pulled",
        r"r_{ic} = \frac{w_c \cdot q_{ic}}{w_{q_i}}",
        "target_dist * weight / carried",
        CELL,
        numbers=r"\frac{{{weight} \cdot {target_dist}}}{{{carried}}}",
        sentence="The row is pulled to {aim} for class {class}.",
    )
    def aim(weight: Array, target_dist: Array, carried: Array) -> Array:
        """A heavy class gets more than the target asks for it, a light one less. 0/0, where the
        target weighs nothing, is nan."""
        return target_dist * per_class(weight, target_dist) / carried[:, None]

    return aim


def _pull_to_class() -> Rule:
    @rule(
        "The gradient, as a factor times a difference",
        r"\frac{\partial L}{\partial z_{ic}} = F_i \cdot (p_{ic} - q_{ic})",
        "factor.unsqueeze(1) * (probs - target_dist)",
        CELL,
        numbers=r"{factor} \cdot ({probs} - {target_dist})",
        sentence="{factor} times the difference of {probs} and {target_dist} is {pull}.",
    )
    def pull(factor: Array, probs: Array, target_dist: Array) -> Array:
        """The same numbers as the gradient: p − q says which way, F says how far."""
        return factor[:, None] * (probs - target_dist)

    return pull


def _pull_to_blend() -> Rule:
    @rule(
        "The gradient, as a factor times a difference",
        r"\frac{\partial L}{\partial z_{ic}} = F_i \cdot (p_{ic} - r_{ic})",
        "factor.unsqueeze(1) * (probs - aim)",
        CELL,
        numbers=r"{factor} \cdot ({probs} - {aim})",
        sentence="{factor} times the difference of {probs} and {aim} is {pull}.",
    )
    def pull(factor: Array, probs: Array, aim: Array) -> Array:
        """The same numbers as the gradient: p − r says which way, F says how far."""
        return factor[:, None] * (probs - aim)

    return pull


@rule(
    "Sum of each row's gradient",
    r"\sum_c g_{ic}",
    "gradient.sum(dim=1)",
    ROW,
    numbers=r"{gradient:+}",
    sentence="The gradient of {row} sums to {row_total}.",
)
def row_total(gradient: Array) -> Array:
    """0, since p and r both sum to 1: what one logit is raised by, the others are lowered by."""
    return gradient.sum(axis=1)


@rule(
    "Length of each row's gradient",
    r"\lVert g_i \rVert = \sqrt{\sum_c g_{ic}^2}",
    "gradient.square().sum(dim=1).sqrt()",
    ROW,
    numbers=r"\sqrt{{\sum_c g_{{ic}}^2}}",
    sentence="The gradient of {row} is {length} long.",
)
def length(gradient: Array) -> Array:
    """How far one step of gradient descent moves the row's logits, for a rate of 1."""
    return np.sqrt(np.square(gradient).sum(axis=1))


@rule(
    "Length of the whole gradient",
    r"\lVert g \rVert = \sqrt{\sum_i \lVert g_i \rVert^2}",
    "length.square().sum().sqrt()",
    ONE,
    numbers=r"\sqrt{{\sum_i \lVert g_i \rVert^2}}",
    sentence="The gradient of the batch is {whole_length} long.",
)
def whole_length(length: Array) -> Array:
    """How far one step moves all logits together."""
    return np.asarray(np.sqrt(np.square(length).sum()))


LENGTHS = (row_total, length, whole_length)
PICKED = (target_dist, _aim_of_class())
BLEND = (carried, _aim_of_blend())
TO_CLASS, TO_BLEND = _pull_to_class(), _pull_to_blend()
# (target holds probabilities, smoothed, mean) -> what takes the gradient apart
APART: dict[tuple[bool, bool, bool], tuple[Rule, ...]] = {
    (False, False, True): (*PICKED, SHARE, TO_CLASS),
    (False, False, False): (*PICKED, WEIGHT, TO_CLASS),
    (False, True, True): (*BLEND, CARRIED_SHARE, TO_BLEND),
    (False, True, False): (*BLEND, CARRIED, TO_BLEND),
    (True, False, True): (*BLEND, CARRIED_MEAN, TO_BLEND),
    (True, False, False): (*BLEND, CARRIED, TO_BLEND),
    (True, True, True): (*BLEND, CARRIED_MEAN, TO_BLEND),
    (True, True, False): (*BLEND, CARRIED, TO_BLEND),
}


def pulls(trace: Trace) -> Trace:
    """The trace with more steps: its gradient taken apart, and how long it is.

    Args:
        trace: of logits (N, C, ..).

    Returns:
        The same steps and, after them, `target_dist` where it was not there (N, C, ..), `aim`
        (N, C, ..), `factor` (N, ..), `pull` (N, C, ..), which is the gradient again, `row_total`
        and `length` (N, ..), and `whole_length` ().
    """
    case = trace.case
    known = dict(case.inputs) | {step.key: step.output for step in trace}
    rules = (*APART[_kind(case)], *LENGTHS)
    return Trace(case, (*trace.steps, *fold(known, rules)))


def _kind(case: Case) -> tuple[bool, bool, bool]:
    return case.soft, case.smooths, case.reduction == "mean"
