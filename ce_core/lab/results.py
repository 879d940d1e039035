"""What training gave: numbers alone, so that whoever draws them needs no torch."""

from dataclasses import dataclass, fields

import numpy as np

from ce_core.arrays import Array
from ce_core.lab.plan import Plan


@dataclass(frozen=True, eq=False)
class Results:
    """S strategies, R runs, C classes. All arrays are read-only; float32 where nothing is said.

    However large the plan, they hold less than 40 MB together.

    Attributes:
        plan: that was trained.
        strategies: the plan's, in its order; the first axis of every array.
        finished: whether all steps were done.
        step: how many were.
        seconds: how long they took.
        device: where.
        losses: (S, R, K) each strategy's own loss, the mean over the batches since the point
            before. Losses of two strategies are different formulas: do not compare their sizes.
        at_steps: (K,) int64, the last step of each of these points.
        norms: (S, R, step) length of the gradient of all parameters at every step.
        test_logits: (S, R, N, C) of the test samples, after the last step.
        grid_x: (G,) float64, places on the first axis.
        grid_y: (G,) float64, places on the second axis.
        grid_logits: (S, R, G, G, C); [s, r, j, i] is at (grid_x[i], grid_y[j]).
    """

    plan: Plan
    strategies: tuple[str, ...]
    finished: bool
    step: int
    seconds: float
    device: str
    losses: Array
    at_steps: Array
    norms: Array
    test_logits: Array
    grid_x: Array
    grid_y: Array
    grid_logits: Array

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray) and value.flags.writeable:
                value = value.view()  # the owner may go on writing behind it
                value.flags.writeable = False
                object.__setattr__(self, field.name, value)

    @property
    def grid_classes(self) -> Array:
        """(S, R, G, G) the class that each model gives each place of the grid."""
        return self.grid_logits.argmax(axis=-1)
