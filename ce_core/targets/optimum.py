"""Where the loss is least: the probabilities that smoothing and weights together ask for.

For a row the loss is -sum_c a_c log p_c with a_c = w_c q_c. Over all distributions p it is least
at p_c = a_c / sum a (Gibbs' inequality), which is the smoothed target only if all weights are
equal. See https://github.com/pytorch/pytorch/issues/104776.
"""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.rule import CELL, ROW, rule
from ce_core.targets.hot import counted, smoothing_of, target_rows
from ce_core.trace import Step, fold, run

LIGHT = 0.1  # the weight of the target's class in the example of the thread
EVEN = 1e-12  # of the value: apart by rounding alone


@rule(
    "What each class is asked for",
    r"a_{ic} = w_c \cdot q_{ic}",
    "weight * q",
    CELL,
    numbers=r"{weight} \cdot {q}",
    sentence="Class {class} pulls with {pull}.",
)
def pull(weight: Array, q: Array) -> Array:
    """The weight multiplies each class's part of the smoothed target, so it moves what is best."""
    return weight * q


@rule(
    "Probabilities of the least loss",
    r"p^*_{ic} = \frac{a_{ic}}{\sum_k a_{ik}}",
    "pull / pull.sum(dim=1, keepdim=True)",
    CELL,
    numbers=r"\frac{{{pull}}}{{{pull:+}}}",
    sentence="The loss is least when class {class} has the probability {optimum}.",
)
def optimum(pull: Array) -> Array:
    """What training goes towards. A row that nothing pulls is 0/0, nan: any probabilities are as
    good. A negative pull has no best: the loss falls without end."""
    fair = (pull >= 0).all(axis=1, keepdims=True)
    return np.where(fair, pull / pull.sum(axis=1, keepdims=True), np.nan)


@rule(
    "Smoothing at which another class overtakes",
    r"\varepsilon^* = \frac{C \, w_y}{C \, w_y + w_k - w_y}",
    "classes * own / (classes * own + heaviest - own)",
    ROW,
    numbers=r"\frac{{{own}}}{{{heaviest}}}",
    sentence="From a smoothing of {flip} on the heaviest other class is asked for more.",
)
def flip(classes: Array, own: Array, heaviest: Array) -> Array:
    """Solved from w_y (1 - ε + ε/C) = w_k ε/C for the heaviest other class k. nan where no other
    class is heavier: then the target's class stays ahead up to an ε of 1."""
    bar = classes * own / (classes * own + heaviest - own)
    return np.where(heaviest > own, bar, np.nan)


@dataclass(frozen=True, eq=False)
class Optimum:
    """What the rows of a case ask for.

    Attributes:
        steps: `pull` and `optimum`, (M, C); for class numbers also `flip`, (M,).
        q: the smoothed target, (M, C).
    """

    steps: tuple[Step, ...]
    q: Array

    def __getitem__(self, key: str) -> Array:
        return next(step.output for step in self.steps if step.key == key)

    def wanted(self, row: int) -> tuple[int, ...]:
        """The classes with the largest probability at the optimum: several where they are even, ()
        where there is no best."""
        values = self["optimum"][row]
        if not values.size or np.isnan(values).any():
            return ()
        even = np.isclose(values, values.max(), rtol=EVEN, atol=0)
        return tuple(np.nonzero(even)[0].tolist())


def optimum_of(case: Case) -> Optimum:
    """The probabilities at which each row's loss is least, and where smoothing flips them."""
    y, weight = target_rows(case), case.inputs["weight"]
    epsilon, classes = smoothing_of(case), case.classes
    q = np.where(counted(case)[:, None], (1 - epsilon) * y + epsilon / max(classes, 1), 0.0)
    steps = fold({"weight": weight, "q": q}, (pull, optimum))
    if case.soft or classes < 2:
        return Optimum(steps, q)
    own = y.argmax(axis=1)
    others = np.where(np.arange(classes) == own[:, None], -np.inf, weight)
    known = {
        "classes": np.asarray(float(classes)),
        "own": np.where(counted(case), weight[own], np.nan),
        "heaviest": others.max(axis=1),
    }
    return Optimum(steps + fold(known, (flip,)), q)


def light_target(ratio: float, epsilon: float) -> Case:
    """One sample of class 0 that weighs 0.1; the other class weighs `ratio` times as much."""
    return Case([[2.0, 0.0]], [0], [LIGHT, LIGHT * ratio], label_smoothing=epsilon)


def flip_ratio(epsilon: float, classes: int = 2) -> float:
    """How much heavier another class must be to overtake the target's at this smoothing.

    Solved from 1 - ε + ε/C = r ε/C; infinite without smoothing.
    """
    return (classes * (1 - epsilon) + epsilon) / epsilon if epsilon > 0 else float("inf")


def loss_over(case: Case, points: int = 99) -> tuple[Array, Array]:
    """The loss of a case's one row of two classes, over the probability of its first class.

    Returns:
        The probabilities, evenly from 0 to 1 without the ends, and `run`'s loss at each.
    """
    probability = np.arange(1, points + 1) / (points + 1)
    logits = np.stack([np.log(probability / (1 - probability)), np.zeros(points)], axis=1)
    target = np.repeat(case.target, points, axis=0)
    many = case.replace(logits=logits, target=target, reduction="none")
    return probability, run(many).answer
