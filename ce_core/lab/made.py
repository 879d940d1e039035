"""Samples that are made: points around shapes, from a seed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.lab.plan import Plan
from ce_core.lab.samples import Samples, Split
from ce_core.words import words

TESTED, RARE_TESTED = 4_000, 100  # at least so many test samples, and of the rare class
TRAINING, TESTING = 0, 1  # each has a stream of random numbers of its own


@dataclass(frozen=True)
class Shape:
    """A middle for each sample, and how far it may lie from there.

    Attributes:
        middles: (labels, rng) -> (N, 2).
        noise: the standard deviation in both directions where the plan's spread is 1.
        classes: how many it has; the last one is the rare one.
    """

    middles: Callable[[Array, np.random.Generator], Array]
    noise: float
    classes: int = 2


def _clouds(labels: Array, _: np.random.Generator) -> Array:
    return np.array([[-0.8, -0.6], [0.8, 0.6]])[labels]  # 2 apart


def _three(labels: Array, _: np.random.Generator) -> Array:
    turn = np.pi * (2 * labels / 3 + 7 / 6)
    return 2 / np.sqrt(3) * np.stack([np.cos(turn), np.sin(turn)], axis=1)  # each 2 apart


def _moons(labels: Array, rng: np.random.Generator) -> Array:
    turn = rng.uniform(0, np.pi, len(labels))
    x, y = np.cos(turn), np.sin(turn)
    rare = labels == 1
    return np.stack([np.where(rare, 1 - x, x), np.where(rare, 0.5 - y, y)], axis=1)


def _rings(labels: Array, rng: np.random.Generator) -> Array:
    turn, radius = rng.uniform(0, 2 * np.pi, len(labels)), np.where(labels == 1, 1, 2)
    return np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)


SHAPES: Mapping[str, Shape] = {
    "blobs": Shape(_clouds, 1.0),
    "three": Shape(_three, 0.8, classes=3),
    "moons": Shape(_moons, 0.3),
    "rings": Shape(_rings, 0.4),
}
NAMES = {
    2: (words("common"), words("rare")),
    3: (words("common A"), words("common B"), words("rare")),
}


def made_split(plan: Plan) -> Split:
    """Training samples with exactly the plan's share, and test samples with the same one."""
    tested = max(TESTED, int(np.ceil(RARE_TESTED / plan.share)))
    train = _made(plan, plan.samples, TRAINING)
    return Split(
        train,
        _made(plan, tested, TESTING),
        np.ones(train.classes),
        words(
            "{trained:,} samples to train on; {tested:,} others, with the same shares, to test on.",
            trained=plan.samples,
            tested=tested,
        ),
    )


def _made(plan: Plan, count: int, stream: int) -> Samples:
    shape = SHAPES[plan.data]
    rng = np.random.Generator(np.random.PCG64([plan.seed, stream]))
    labels = np.repeat(np.arange(shape.classes), _counts(count, plan.share, shape.classes))
    rng.shuffle(labels)
    noise = rng.normal(size=(count, 2)) * shape.noise * plan.spread
    points = shape.middles(labels, rng) + noise
    source = words("Made from seed {seed}.", seed=plan.seed)
    return Samples(points, labels, NAMES[shape.classes], ("x", "y"), source)


def _counts(count: int, share: float, classes: int) -> list[int]:
    """So many of the last class as the share says, from 2 to an equal part; the others alike."""
    rare = max(2, min(round(share * count), count // classes))
    common = [(count - rare + place) // (classes - 1) for place in range(classes - 1)]
    return [*common, rare]
