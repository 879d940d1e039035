"""Where to draw the line between two classes, when one mistake costs more than the other.

Predict class 1 where its probability is at least c10 / (c10 + c01), with c10 the cost of a false
alarm and c01 that of a miss (Elkan 2001, The foundations of cost-sensitive learning, IJCAI). The
same place is where the probability, weighted by w0 = c10 and w1 = c01, passes 1/2.
"""

import math
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.placement.worlds import Hill, World, below, log_odds

GOLDEN = (math.sqrt(5) - 1) / 2
CLOSE = 1e-9


@dataclass(frozen=True, eq=False)
class Decision:
    """The posterior, the weighted one, and the decision, along x.

    Attributes:
        x: (M,) points to draw at.
        common, rare: the densities, scaled by how frequent the classes are, (M,).
        posterior: the probability of class 1 at x.
        weighted: what a model trained with the weights says there instead.
        cost: the expected cost per sample of predicting class 1 from x on.
        level: c10 / (c10 + c01), the probability from which class 1 is predicted.
        plain_cut: the x at which the posterior passes 1/2.
        cut: the x at which the weighted posterior passes 1/2.
        level_cut: the x at which the posterior passes `level`.
        cheapest: the x from which predicting class 1 costs least, searched on the cost alone.
        cost_at_plain, cost_at_cut: the cost at those two.
    """

    x: Array
    common: Array
    rare: Array
    posterior: Array
    weighted: Array
    cost: Array
    level: float
    plain_cut: float
    cut: float
    level_cut: float
    cheapest: float
    cost_at_plain: float
    cost_at_cut: float


def decide(world: World, prior: float, ratio: float, x: Array) -> Decision:
    """The decision in a world where the log-odds rise with x.

    Args:
        world: the two classes.
        prior: the share of class 1, between 0 and 1.
        ratio: c01 / c10, and w1 / w0; c10 and w0 are 1.
        x: where to tell the curves.
    """
    common, rare = world.densities(x)
    odds = log_odds(world, prior, x)
    level = 1 / (1 + ratio)
    ends = float(world.grid()[0]), float(world.grid()[-1])

    def cut(height: float) -> float:
        return _crossing(world, prior, height, ends)

    plain, moved = cut(0.0), cut(-math.log(ratio))
    return Decision(
        x=x,
        common=(1 - prior) * common,
        rare=prior * rare,
        posterior=probability(odds),
        weighted=probability(odds + math.log(ratio)),
        cost=np.array([expected_cost(world, prior, ratio, float(at)) for at in x]),
        level=level,
        plain_cut=plain,
        cut=moved,
        level_cut=cut(math.log(level / (1 - level))),
        cheapest=_cheapest(world, prior, ratio, x),
        cost_at_plain=expected_cost(world, prior, ratio, plain),
        cost_at_cut=expected_cost(world, prior, ratio, moved),
    )


def probability(odds: Array) -> Array:
    """From log-odds to a probability."""
    return np.asarray((1 + np.tanh(odds / 2)) / 2)


def expected_cost(world: World, prior: float, ratio: float, cut: float) -> float:
    """What a sample costs on average when class 1 is predicted from `cut` on.

    A false alarm costs 1, a miss costs `ratio`, being right costs nothing.
    """
    alarms = (1 - prior) * above(world.common, cut)
    misses = prior * below(world.rare, cut)
    return alarms + ratio * misses


def above(hills: tuple[Hill, ...], x: float) -> float:
    """How much of a mixture of normals lies above x."""
    mirrored = tuple(Hill(hill.share, -hill.mean, hill.spread) for hill in hills)
    return below(mirrored, -x)


def _crossing(world: World, prior: float, height: float, ends: tuple[float, float]) -> float:
    """Where the log-odds pass a height, by halving; an end where they never do."""
    low, high = ends
    while high - low > CLOSE * 1e-3:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if float(log_odds(world, prior, np.asarray(middle))) < height:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _cheapest(world: World, prior: float, ratio: float, x: Array) -> float:
    """The lowest place of the expected cost: the best of a grid, then golden section around it."""
    grid = np.linspace(float(x[0]), float(x[-1]), 241)
    costs = [expected_cost(world, prior, ratio, float(at)) for at in grid]
    best = int(np.argmin(costs))
    low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, len(grid) - 1)])
    while high - low > CLOSE:
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if expected_cost(world, prior, ratio, left) <= expected_cost(world, prior, ratio, right):
            high = right
        else:
            low = left
    return (low + high) / 2
