"""What a person sets about how far the logits are shifted, and how a link says it."""

from dataclasses import dataclass

from ui.notation import write_number
from ui.parameter import number, setting

FARTHEST = 1e6
TRIES = (
    0.0,
    12.0,
    89.0,
    710.0,
    1e4,
    1e6,
    -1e4,
)  # the first three break one more number type each, for small logits


@dataclass(frozen=True)
class Overflow:
    """How far the logits are shifted.

    Attributes:
        offset: a constant added to all logits.
    """

    offset: float = 0.0


PARAMETERS = (setting("overflow", "offset", number(-FARTHEST, FARTHEST), write_number),)
