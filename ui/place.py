"""One row and one class of a trace: which cells a step reads there, and their numbers in words.

A row is a target position; its class is the one looked at, or the target's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter
from typing import Any

import numpy as np

from ce_core import Case, Step, Trace
from ce_core.arrays import Array
from ce_core.rule import CELL, ONE, ROW, Axes
from ce_core.trace import as_rows
from ui.figures import MINUS, figure
from ui.view import View, asked_class, positions
from ui.words import Words, tr, words

AT_TARGET = ("target_log_prob", "sample_weight")  # steps that read the target's class only
WHOLE_ROW = (("gradient", "target_dist"),)  # (step, input): a cell that reads its whole row


@dataclass(frozen=True)
class Place:
    """A row and a class of a trace, with names for them."""

    trace: Trace
    names: tuple[str, ...]
    row: int
    column: int

    @property
    def case(self) -> Case:
        """The trace's case."""
        return self.trace.case

    @property
    def exists(self) -> bool:
        """Whether there is any cell to look at; an empty batch has none."""
        return positions(self.case) > 0 and self.case.classes > 0

    @property
    def target(self) -> int | None:
        """The row's class number; None for class probabilities."""
        return None if self.case.soft else int(self.case.target.reshape(-1)[self.row])

    @property
    def ignored(self) -> bool:
        """Whether the row's target is `ignore_index`."""
        return self.target is not None and self.target == self.case.ignore_index

    @property
    def row_name(self) -> Words:
        """The row as torch indexes it: "row 0", or "row (0, 1, 1)" for a pixel."""
        return words("row {row}", row=row_label(self.case, self.row))

    def name(self, column: int) -> str:
        """The name of a class; a number that is no class is its own name."""
        return self.names[column] if 0 <= column < len(self.names) else str(column)

    def rows(self, name: str) -> Array:
        """An input or a step, a row per target position."""
        axes = axes_of(self.trace, name)
        array = self.trace[name].output if name in self.trace else self.case.inputs[name]
        return array if axes is None else as_rows(array, axes)

    def number(self, name: str, column: int) -> float:
        """An input's or a step's number at this row and the given class."""
        array = self.rows(name)
        axes = axes_of(self.trace, name)
        if axes is CELL:
            return float(array[self.row, column])
        if axes is ROW:
            return float(array[self.row])
        return float(array[column]) if array.ndim else float(array)


def place(trace: Trace, view: View) -> Place:
    """Where the view looks: its row, and its class or else the row's target."""
    case = trace.case
    row = min(view.row, max(positions(case) - 1, 0))
    column = view.column
    if column is None or not 0 <= column < case.classes:
        column = asked_class(case, row)
    return Place(trace, view.classes, row, column)


def row_label(case: Case, row: int) -> str:
    """The row's index in the target: "3", or "(0, 1, 1)" where the target has several axes."""
    shape = case.shape or (1,)
    index = tuple(int(k) for k in np.unravel_index(row, shape)) if positions(case) else (0,)
    return str(index[0]) if len(index) == 1 else f"({', '.join(map(str, index))})"


def axes_of(trace: Trace, name: str) -> Axes | None:
    """What there is one number of in an input or a step; None for a number per class (weight)."""
    if name in trace:
        return trace[name].rule.axes
    soft_target = name == "target" and trace.case.soft
    if name == "logits" or soft_target:
        return CELL
    return {"target": ROW, "weight": None}.get(name, ONE)


def takes(trace: Trace, step: Step, name: str) -> str:
    """Which part of an input a step reads for the one number looked at.

    Returns:
        "one" of a single number; "rows" of everything there is one of per row; "row" of a number
        per row; "class", "target class" or "classes" of a number per class; "cell", "target
        cell" or "row cells" of a table.
    """
    axes, makes = axes_of(trace, name), step.rule.axes
    at_target = step.key in AT_TARGET
    if axes is ONE:
        return "one"
    if makes is ONE and axes in (CELL, ROW):
        return "rows"
    if axes is ROW:
        return "row"
    if axes is None:
        whole = step.key == "gradient"
        return "target class" if at_target else "classes" if whole else "class"
    if at_target:
        return "target cell"
    return "row cells" if makes is ROW or (step.key, name) in WHOLE_ROW else "cell"


def read_cells(at: Place, step: Step, name: str) -> Array:
    """Which cells of an input a step reads for the cell looked at.

    Returns:
        A mask of the shape of `at.rows(name)`.
    """
    mask = np.zeros(at.rows(name).shape, dtype=bool)
    part = takes(at.trace, step, name)
    if part.startswith("target") and at.ignored:
        return mask
    target = at.target if at.target is not None else at.column
    where: dict[str, Any] = {
        "one": ...,
        "rows": ...,
        "row": at.row,
        "class": at.column,
        "target class": target,
        "classes": ...,
        "cell": (at.row, at.column),
        "target cell": (at.row, target),
        "row cells": at.row,
    }
    mask[where[part]] = True
    return mask


def made_cells(at: Place, step: Step) -> Array:
    """Which cell of its output a step makes at the place looked at, as a mask over `step.rows`."""
    mask = np.zeros(step.rows.shape, dtype=bool)
    if step.rule.axes is CELL:
        mask[at.row, at.column] = True
    elif step.rule.axes is ROW:
        mask[at.row] = True
    else:
        mask[...] = True
    return mask


def in_words(at: Place, step: Step) -> str:
    """One plain sentence about what the step did at the place looked at."""
    if at.ignored and step.rule.axes is not ONE and step.key not in ("kept", *SHARED):
        return tr(
            "Row {row} is ignored, because its target is ignore_index ({number}): it adds 0.",
            row=row_label(at.case, at.row),
            number=_class_number(at.case.ignore_index),
        )
    return "".join(_fill(at, step, tr(step.rule.sentence)))


SHARED = ("row_max", "shifted", "exps", "partition", "probs", "log_probs")


def result(at: Place, step: Step) -> float:
    """The number the step made at the place looked at."""
    return at.number(step.key, at.column)


def _fill(at: Place, step: Step, template: str) -> Iterator[str]:
    at_target = step.key in (*AT_TARGET, "nll", "losses") and not at.case.soft
    column = at.target if at_target and at.target is not None and not at.ignored else at.column
    names = {
        "row": tr(at.row_name),
        "class": at.name(column),
        "classes": str(at.case.classes),
    }
    for literal, field, spec, _ in Formatter().parse(template):
        yield literal
        if field is None:
            continue
        if field in names:
            text = names[field]
            yield text.capitalize() if spec == "C" else text
        elif field == "kept":
            yield tr("it counts") if at.number(field, column) else tr("it does not count")
        elif field == "target" and not at.case.soft:
            yield _class_number(int(at.rows("target")[at.row]))
        else:
            yield figure(at.number(field, column))


def _class_number(number: int) -> str:
    return str(number).replace("-", MINUS)
