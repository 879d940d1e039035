"""A small batch with given class proportions, for counts that have no case of their own."""

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case

ROWS = 20
MOST_MADE = 50  # classes; more would make the batch large and show nothing new
LEARNED = 1.5  # how much the target's logit is raised: a model half way through its training
SEED = 2


def made_batch(counts: Array) -> Case | None:
    """About 20 samples, in the proportions of the counts; each class that has samples has one.

    Args:
        counts: (C,), of which at least one is above 0.

    Returns:
        The batch, the same for the same counts; None for more than 50 classes or no sample.
    """
    if len(counts) > MOST_MADE or not counts.any():
        return None
    rows = np.rint(ROWS * counts / counts.sum()).astype(np.int64)
    rows = np.where(counts > 0, np.maximum(rows, 1), 0)
    target = np.repeat(np.arange(len(counts)), rows)
    logits = np.random.default_rng(SEED).normal(size=(len(target), len(counts)))
    logits[np.arange(len(target)), target] += LEARNED
    return Case(logits.round(1), target)
