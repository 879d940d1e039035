"""What a strategy's models are worth on the test samples, run by run."""

from dataclasses import dataclass
from math import inf

from ce_core.arrays import Array
from ce_core.lab.student import Interval, interval


@dataclass(frozen=True, eq=False)
class Calibration:
    """The rare class's predicted probability beside how often it is right, over all runs.

    Attributes:
        predicted: (K,) the mean predicted probability in each bin that holds any sample.
        observed: (K,) the share of samples in it that are of the rare class.
        count: (K,) how many predictions it holds, each counted as its class counts.
    """

    predicted: Array
    observed: Array
    count: Array


@dataclass(frozen=True, eq=False)
class Norms:
    """The gradient's length in the second half of a run's steps, each number (R,).

    The first steps are left out: from a random start the very first gradient is often the
    longest, whatever is trained.

    Attributes:
        median: of the lengths.
        high: their 99th percentile.
        ratio: largest / median.
    """

    median: Array
    high: Array
    ratio: Array

    def interval(self, name: str) -> Interval:
        """Mean and 95 % interval over the runs: `interval("ratio")`."""
        return interval(getattr(self, name), (1.0 if name == "ratio" else 0.0, inf))


@dataclass(frozen=True, eq=False)
class Outcome:
    """Each number once for each of R runs; `interval` says what they come to.

    Attributes:
        key: of the strategy.
        recall: (R, C) the share of each class's test samples that are found; nan without any.
        precision: (R, C) the share of those called a class that are of it; nan where none is.
        balanced_accuracy: (R,) the mean of the classes' recalls.
        accuracy: (R,) the share of test samples that are right.
        log_loss: (R,) plain cross-entropy of the test samples.
        calibration_error: (R,) the mean distance, over the bins, between the rare class's
            predicted probability and how often it is right.
        predicted_share: (R,) the mean predicted probability of the rare class.
        confusion: (C, C) test samples of class row called class column, all runs together.
        calibration: the bins, all runs together.
        norms: of the gradients.
        broken: how many runs ended in logits that are not finite; they count as class 0.
    """

    key: str
    recall: Array
    precision: Array
    balanced_accuracy: Array
    accuracy: Array
    log_loss: Array
    calibration_error: Array
    predicted_share: Array
    confusion: Array
    calibration: Calibration
    norms: Norms
    broken: int

    def interval(self, name: str, of_class: int | None = None) -> Interval:
        """Mean and 95 % interval over the runs: `interval("recall", 1)`, `interval("accuracy")`."""
        values = getattr(self, name)
        most = inf if name == "log_loss" else 1.0
        return interval(values if of_class is None else values[:, of_class], (0.0, most))


Measures = tuple[Outcome, ...]
