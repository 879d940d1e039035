"""Every number of a trace as a CSV table in long form, with all digits."""

import csv
import io
from collections.abc import Iterator

import numpy as np

from ce_core.arrays import Array
from ce_core.errors import CaseError
from ce_core.rule import CELL, ROW, Axes
from ce_core.trace import Trace, as_rows
from ce_core.words import words

HEAD = ("number", "step", "title", "row", "position", "class", "class_name", "value")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula
MOST_LINES = 500_000  # some 30 MB; a spreadsheet takes a million
Row = tuple[object, ...]


def table(trace: Trace, names: tuple[str, ...] = ()) -> str:
    """The table's text: a line for each number of each input and step.

    `number` is the step's place in the walk (0 for an input), `row` counts the target positions,
    `position` is the row's index in the target ("0" or "0/2/1"), `class` and `class_name` are
    empty where there is no number per class. Floats are written by `repr`, so that reading them
    gives the same float64. A name that a spreadsheet would run has an apostrophe before it.

    Raises:
        CaseError: more lines than a spreadsheet opens.
    """
    _openable(trace)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    positions = ["/".join(map(str, index)) for index in np.ndindex(trace.case.shape or (1,))]
    shown = [harmless(name) for name in names]
    for name, array in trace.case.inputs.items():
        axes = _axes(trace, name)
        writer.writerows(_lines((0, name, name), array, axes, positions, shown))
    for number, step in enumerate(trace, start=1):
        about = (number, step.key, step.rule.title)
        writer.writerows(_lines(about, step.output, step.rule.axes, positions, shown))
    return text.getvalue()


def _openable(trace: Trace) -> None:
    arrays = [*trace.case.inputs.values(), *(step.output for step in trace)]
    lines = sum(array.size for array in arrays)
    if lines > MOST_LINES:
        raise CaseError(
            "logits",
            words("a table holds up to {most:,} lines", most=MOST_LINES),
            words("all numbers of this case are {lines:,}", lines=lines),
            words("Take fewer rows."),
        )


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _axes(trace: Trace, name: str) -> Axes | None:
    """What an input has one number of; None for one per class."""
    if name == "logits" or (name == "target" and trace.case.soft):
        return CELL
    return {"target": ROW, "weight": None}.get(name, Axes.ONE)


def _lines(
    about: Row, array: Array, axes: Axes | None, positions: list[str], names: list[str]
) -> Iterator[Row]:
    def named(column: int) -> tuple[int, str]:
        return column, names[column] if column < len(names) else ""

    if axes is None:
        for column, value in enumerate(array.tolist()):
            yield (*about, "", "", *named(column), _written(value))
    elif axes is CELL:
        for row, values in enumerate(as_rows(array, axes).tolist()):
            for column, value in enumerate(values):
                yield (*about, row, positions[row], *named(column), _written(value))
    elif axes is ROW:
        for row, value in enumerate(as_rows(array, axes).tolist()):
            yield (*about, row, positions[row], "", "", _written(value))
    else:
        yield (*about, "", "", "", "", _written(array.item()))


def _written(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else repr(value)
