"""Samples that were measured: some to train on, the others to test on."""

import numpy as np

from ce_core.arrays import Array
from ce_core.lab.plan import Plan
from ce_core.lab.samples import Samples, Split
from ce_core.words import words

TRAINED_OWN = 0.7  # of each class of a person's own table
TRAINED_REAL = 0.5  # of each class of the bundled tables, before the rare one is thinned out


def own_split(plan: Plan, own: Samples) -> Split:
    """A person's own table keeps its shares in both parts."""
    rng = np.random.Generator(np.random.PCG64(plan.seed))
    first, second = _part(own.labels, own.classes, TRAINED_OWN, rng)
    train, test = own.at(np.concatenate(first)), own.at(np.concatenate(second))
    says = words(
        "{trained:,} rows to train on, {tested:,} to test on, with the same shares.",
        trained=len(train),
        tested=len(test),
    )
    return Split(train, test, np.ones(own.classes), says)


def real_split(plan: Plan, table: Samples) -> Split:
    """The training half is thinned out to the plan's share of the last class.

    The test half keeps all it has, so that the rare class's recall is told by more than a
    handful; `counts_as` gives its classes the training shares.
    """
    rng = np.random.Generator(np.random.PCG64(plan.seed))
    first, second = _part(table.labels, table.classes, TRAINED_REAL, rng)
    train = table.at(np.concatenate(_thinned(first, min(plan.share, 1 / table.classes))))
    test = table.at(np.concatenate(second))
    counts_as = (train.counts / len(train)) / (test.counts / len(test))
    says = words(
        "{trained:,} rows to train on, {rare} of them {name}; {tested:,} others to test on, which "
        "keep the table's own shares. Accuracy and calibration count each class as often as it is "
        "trained on.",
        trained=len(train),
        rare=int(train.counts[-1]),
        name=table.names[-1],
        tested=len(test),
    )
    return Split(train, test, counts_as, says)


def thinned(places: list[Array], most: int) -> list[Array]:
    """The first so many of each class's places that all together are at most `most`."""
    total = sum(len(one) for one in places)
    return [one[: max(2, int(len(one) * most / total))] for one in places]


def shuffled(labels: Array, classes: int, rng: np.random.Generator) -> list[Array]:
    """For each class the places of its samples, in a random order."""
    return [rng.permutation(np.flatnonzero(labels == one)) for one in range(classes)]


def _part(
    labels: Array, classes: int, trained: float, rng: np.random.Generator
) -> tuple[list[Array], list[Array]]:
    """Each class's places in two; each part gets at least one."""
    places = shuffled(labels, classes, rng)
    cuts = [min(max(1, round(trained * len(one))), len(one) - 1) for one in places]
    pairs = list(zip(places, cuts, strict=True))
    return [one[:cut] for one, cut in pairs], [one[cut:] for one, cut in pairs]


def _thinned(places: list[Array], share: float) -> list[Array]:
    """As many as can be, with that share of the last class."""
    *common, rare = places
    others = sum(len(one) for one in common)
    kept = max(2, min(len(rare), round(others * share / (1 - share))))
    room = min(1.0, kept * (1 - share) / share / others)
    return [*(one[: max(2, round(len(one) * room))] for one in common), rare[:kept]]
