"""Weighted logistic regression with all the data there could ever be: no sample, no chance."""

import math
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.placement.worlds import World

STEPS = 100
SMALL = 1e-12


@dataclass(frozen=True)
class Line:
    """A straight line for the log-odds of class 1: intercept + slope * x."""

    intercept: float
    slope: float

    def log_odds(self, x: Array) -> Array:
        """The line at x."""
        return np.asarray(self.intercept + self.slope * x)

    def crosses(self, level: float = 0.0) -> float:
        """The x at which the line has that height; nan for a flat line."""
        return (level - self.intercept) / self.slope if self.slope else float("nan")


@dataclass(frozen=True)
class Fitted:
    """The line fitted with weights 1:1, and with weights 1:ratio.

    Attributes:
        plain, weighted: the two lines.
        ratio: the weight of class 1; class 0 weighs 1.
        straight: whether the true log-odds are a straight line, so that the model fits.
    """

    plain: Line
    weighted: Line
    ratio: float
    straight: bool

    @property
    def rise(self) -> float:
        """How much the intercept moved."""
        return self.weighted.intercept - self.plain.intercept

    @property
    def turn(self) -> float:
        """The weighted slope as a part of the plain one."""
        return self.weighted.slope / self.plain.slope if self.plain.slope else float("nan")

    @property
    def log_ratio(self) -> float:
        """What the intercept moves by where the model fits."""
        return math.log(self.ratio)

    @property
    def by_threshold(self) -> float:
        """Where the plain line decides if its threshold is moved instead: p = 1 / (1 + ratio)."""
        return self.plain.crosses(-self.log_ratio)


def fitted(world: World, prior: float, ratio: float) -> Fitted:
    """Both lines in a world where class 1 has the share `prior`."""
    return Fitted(fit(world, prior, 1.0), fit(world, prior, ratio), ratio, world.straight)


def fit(world: World, prior: float, ratio: float) -> Line:
    """The line with the lowest expected weighted cross-entropy; class 0 weighs 1, class 1 `ratio`.

    The expectation is an integral over x, summed on a grid; for smooth densities that reach 0 at
    both ends the sum's error is below that of a float. Newton's method on two unknowns.
    """
    x = world.grid()
    common, rare = world.densities(x)
    step = float(x[1] - x[0])
    zeros, ones = (1 - prior) * common * step, ratio * prior * rare * step
    design = np.stack([np.ones_like(x), x])  # (2, POINTS)
    at = np.zeros(2)
    for _ in range(STEPS):
        prob = _sigmoid(at @ design)
        slope = design @ (prob * zeros - (1 - prob) * ones)
        curve = (design * (prob * (1 - prob) * (zeros + ones))) @ design.T
        move = _halved(at, np.linalg.solve(curve, slope), design, zeros, ones)
        at = at - move
        if np.abs(move).max() < SMALL:
            break
    return Line(float(at[0]), float(at[1]))


def _sigmoid(z: Array) -> Array:
    return np.asarray((1 + np.tanh(z / 2)) / 2)


def _loss(at: Array, design: Array, zeros: Array, ones: Array) -> float:
    z = at @ design
    return float(zeros @ np.logaddexp(0, z) + ones @ np.logaddexp(0, -z))


def _halved(at: Array, move: Array, design: Array, zeros: Array, ones: Array) -> Array:
    """The step, halved until the loss does not rise."""
    start = _loss(at, design, zeros, ones)
    for _ in range(60):
        if _loss(at - move, design, zeros, ones) <= start + 1e-13 * (1 + start):
            break
        move = move / 2
    return move
