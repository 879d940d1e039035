"""Points with their classes, and how they are parted for training and testing."""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array, freeze


@dataclass(frozen=True, eq=False)
class Samples:
    """Points in a plane and their classes; the arrays are read-only.

    Attributes:
        points: (N, 2) float64.
        labels: (N,) int64, 0 to C - 1.
        names: of the C classes.
        axes: what the two numbers of a point are.
        source: where they come from, and what was done to them, in a sentence.
    """

    points: Array
    labels: Array
    names: tuple[str, ...]
    axes: tuple[str, str]
    source: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", freeze(np.asarray(self.points), np.float64))
        object.__setattr__(self, "labels", freeze(np.asarray(self.labels), np.int64))

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def classes(self) -> int:
        """How many classes there are, C."""
        return len(self.names)

    @property
    def counts(self) -> Array:
        """How many samples each class has, (C,)."""
        return np.bincount(self.labels, minlength=self.classes)

    def at(self, places: Array) -> "Samples":
        """The samples at these places."""
        found = self.points[places], self.labels[places]
        return Samples(*found, self.names, self.axes, self.source)


@dataclass(frozen=True, eq=False)
class Split:
    """What is trained on and what is tested on.

    Attributes:
        train: the unbalanced samples.
        test: samples that no model has seen.
        counts_as: (C,) how much a test sample of each class counts in whatever depends on the
            classes' shares (accuracy, calibration), so that they are the training shares. All 1
            where the test samples have those shares already.
        says: how the samples were parted, in a sentence.
    """

    train: Samples
    test: Samples
    counts_as: Array
    says: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "counts_as", freeze(np.asarray(self.counts_as), np.float64))

    @property
    def rare(self) -> int:
        """The class with the fewest training samples; the last one where several have."""
        counts = self.train.counts
        return int(len(counts) - 1 - np.argmin(counts[::-1]))

    @property
    def prior(self) -> Array:
        """The classes' shares among the training samples, (C,)."""
        prior: Array = self.train.counts / len(self.train)
        return prior
