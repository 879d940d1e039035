"""One number x, two overlapping classes: how each spreads, and how probable class 1 is at x."""

import math
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array

POINTS = 2_001  # of the grid that integrals are summed on; smooth densities need far fewer
REACH = 10.0  # spreads on both sides: beyond, a normal density is below 1e-22


@dataclass(frozen=True)
class Hill:
    """A normal density that holds a share of a class."""

    share: float
    mean: float
    spread: float


@dataclass(frozen=True)
class World:
    """Two classes on a line; class 1 is the rare one.

    Attributes:
        key: its name in a link.
        title: its name on the screen.
        common, rare: the hills of class 0 and of class 1; their shares sum to 1.
    """

    key: str
    title: str
    common: tuple[Hill, ...]
    rare: tuple[Hill, ...]

    @property
    def straight(self) -> bool:
        """Whether the log-odds are a straight line: one hill a class, equally wide."""
        return len({hill.spread for hill in (*self.common, *self.rare)}) == 1 and (
            len(self.common) == len(self.rare) == 1
        )

    def densities(self, x: Array) -> tuple[Array, Array]:
        """The densities of class 0 and class 1 at x."""
        return density(self.common, x), density(self.rare, x)

    def grid(self) -> Array:
        """Points, equally far apart, that reach beyond all that both classes hold."""
        hills = (*self.common, *self.rare)
        low = min(hill.mean - REACH * hill.spread for hill in hills)
        high = max(hill.mean + REACH * hill.spread for hill in hills)
        return np.linspace(low, high, POINTS)


def density(hills: tuple[Hill, ...], x: Array) -> Array:
    """The density of a mixture of normals at x."""
    return np.asarray(sum(_normal(hill, x) for hill in hills))


def below(hills: tuple[Hill, ...], x: float) -> float:
    """How much of a mixture of normals lies below x."""
    root = math.sqrt(2)
    return sum(
        hill.share * (1 + math.erf((x - hill.mean) / (hill.spread * root))) / 2 for hill in hills
    )


def _normal(hill: Hill, x: Array) -> Array:
    scaled = (x - hill.mean) / hill.spread
    height = hill.share / (hill.spread * math.sqrt(2 * math.pi))
    return np.asarray(height * np.exp(-scaled * scaled / 2))


def log_odds(world: World, prior: float, x: Array) -> Array:
    """The log of p(1|x) / p(0|x), by Bayes' rule, with `prior` the share of class 1."""
    common, rare = world.densities(x)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(rare) - np.log(common) + math.log(prior / (1 - prior)))


def apart(gap: float) -> World:
    """Two normals of spread 1 whose means are `gap` apart: the log-odds are a straight line."""
    return World(
        "line",
        "Equal spreads",
        (Hill(1.0, 0.0, 1.0),),
        (Hill(1.0, gap, 1.0),),
    )


WORLDS = (
    apart(2.0),
    World(
        "wide",
        "The rare class is three times as wide",
        (Hill(1.0, 0.0, 1.0),),
        (Hill(1.0, 1.0, 3.0),),
    ),
    World(
        "split",
        "The rare class is in two places",
        (Hill(1.0, 0.0, 1.0),),
        (Hill(0.5, -2.5, 0.7), Hill(0.5, 3.5, 0.7)),
    ),
)


def world(key: str, gap: float) -> World:
    """The world of that name; the first is one whose means are `gap` apart."""
    return next((one for one in WORLDS[1:] if one.key == key), apart(gap))
