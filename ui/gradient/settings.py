"""What a person sets about the steps down the gradient, and how a link says it."""

from dataclasses import dataclass, replace
from typing import Any

from ui.notation import write_number
from ui.parameter import choice, count, number, setting

FASTEST, MOST_STEPS = 20.0, 50
ONE, ALL = "class", "all"
HEAVIEST = 100.0


@dataclass(frozen=True)
class Descent:
    """The steps down the gradient.

    Attributes:
        rate: the learning rate.
        steps: how many steps are taken.
        nudge: how far a logit is nudged.
        times: what a weight is multiplied by.
        reweigh: whether that is the weight of the class looked at, "class", or of "all".
    """

    rate: float = 1.0
    steps: int = 5
    nudge: float = 0.01
    times: float = 5.0
    reweigh: str = ONE

    def replace(self, **changes: Any) -> "Descent":  # noqa: ANN401 - any field of it
        """The same with some fields changed."""
        return replace(self, **changes)


PARAMETERS = (
    setting("descent", "rate", number(0, FASTEST), write_number),
    setting("descent", "steps", count(0, MOST_STEPS), name="descent_steps"),
    setting("descent", "nudge", number(1e-12, 10), write_number),
    setting("descent", "times", number(0, HEAVIEST), write_number),
    setting("descent", "reweigh", choice(ONE, ALL)),
)
