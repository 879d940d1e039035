"""Counts the labels in an uploaded file: a column of a table, or an array of NumPy's own.

Nothing in it is run; pickled objects are refused. What is missing is counted apart.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass

import numpy as np

from ce_core.words import Words, words
from ui.choose.columns import NOT_IN_TEXT, Layout, check_widths, flat_cells, layout, likely
from ui.choose.tally import Tally, as_numbers, refuse_many, refuse_measurements, tally
from ui.npy import REAL, WORDS, arrays_in
from ui.paste import PasteError
from ui.paste.record import shown
from ui.upload import decoded

ONE_HOT, ALL = words("one-hot rows"), words("all values")
MOST_ARRAY_COLUMNS = 50
ROWS_AT_ONCE = 200_000


@dataclass(frozen=True)
class Counted:
    """What a file gave.

    Attributes:
        columns: what could be chosen.
        chosen: which of them was counted.
        header: whether the first line was read as names; None for arrays.
        tally: the counts.
    """

    columns: tuple[str, ...]
    chosen: int
    header: bool | None
    tally: Tally


def count_file(
    name: str,
    data: bytes,
    column: int | None = None,
    header: bool | None = None,  # noqa: FBT001 - None guesses
) -> Counted:
    """Count the labels of a file.

    Args:
        name: the file's name.
        data: at most 20 MB.
        column: which column the labels are; None guesses.
        header: whether the first line of a text is names; None guesses.

    Raises:
        PasteError: the file is too large, damaged or dangerous, or its column holds no labels.
    """
    arrays = arrays_in(name, data, REAL + WORDS)
    if arrays is not None:
        return _count_arrays(arrays, column)
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    cut = layout(name, text, header)
    chosen = cut.default if column is None or column >= len(cut.names) else column
    values, counts = _distinct(name, text, cut, chosen)
    return Counted(cut.names, chosen, None if cut.flat else cut.header, tally(values, counts))


def _distinct(name: str, text: str, cut: Layout, column: int) -> tuple[list[str], list[int]]:
    """The different cells of one column, as they are written, and how often each is there."""
    import pandas as pd

    times: dict[str, int] = {}
    try:
        if cut.flat:
            return flat_cells(text, cut.separator)
        check_widths(text, cut)
        table = pd.read_csv(
            io.StringIO(text),
            sep=cut.separator,
            header=0 if cut.header else None,
            usecols=[column],
            chunksize=ROWS_AT_ONCE,
            dtype="category",
            keep_default_na=False,
            na_values=[""],
            index_col=False,
            low_memory=False,
            skipinitialspace=True,
            skip_blank_lines=cut.separator != NOT_IN_TEXT,
        )
        for part in table:
            for value, count in part.iloc[:, 0].value_counts(dropna=False).items():
                label = "" if pd.isna(value) else str(value)
                times[label] = times.get(label, 0) + int(count)
            labels = {label: count for label, count in times.items() if label}
            refuse_measurements(labels, as_numbers(labels))  # a whole file would take long
    except PasteError:
        raise
    except (ValueError, OverflowError, csv.Error) as problem:
        reason = str(problem).removeprefix("Error tokenizing data. C error: ").strip()
        raise PasteError(
            words(
                "{file} cannot be read as a table: {reason}. Save it again as .csv.",
                file=shown(name),
                reason=shown(reason, 120),
            )
        ) from problem
    return list(times), list(times.values())


def _count_arrays(arrays: list[tuple[str, np.ndarray]], column: int | None) -> Counted:
    """Every array, or every column of a table, is one to choose."""
    if not arrays:
        raise PasteError(words("The file holds no array. Save it with np.savez('y.npz', y=...)."))
    parts = [part for name, values in arrays for part in _parts(name, values, len(arrays))]
    names = tuple(name for name, _ in parts)
    guess = next((k for k, name in enumerate(names) if name.endswith(ONE_HOT)), likely(names))
    chosen = guess if column is None or column >= len(names) else column
    flat = parts[chosen][1].reshape(-1)
    return Counted(names, chosen, None, tally(*_distinct_of(flat)))


def _parts(name: str, values: np.ndarray, arrays: int) -> list[tuple[str, np.ndarray]]:
    """What of an array can be labels: all of it, its columns, or rows that are one-hot."""
    if values.dtype.kind == "S":
        values = np.char.decode(values, "latin-1")

    def of(part: Words) -> Words:
        return words("{array}, {part}", array=name, part=part) if arrays > 1 else part

    if values.ndim != 2 or 1 in values.shape:
        return [(name, values)]
    parts: list[tuple[str, np.ndarray]] = [(of(ALL), values)]
    if values.shape[1] <= MOST_ARRAY_COLUMNS:
        columns = range(values.shape[1])
        parts = [(of(words("column {number}", number=k)), values[:, k]) for k in columns]
    if values.dtype.kind in REAL and ((values == 0) | (values == 1)).all():
        picked = values.astype(bool)
        if (picked.sum(axis=1) == 1).all():
            parts.append((of(ONE_HOT), picked.argmax(axis=1)))
    return parts


def _distinct_of(values: np.ndarray) -> tuple[list[str], list[int]]:
    """The different values of an array as text, and how often each is there."""
    if values.dtype.kind in WORDS:
        found: Counter[str] = Counter()
        for start in range(0, len(values), ROWS_AT_ONCE):  # a text for each would fill the memory
            found.update(values[start : start + ROWS_AT_ONCE].tolist())
            refuse_many(len(found), found.total(), texts=True)
        return list(found), list(found.values())
    if values.dtype.kind == "b":
        values = values.astype(np.int64)
    kinds, times = np.unique(values, return_counts=True)
    refuse_many(len(kinds), len(values))
    return [repr(value) for value in kinds.tolist()], times.tolist()
