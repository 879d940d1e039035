"""A cell is one number of a step; its id is "probs/0/1", "losses/2/" or "mean_loss//"."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ce_core.arrays import Array
from ce_core.rule import CELL, ROW
from ce_core.trace import Trace


@dataclass(frozen=True, order=True)
class Cell:
    """A step's number in a row and a class, where the step has rows and classes."""

    key: str
    row: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return f"{self.key}/{_text(self.row)}/{_text(self.column)}"

    @property
    def index(self) -> tuple[int, ...]:
        """Where it stands in the step's output."""
        return tuple(place for place in (self.row, self.column) if place is not None)

    def of(self, trace: Trace) -> float:
        """Its number in a trace; -0 is 0."""
        return self.at(trace[self.key].output)

    def at(self, output: Array) -> float:
        """Its number in an output of its step."""
        return float(output[self.index]) + 0.0


def _text(place: int | None) -> str:
    return "" if place is None else str(place)


@lru_cache(maxsize=2048)
def cells(trace: Trace, key: str) -> tuple[Cell, ...]:
    """All cells of a step, row by row."""
    step = trace[key]
    named = {CELL: ("row", "column"), ROW: ("row",)}.get(step.rule.axes, ())
    places = np.ndindex(step.output.shape)
    return tuple(Cell(key, **dict(zip(named, place, strict=True))) for place in places)


def cell(trace: Trace, name: str) -> Cell:
    """The cell of that id.

    Raises:
        ValueError: the trace has no such cell.
    """
    key = name.partition("/")[0]
    for one in cells(trace, key) if key in trace else ():
        if str(one) == name:
            return one
    raise ValueError(f"{name!r} is no cell of this calculation; ids are like 'losses/2/'")
