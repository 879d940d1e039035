"""Label smoothing as a blend: what the target keeps, what all classes share, what each part costs.

The loss of a row is the sum of two parts, for it is linear in the target:
(1 - ε) times the loss without smoothing, and ε / C times the loss of every class in turn.
"""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.rule import CELL, ONE, ROW, rule
from ce_core.rules.softmax import SOFTMAX
from ce_core.targets.hot import counted, smoothing_of, target_rows
from ce_core.trace import Step, as_rows, fold, run


@dataclass(frozen=True, eq=False)
class Blend:
    """A case's targets taken apart.

    Attributes:
        steps: `kept_part`, `shared_part`, `blended`, `kept_terms`, `shared_terms` of (M, C),
            `row_sum`, `kept_loss` and `shared_loss` of (M,), `kept_mean` and `shared_mean` of ().
    """

    steps: tuple[Step, ...]

    def __getitem__(self, key: str) -> Array:
        return next(step.output for step in self.steps if step.key == key)


@rule(
    "What the target keeps",
    r"(1 - \varepsilon) \cdot y_{ic}",
    "(1 - label_smoothing) * y",
    CELL,
    numbers=r"(1 - {label_smoothing}) \cdot {y}",
    sentence="Class {class} keeps {kept_part}.",
)
def kept_part(y: Array, label_smoothing: Array) -> Array:
    """The target gives up the part ε of itself."""
    return (1 - label_smoothing) * y


@rule(
    "What all classes share",
    r"\frac{\varepsilon}{C}",
    "label_smoothing / y.shape[1] * counts.unsqueeze(1)",
    CELL,
    numbers=r"\frac{{{label_smoothing}}}{{{classes}}}",
    sentence="Class {class} gets {shared_part}, as every class does.",
)
def shared_part(y: Array, label_smoothing: Array, counts: Array) -> Array:
    """Every class gets the same, the target's own class included. A row that is ignored has no
    target to give anything up."""
    return np.broadcast_to(counts[:, None] * (label_smoothing / max(y.shape[1], 1)), y.shape).copy()


@rule(
    "Smoothed target",
    r"q_{ic} = (1 - \varepsilon) \cdot y_{ic} + \frac{\varepsilon}{C}",
    "kept_part + shared_part",
    CELL,
    numbers=r"{kept_part} + {shared_part}",
    sentence="Both parts together are {blended}.",
)
def blended(kept_part: Array, shared_part: Array) -> Array:
    """The target's class has 1 - ε + ε/C, every other class ε/C, so the row still sums to 1."""
    return kept_part + shared_part


@rule(
    "Sum of the smoothed target",
    r"\sum_c q_{ic}",
    "blended.sum(dim=1)",
    ROW,
    numbers=r"{blended:+}",
    sentence="The smoothed target sums to {row_sum}.",
)
def row_sum(blended: Array) -> Array:
    """1 wherever the target itself sums to 1: what is given up is shared out again."""
    return blended.sum(axis=1)


def _priced(part: Array, log_probs: Array, weight: Array) -> Array:
    return np.where(part == 0, 0.0, -(part * log_probs * weight))


@rule(
    "Terms of what the target keeps",
    r"-w_c \cdot (1 - \varepsilon) y_{ic} \cdot \log p_{ic}",
    "(-weight * kept_part * log_probs).where(kept_part != 0, 0)",
    CELL,
    numbers=r"-{weight} \cdot {kept_part} \cdot {log_probs}",
    sentence="Class {class} adds {kept_terms}.",
)
def kept_terms(kept_part: Array, log_probs: Array, weight: Array) -> Array:
    """What the loss without smoothing adds up, times 1 - ε. A part of 0 costs 0, also where log p
    is minus infinity."""
    return _priced(kept_part, log_probs, weight)


@rule(
    "Terms of what all classes share",
    r"-w_c \cdot \frac{\varepsilon}{C} \cdot \log p_{ic}",
    "(-weight * shared_part * log_probs).where(shared_part != 0, 0)",
    CELL,
    numbers=r"-{weight} \cdot {shared_part} \cdot {log_probs}",
    sentence="Class {class} adds {shared_terms}.",
)
def shared_terms(shared_part: Array, log_probs: Array, weight: Array) -> Array:
    """Each class's share is weighed by that class's own weight, not by the target's."""
    return _priced(shared_part, log_probs, weight)


@rule(
    "Cost of what the target keeps",
    r"\sum_c -w_c (1 - \varepsilon) y_{ic} \log p_{ic}",
    "kept_terms.sum(dim=1)",
    ROW,
    numbers=r"{kept_terms:+}",
    sentence="The target's part of the loss is {kept_loss}.",
)
def kept_loss(kept_terms: Array) -> Array:
    """The loss without smoothing, times 1 - ε."""
    return kept_terms.sum(axis=1)


@rule(
    "Cost of what all classes share",
    r"\frac{\varepsilon}{C} \sum_c -w_c \log p_{ic}",
    "shared_terms.sum(dim=1)",
    ROW,
    numbers=r"{shared_terms:+}",
    sentence="The shared part of the loss is {shared_loss}.",
)
def shared_loss(shared_terms: Array) -> Array:
    """Every class is asked for a little, each at its own weight."""
    return shared_terms.sum(axis=1)


@rule(
    "The target's part of the mean",
    r"\frac{1}{W} \sum_i K_i",
    "kept_loss.sum() / denominator",
    ONE,
    numbers=r"\frac{{{kept_loss:+}}}{{{denominator}}}",
    sentence="The mean has {kept_mean} of it.",
)
def kept_mean(kept_loss: Array, denominator: Array) -> Array:
    """Both parts are divided by the same: for class numbers, by the targets' own weights."""
    return np.asarray(kept_loss.sum() / denominator)


@rule(
    "The shared part of the mean",
    r"\frac{1}{W} \sum_i S_i",
    "shared_loss.sum() / denominator",
    ONE,
    numbers=r"\frac{{{shared_loss:+}}}{{{denominator}}}",
    sentence="The mean has {shared_mean} of it.",
)
def shared_mean(shared_loss: Array, denominator: Array) -> Array:
    """All classes' weights are in the numerator, only the targets' in the denominator."""
    return np.asarray(shared_loss.sum() / denominator)


BLENDING = (
    kept_part,
    shared_part,
    blended,
    row_sum,
    kept_terms,
    shared_terms,
    kept_loss,
    shared_loss,
    kept_mean,
    shared_mean,
)


def blend(case: Case) -> Blend:
    """The case's targets and losses in two parts: what the target keeps and what all share.

    Their sum is the loss that `run` gives, save that a target probability of 0 on a logit of
    minus infinity costs 0 here, and nan in torch where nothing is smoothed.
    """
    logs = fold(case.inputs, SOFTMAX)
    mean = run(case.replace(reduction="mean"))
    known = {
        "y": target_rows(case),
        "counts": counted(case),
        "label_smoothing": np.asarray(smoothing_of(case)),
        "log_probs": as_rows(next(s.output for s in logs if s.key == "log_probs"), CELL),
        "weight": case.inputs["weight"],
        "denominator": mean["denominator"].output,
    }
    return Blend(fold(known, BLENDING))
