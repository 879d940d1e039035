"""What a person sets about where the weight goes, and how a link says it."""

import math
from dataclasses import dataclass

import numpy as np

from ce_core.placement import WORLDS
from ce_core.words import words
from ui.notation import NotationError, read_array, write_array, write_number
from ui.parameter import choice, number, setting

SHIFTS = (-20.0, 20.0)
RARES = (0.01, 0.5)
MISSES = (1.0, 50.0)
GAPS = (1.0, 4.0)
MOST = 1_000  # classes that a typed distribution may have


@dataclass(frozen=True)
class Placement:
    """Where the weight goes.

    Attributes:
        shift: a constant added to all logits.
        truth: the true probabilities that a model is shown; () is the row's softmax.
        rare: how frequent the rare one of the two classes on a line is.
        miss: what it costs to miss it, a false alarm being 1; and its weight.
        gap: how far the two classes' means are apart.
        world: the key of the two classes that a straight line is fitted to.
    """

    shift: float = 0.0
    truth: tuple[float, ...] = ()
    rare: float = 0.1
    miss: float = 9.0
    gap: float = 2.0
    world: str = "wide"


def read_truth(text: str) -> tuple[float, ...]:
    """Probabilities with commas between them; NotationError says what is wrong."""
    values = np.atleast_1d(read_array(text.strip().removesuffix(","))).astype(np.float64)
    if values.ndim != 1 or not values.size:
        raise NotationError(words("it must be one number for each class, with commas between them"))
    if values.size > MOST:
        raise NotationError(words("it holds more than {most:,} numbers", most=MOST))
    if not np.isfinite(values).all() or (values < 0).any():
        raise NotationError(words("a probability is a finite number and not negative"))
    if not 0 < sum(values.tolist()) < math.inf:
        raise NotationError(words("the probabilities must add up to a finite number above 0"))
    return tuple(values.tolist())


def write_truth(truth: tuple[float, ...]) -> str:
    """The probabilities as the link writes them."""
    return write_array(np.array(truth)).removesuffix(",")


PARAMETERS = (
    setting("placement", "shift", number(*SHIFTS), write_number),
    setting("placement", "truth", read_truth, write_truth),
    setting("placement", "rare", number(*RARES), write_number),
    setting("placement", "miss", number(*MISSES), write_number),
    setting("placement", "gap", number(*GAPS), write_number),
    setting("placement", "world", choice(*(world.key for world in WORLDS))),
)
