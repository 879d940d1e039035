"""What the models see: both columns moved and stretched so that training samples are about 1."""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.lab.samples import Samples

GRID, MARGIN = 60, 0.08  # places on each axis; what is left free around the training samples


@dataclass(frozen=True, eq=False)
class Scale:
    """The training samples' mean (2,) and standard deviation (2,)."""

    mean: Array
    deviation: Array

    def apply(self, points: Array) -> Array:
        """(N, 2) as the models see them, float32."""
        scaled: Array = ((points - self.mean) / self.deviation).astype(np.float32)
        return scaled


def scale_of(train: Samples) -> Scale:
    """A column that is constant among the training samples is only moved."""
    deviation = train.points.std(axis=0)
    return Scale(train.points.mean(axis=0), np.where(deviation > 0, deviation, 1.0))


def grid_of(train: Samples) -> tuple[Array, Array]:
    """Places on the first and on the second axis, (G,) each, around all training samples."""
    low, high = train.points.min(axis=0), train.points.max(axis=0)
    room = np.where(high > low, high - low, 1.0) * MARGIN
    x, y = np.linspace(low - room, high + room, GRID, axis=1)
    return x, y
