"""Every number of a trace as a CSV table in long form, with all digits."""

import csv
import io
from itertools import repeat

import numpy as np

from ce_core.arrays import Array
from ce_core.errors import CaseError
from ce_core.rule import CELL, ROW, Axes
from ce_core.trace import Trace, as_rows
from ce_core.words import words

HEAD = ("number", "step", "title", "row", "position", "class", "class_name", "value")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula
MOST_LINES = 500_000  # some 30 MB; a spreadsheet takes a million


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
    shape = trace.case.shape or (1,)
    positions = [f"{row},{'/'.join(map(str, at))}" for row, at in enumerate(np.ndindex(shape))]
    shown = [*map(harmless, names), *repeat("", trace.case.classes - len(names))]
    classes = [_text((column, name)) for column, name in enumerate(shown)]
    lines = [_text(HEAD)]
    for name, array in trace.case.inputs.items():
        lines += _lines(_text((0, name, name)), array, _axes(trace, name), positions, classes)
    for number, step in enumerate(trace, start=1):
        about = _text((number, step.key, step.rule.title))
        lines += _lines(about, step.output, step.rule.axes, positions, classes)
    return "\n".join([*lines, ""])


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
    about: str, array: Array, axes: Axes | None, positions: list[str], classes: list[str]
) -> list[str]:
    """The lines of one array; what stands before the numbers is text already, for speed."""
    numbers = array.astype(int) if array.dtype == bool else array
    if axes is None:
        pairs = zip(classes, numbers.tolist(), strict=True)
        return [f"{about},,,{named},{value!r}" for named, value in pairs]
    if axes is CELL:
        rows = zip(positions, as_rows(numbers, axes).tolist(), strict=True)
        return [
            f"{about},{at},{named},{value!r}"
            for at, values in rows
            for named, value in zip(classes, values, strict=True)
        ]
    if axes is ROW:
        rows = zip(positions, as_rows(numbers, axes).tolist(), strict=True)
        return [f"{about},{at},,,{value!r}" for at, value in rows]
    return [f"{about},,,,,{numbers.item()!r}"]


def _text(cells: tuple[object, ...]) -> str:
    """Some cells of a line, in quotes where they need them."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()
