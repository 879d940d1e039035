"""A person's own table: checked, so that training it can only work."""

import numpy as np
from numpy.typing import ArrayLike

from ce_core.arrays import Array, read
from ce_core.errors import CaseError
from ce_core.lab.parting import shuffled, thinned
from ce_core.lab.samples import Samples
from ce_core.words import words

MOST_ROWS, MOST_CLASSES = 20_000, 10
EACH = 2  # samples of a class at least: one to train on, one to test on


def read_own(
    points: ArrayLike,
    labels: ArrayLike,
    names: tuple[str, ...],
    axes: tuple[str, str] = ("x", "y"),
) -> Samples:
    """A person's own points and classes. Of more than 20,000 rows a random part is taken.

    Args:
        points: (N, 2) numbers.
        labels: (N,) class numbers, 0 to C - 1.
        names: of the C classes, at most 10.
        axes: titles of the two columns.

    Returns:
        The samples; `source` says how many rows were taken.

    Raises:
        CaseError: what is not such a table.
    """
    places, classes = read("points", points), read("labels", labels)
    _check_shapes(places, classes)
    _check_points(places, axes)
    _check_labels(classes, names)
    source = words("Your own table, {count:,} rows.", count=len(classes))
    own = Samples(places, classes, tuple(names), axes, source)
    return own if len(own) <= MOST_ROWS else _part_of(own)


def _check_shapes(points: Array, labels: Array) -> None:
    if points.ndim != 2 or points.shape[1] != 2 or points.dtype.kind not in "biuf":
        raise CaseError(
            "points",
            words("the points must be a table of two columns of numbers"),
            words("points has the shape {shape}", shape=str(points.shape)),
            words("Choose two columns."),
        )
    if labels.shape != points.shape[:1]:
        raise CaseError(
            "labels",
            words("every row must have one class"),
            words(
                "there are {count:,} rows and labels has the shape {shape}",
                count=len(points),
                shape=str(labels.shape),
            ),
            words("Give each row its class."),
        )


def _check_points(points: Array, axes: tuple[str, str]) -> None:
    with np.errstate(over="ignore"):  # far beyond what float32 holds counts as infinite
        wrong = np.argwhere(~np.isfinite(points.astype(np.float32)))
    if len(wrong):
        row, column = wrong[0]
        raise CaseError(
            "points",
            words("every number must be finite and below 3e38"),
            words(
                "row {row} has {value} in {column}",
                row=int(row) + 1,
                value=str(points[row, column]),
                column=axes[column],
            ),
            words(
                "Fill in or leave out the {count:,} rows like this.",
                count=len({int(one) for one, _ in wrong}),
            ),
        )
    for column, axis in enumerate(axes):
        if len(points) and np.ptp(points[:, column].astype(np.float64)) == 0:
            raise CaseError(
                "points",
                words("a column must hold at least two different numbers"),
                words(
                    "the column '{column}' is {value:g} in every row",
                    column=axis,
                    value=float(points[0, column]),
                ),
                words("Choose another column: this one cannot tell classes apart."),
            )


def _check_labels(labels: Array, names: tuple[str, ...]) -> None:
    classes = len(names)
    if not EACH <= classes <= MOST_CLASSES:
        raise CaseError(
            "names",
            words("there must be 2 to {most} classes", most=MOST_CLASSES),
            words("there is 1") if classes == 1 else words("there are {count}", count=classes),
            words("Choose another column as the class, or join classes into fewer."),
        )
    if labels.dtype.kind not in "iu" or (len(labels) and not _within(labels, classes)):
        raise CaseError(
            "labels",
            words("a class must be a whole number from 0 to {last}", last=classes - 1),
            words(
                "labels holds {dtype} from {low} to {high}",
                dtype=str(labels.dtype),
                low=str(labels.min()),
                high=str(labels.max()),
            ),
            words("Number the classes in the order of their names."),
        )
    counts = np.bincount(labels.astype(np.int64), minlength=classes)
    if counts.min() < EACH:
        few = int(counts.argmin())
        raise CaseError(
            "labels",
            words(
                "a class must have at least {least} rows, one to train on and one to test on",
                least=EACH,
            ),
            words("class {name} has {count}", name=names[few], count=int(counts[few])),
            words("Leave this class out, or bring more rows of it."),
        )


def _within(labels: Array, classes: int) -> bool:
    return bool(labels.min() >= 0 and labels.max() < classes)


def _part_of(own: Samples) -> Samples:
    """So many rows that it stays quick, each class with its share."""
    rng = np.random.Generator(np.random.PCG64(0))
    taken = np.sort(np.concatenate(thinned(shuffled(own.labels, own.classes, rng), MOST_ROWS)))
    part = own.at(taken)
    says = words(
        "Your own table: {taken:,} of its {count:,} rows, drawn at random by class.",
        taken=len(part),
        count=len(own),
    )
    return Samples(part.points, part.labels, own.names, own.axes, says)
