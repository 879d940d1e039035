"""How many samples each class has, checked and frozen, with what some schemes ask for besides."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from ce_core.arrays import Array, freeze, read
from ce_core.errors import CaseError
from ce_core.words import Words, words

MAX_CLASSES = 10_000
MAX_COSTS = 50  # classes that a table of costs may have
MAX_IMAGES = 1_000  # images that a table of counts per image may have
MOST = 2**53  # beyond, float64 cannot tell one count from the next


@dataclass(frozen=True, init=False, eq=False)
class ClassCounts:
    """What is known of the classes before any weight is chosen.

    Args:
        counts: (C,), the number of samples of each class; 0 is allowed, and rules schemes out.
        beta: 0 to 1, how soon more samples of a class count for nothing new.
        costs: (C, C), what it costs to say class j where the truth is class i; 0 on the diagonal.
        images: (I, C), the number of samples (pixels) of each class in each image.

    The arrays are read-only float64.

    Raises:
        CaseError: what cannot be a count, a cost or a beta, by name.
    """

    counts: Array
    beta: float
    costs: Array | None
    images: Array | None

    def __init__(
        self,
        counts: ArrayLike,
        beta: float = 0.999,
        costs: ArrayLike | None = None,
        images: ArrayLike | None = None,
    ) -> None:
        checked = _counts(counts)
        classes = len(checked)
        values = {
            "counts": checked,
            "beta": _beta(beta),
            "costs": None if costs is None else _costs(costs, classes),
            "images": None if images is None else _images(images, classes),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def classes(self) -> int:
        """C, the number of classes."""
        return len(self.counts)

    @property
    def empty(self) -> tuple[int, ...]:
        """The classes without a sample."""
        return tuple(int(k) for k in np.flatnonzero(self.counts == 0))

    @property
    def total(self) -> int:
        """The number of samples."""
        return int(self.counts.sum())

    @cached_property
    def share(self) -> Array:
        """(C,), the part of all samples that each class has; nan where there is no sample."""
        with np.errstate(invalid="ignore"):
            return freeze(self.counts / self.counts.sum(), np.float64)

    @property
    def summed(self) -> Array | None:
        """(C,), the counts of all images together; None without images."""
        return None if self.images is None else self.images.sum(axis=0)

    @property
    def matches(self) -> bool:
        """Whether the images hold just the samples that were counted."""
        return self.images is not None and bool(
            np.array_equal(self.images.sum(axis=0), self.counts)
        )

    @property
    def imbalance(self) -> float:
        """The largest count over the smallest; inf where a class has no sample."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return float(self.counts.max() / self.counts.min())


def _counts(values: ArrayLike) -> Array:
    array = read("counts", values)
    if array.ndim != 1 or not array.size:
        raise CaseError(
            "counts",
            words("there must be one count for each class"),
            words("the counts have shape {shape}", shape=str(array.shape)),
            words("Write them in a row, such as 9000, 41000."),
        )
    if len(array) > MAX_CLASSES:
        raise CaseError(
            "counts",
            words("at most {most:,} classes can be weighed here", most=MAX_CLASSES),
            words("there are {count:,} counts", count=len(array)),
            words("Check that these are counts of classes, one number each, and not the samples."),
        )
    _numbers("counts", "the count of class {place} is {found}", array)
    _whole(array)
    return freeze(array, np.float64)


def _numbers(name: str, says: str, array: Array) -> None:
    """Refuse what is not a number from 0 on, naming the place."""
    if array.dtype.kind == "c":
        raise CaseError(
            name,
            words("it must hold real numbers"),
            words("{name} holds complex numbers", name=name),
            words("Take real ones."),
        )
    wrong = ~((array >= 0) & (array <= MOST))
    if wrong.any():
        place = tuple(int(k) for k in np.argwhere(wrong)[0])
        where = place[0] if len(place) == 1 else place
        found = float(array[place])
        missing = words("Leave the number out, or mend it.")
        remedy = missing if np.isnan(found) else words("Check the number.")
        rule = words("it must be from 0 to {most:,}", most=MOST)
        raise CaseError(name, rule, words(says, place=str(where), found=f"{found:g}"), remedy)


def _whole(array: Array) -> None:
    fine = array == np.floor(array)
    if not fine.all():
        k = int(np.flatnonzero(~fine)[0])
        found = f"{float(array[k]):g}"
        raise CaseError(
            "counts",
            words("a count is a whole number"),
            words("the count of class {place} is {found}", place=str(k), found=found),
            words(
                "Write how many samples the class has; if the point parts thousands, leave it out."
            ),
        )


def _beta(beta: float) -> float:
    if not 0 <= beta <= 1:
        raise CaseError(
            "beta",
            words("it must be from 0 to 1"),
            words("beta is {beta}", beta=f"{beta:g}"),
            words("Usual are .9 to .9999."),
        )
    return float(beta)


def _costs(values: ArrayLike, classes: int) -> Array:
    array = read("costs", values)
    if array.shape != (classes, classes) or classes < 2:
        raise CaseError(
            "costs",
            _costs_rule(classes),
            words("the costs have shape {shape}", shape=str(array.shape)),
            words("Row i holds what each answer costs where the truth is class i."),
        )
    if classes > MAX_COSTS:
        raise CaseError(
            "costs",
            words("at most {most} classes can have costs here", most=MAX_COSTS),
            words("there are {count:,} classes", count=classes),
            words("Take another scheme."),
        )
    _numbers("costs", "the cost at {place} is {found}", array)
    diagonal = np.diagonal(array)
    if diagonal.any():
        k = int(np.flatnonzero(diagonal)[0])
        raise CaseError(
            "costs",
            words("the right answer must cost 0"),
            words(
                "the cost of class {k} said rightly is {found}",
                k=k,
                found=f"{float(diagonal[k]):g}",
            ),
            words("Take that number from every cost of its row: no decision changes."),
        )
    if not array.any():
        raise CaseError(
            "costs",
            words("at least one mistake must cost something"),
            words("all costs are 0"),
            words("Write what each mistake costs."),
        )
    return freeze(array, np.float64)


def _costs_rule(classes: int) -> Words:
    if classes < 2:
        return words("one class alone cannot be mistaken")
    return words("{count} classes need {count} rows of {count} costs", count=classes)


def _images(values: ArrayLike, classes: int) -> Array:
    array = read("images", values)
    if array.ndim != 2 or array.shape[1:] != (classes,) or not len(array):
        raise CaseError(
            "images",
            words("each row must hold {count} counts, one for each class", count=classes),
            words("the table of images has shape {shape}", shape=str(array.shape)),
            words("Write one row for each image: how many pixels of each class it has."),
        )
    if len(array) > MAX_IMAGES:
        raise CaseError(
            "images",
            words("at most {most:,} images can be read here", most=MAX_IMAGES),
            words("there are {count:,} images", count=len(array)),
            words("Take a part of them, drawn by chance."),
        )
    _numbers("images", "the count at {place} is {found}", array)
    return freeze(array, np.float64)
