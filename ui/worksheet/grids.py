"""The numbers of a worksheet as tables of text: what is given, and what a step makes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ce_core import Case, Step, Trace
from ce_core.arrays import Array
from ce_core.rule import CELL, ROW
from ce_core.trace import as_rows
from ui.figures import column, digits
from ui.place import row_label
from ui.view import positions
from ui.words import tr

A_LINE = 6  # numbers of a step that makes one per row, beside each other
DECIMALS, FINE = 4, 6  # of what is given: more only where four are not the number itself


@dataclass(frozen=True)
class Grid:
    """A table of numbers as text.

    Attributes:
        title: what stands above it, or "".
        heads: the names of its columns; () for none.
        rows: the name of each row, or "", and its cells.
        foot: whether the last row stands apart from those above.
    """

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    foot: bool = False


def row_name(case: Case, row: int) -> str:
    """The row as torch indexes it."""
    return tr("row {row}", row=row_label(case, row))


def case_grids(case: Case, names: Sequence[str]) -> tuple[Grid, ...]:
    """The logits with the target and the class weights, as one table or, for a mix, two."""
    logits = as_rows(case.inputs["logits"], CELL)
    rows = [row_name(case, row) for row in range(len(logits))]
    if case.soft:
        wanted = as_rows(case.inputs["target"], CELL)
        mix = Grid(tr("Target probabilities"), tuple(names), _named(rows, _table(wanted)))
        return _weighed(case, Grid(tr("Logits"), tuple(names), _named(rows, _table(logits)))), mix
    cells = [
        [*line, _target(case, names, int(target))]
        for line, target in zip(_table(logits), case.target.reshape(-1), strict=True)
    ]
    heads = (*names, tr("target"))
    return (_weighed(case, Grid(tr("Logits"), heads, _named(rows, cells))),)


def _weighed(case: Case, grid: Grid) -> Grid:
    """The table with the class weights as its last row, where there are any."""
    if case.weight is None:
        return grid
    blank = [""] * (len(grid.heads) - case.classes)
    last = (tr("class weight"), (*_table(case.weight[None])[0], *blank))
    return Grid(grid.title, grid.heads, (*grid.rows, last), foot=True)


def _target(case: Case, names: Sequence[str], target: int) -> str:
    if target == case.ignore_index:
        return tr("ignored")
    return names[target] if 0 <= target < len(names) else str(target)


def is_rounded(case: Case) -> bool:
    """Whether a number that is given has more decimals than are printed."""
    arrays = (case.logits, case.target, case.weight)
    return any(_decimals(array, FINE) is None for array in arrays if array is not None)


def _table(values: Array) -> list[list[str]]:
    """Rows of text, all with as many decimals."""
    numbers = values.reshape(-1)
    texts = column(numbers, _decimals(values, DECIMALS) or FINE)
    whole = (
        digits(number, FINE) if "e" in text else text
        for number, text in zip(numbers, texts, strict=True)
    )
    return [[next(whole) for _ in line] for line in values]


def _decimals(values: Array, most: int) -> int | None:
    """So many decimals, if all the numbers are exact with them."""
    finite = np.asarray(values, dtype=np.float64)
    finite = finite[np.isfinite(finite)]
    exact = np.isclose(finite, np.round(finite, most), rtol=1e-12, atol=0).all()
    return most if exact else None


def _named(
    rows: Sequence[str], cells: Sequence[Sequence[str]]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(line)) for name, line in zip(rows, cells, strict=True))


def step_grids(trace: Trace, step: Step, names: Sequence[str], title: str = "") -> tuple[Grid, ...]:
    """What a step makes: a table, lines of a number per row, or one number."""
    case, values = trace.case, step.rows
    texts = _texts(values)
    rows = [row_name(case, row) for row in range(positions(case))]
    if step.rule.axes is CELL:
        cells = [texts[k : k + case.classes] for k in range(0, len(texts), case.classes)]
        return (Grid(title, tuple(names), _named(rows, cells)),)
    if step.rule.axes is ROW:
        lines = [slice(k, k + A_LINE) for k in range(0, len(rows), A_LINE)]
        return tuple(
            Grid(title if line.start == 0 else "", tuple(rows[line]), (("", tuple(texts[line])),))
            for line in lines
        )
    return (Grid(title, (), (("", tuple(texts)),)),)


def _texts(values: Array) -> list[str]:
    if values.dtype == bool:
        return [tr("yes") if value else tr("no") for value in values.reshape(-1)]
    return column(values.reshape(-1))


def emptied(grid: Grid) -> Grid:
    """The same table with its cells to fill in."""
    return Grid(grid.title, grid.heads, tuple((name, ("",) * len(row)) for name, row in grid.rows))
