"""Counts of labels, in order: what is missing apart, what is no label refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ce_core.weighting import MAX_CLASSES
from ce_core.words import words
from ui.choose.naming import told_apart
from ui.notation import shorten
from ui.paste import PasteError

MISSING = frozenset({"", "nan", "none", "na", "n/a", "<na>", "null", "#n/a"})
IGNORED = "-100"
FEW = 100  # different values that nobody takes for measurements
FEW_FRACTIONS = 20


@dataclass(frozen=True)
class Tally:
    """How often each label is there, numbers by size and words by the alphabet.

    Attributes:
        names: the labels.
        counts: how often each is there.
        missing: how many samples have none.
        notes: what was decided, or should be looked at.
    """

    names: tuple[str, ...]
    counts: tuple[int, ...]
    missing: int
    notes: tuple[str, ...]


def tally(values: Sequence[str], times: Sequence[int]) -> Tally:
    """The counts of labels.

    Args:
        values: the different cells, as text; spaces around them do not count.
        times: how often each is there.

    Raises:
        PasteError: there is no label, or these are measurements.
    """
    found: dict[str, int] = {}
    missing = 0
    for value, count in zip(values, times, strict=True):
        label = value.strip()
        if label.lower() in MISSING:
            missing += count
        else:
            found[label] = found.get(label, 0) + count
    if not found:
        raise PasteError(words("The column holds no label. Choose another column."))
    numbers = as_numbers(found)
    refuse_measurements(found, numbers)
    if numbers is None:
        labels, notes = sorted(found), [_order(sorted(found))]
        return Tally(
            told_apart(labels), tuple(found[label] for label in labels), missing, _told(notes)
        )
    merged: dict[float, int] = {}
    for label, count in found.items():
        merged[numbers[label]] = merged.get(numbers[label], 0) + count
    return _of_numbers(merged, missing)


def _told(notes: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, notes))


def _order(labels: Sequence[str]) -> str:
    if len(labels) < 2:
        return ""
    return words(
        "The classes are in the order of the alphabet, as np.unique and scikit-learn’s "
        "LabelEncoder number them: 0 is {first}, 1 is {second}.",
        first=shorten(labels[0], 20),
        second=shorten(labels[1], 20),
    )


def as_numbers(found: Mapping[str, int]) -> dict[str, float] | None:
    """The labels as numbers; None where one is a word."""
    try:
        return {label: float(label) for label in found}
    except ValueError:
        return None


def refuse_measurements(found: Mapping[str, int], numbers: dict[str, float] | None) -> None:
    """Refuse a column with so many different values that nobody would call them classes."""
    different, rows = len(found), sum(found.values())
    broken = numbers is not None and any(not value.is_integer() for value in numbers.values())
    refuse_many(different, rows, texts=numbers is None)
    if broken and different > FEW_FRACTIONS:
        raise _measurements(different, rows, texts=False)


def refuse_many(different: int, rows: int, *, texts: bool = False) -> None:
    """Refuse that many different values in that many rows, before any is looked at."""
    if different > MAX_CLASSES or (different > FEW and different > rows / 2):
        raise _measurements(different, rows, texts=texts)


def _measurements(different: int, rows: int, *, texts: bool) -> PasteError:
    kind = words("texts or names of samples") if texts else words("measurements")
    return PasteError(
        words(
            "There are {different:,} different values in {rows:,} rows: this looks like {kind}, "
            "not labels of at most {most:,} classes. Choose another column.",
            different=different,
            rows=rows,
            kind=kind,
            most=MAX_CLASSES,
        )
    )


def _of_numbers(merged: dict[float, int], missing: int) -> Tally:
    notes = []
    numbers = sorted(merged)
    rest = [number for number in numbers if number != float(IGNORED)]
    if len(rest) < len(numbers) and rest and all(number >= 0 for number in rest):
        ignored = merged[float(IGNORED)]
        notes.append(_ignored(ignored))
        numbers = rest
    if not all(number.is_integer() for number in numbers):
        notes.append(
            words("Some labels are no whole numbers. Check that this is the column of labels.")
        )
    elif numbers != list(map(float, range(len(numbers)))):
        notes.append(
            words(
                "The labels are not 0, 1, 2, … without a gap, as torch numbers classes: the first "
                "weight is for the label {label}. A class number without samples has no row here.",
                label=shorten(_written(numbers[0]), 20),
            )
        )
    counts = tuple(merged[number] for number in numbers)
    return Tally(
        told_apart([_written(number) for number in numbers]), counts, missing, _told(notes)
    )


def _ignored(rows: int) -> str:
    if rows == 1:
        return words("1 row has the label −100, torch’s ignore_index: left out.")
    return words("{count:,} rows have the label −100, torch’s ignore_index: left out.", count=rows)


def _written(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)
