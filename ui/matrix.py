"""Arrays as HTML tables with the cells that were read and made marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

import numpy as np

from ce_core import Step
from ce_core.arrays import Array
from ce_core.rule import CELL, ONE, ROW
from ui.figures import column as column_of
from ui.figures import full
from ui.palette import concept_of
from ui.place import Place, axes_of, made_cells, read_cells, row_label
from ui.words import tr, words

ROWS, COLUMNS = 8, 8  # more than these are folded
MARKS = {"read": words("read"), "made": words("made")}


@dataclass(frozen=True)
class Sheet:
    """An array ready to be drawn: a table of at most two axes with its names and marks."""

    title: str
    key: str
    values: Array
    row_name: Callable[[int], str] | None
    column_names: Sequence[str]
    marked: Array
    mark: str  # "read" or "made"
    corner: str = ""


def draw(sheet: Sheet, row: int, column: int) -> str:
    """The sheet as an HTML table; long axes keep their beginning and what is looked at."""
    values = np.atleast_2d(sheet.values.T).T if sheet.values.ndim < 2 else sheet.values
    marked = sheet.marked.reshape(values.shape)
    rows = chosen(values.shape[0], ROWS, row)
    columns = chosen(values.shape[1], COLUMNS, column)
    drawn = [(i, c) for i in rows if i is not None for c in columns if c is not None]
    head = "".join(_head(sheet.column_names, k) for k in columns) if sheet.column_names else ""
    corner = tr(sheet.corner)
    lines = [f"<tr><th scope='col'>{escape(corner)}</th>{head}</tr>"] if head else []
    texts = dict(zip(drawn, column_of(values[i, c] for i, c in drawn), strict=True))
    for i in rows:
        if i is None:
            lines.append(f"<tr><td class='wce-fold' colspan='{len(columns) + 1}'>⋮</td></tr>")
            continue
        name = f"<th scope='row'>{escape(sheet.row_name(i))}</th>" if sheet.row_name else ""
        cells = "".join(
            "<td class='wce-fold'>…</td>"
            if c is None
            else _cell(texts[i, c], values[i, c], mark=sheet.mark if marked[i, c] else "")
            for c in columns
        )
        lines.append(f"<tr>{name}{cells}</tr>")
    folded = _folded(values.shape, rows, columns)
    caption = f"<caption>{escape(tr(sheet.title))}{folded}</caption>"
    concept = concept_of(sheet.key).key
    return (
        f"<div class='wce-scroll'><table class='wce-sheet wce-{concept}'>{caption}"
        f"{''.join(lines)}</table></div>"
    )


def _head(names: Sequence[str], column: int | None) -> str:
    if column is None:
        return "<th class='wce-fold'>…</th>"
    return f"<th scope='col'>{escape(names[column])}</th>"


def _cell(text: str, value: float, mark: str) -> str:
    style = f" class='wce-{mark}'" if mark else ""
    spoken = f"<span class='wce-spoken'> ({escape(tr(MARKS[mark]))})</span>" if mark else ""
    return f"<td{style} title='{full(value)}'>{text}{spoken}</td>"


def _folded(
    shape: tuple[int, ...], rows: Sequence[int | None], columns: Sequence[int | None]
) -> str:
    parts = []
    hidden_rows = shape[0] - sum(k is not None for k in rows)
    hidden_columns = shape[1] - sum(k is not None for k in columns)
    if hidden_rows:
        parts.append(tr("{count:,} more rows", count=hidden_rows))
    if hidden_columns:
        parts.append(tr("{count:,} more classes", count=hidden_columns))
    said = tr("({parts} folded)", parts=", ".join(parts))
    return f" <span class='wce-more'>{escape(said)}</span>" if parts else ""


def chosen(count: int, limit: int, focus: int) -> list[int | None]:
    """The indices to draw: all if they are few, else the first ones, the one looked at, the last.

    None stands for a fold.
    """
    if count <= limit:
        return list(range(count))
    near = {focus - 1, focus, focus + 1} if focus >= limit - 3 else set()
    kept = sorted({*range(limit - 1 - len(near)), *(k for k in near if k < count), count - 1})
    out: list[int | None] = []
    for before, k in zip([-1, *kept], kept, strict=False):
        if k - before > 1:
            out.append(None)
        out.append(k)
    return out


TITLES = {
    "logits": words("Logits"),
    "target": words("Target"),
    "weight": words("Class weights"),
    "ignore_index": "ignore_index",
    "label_smoothing": "label_smoothing",
}


def sheets(at: Place, step: Step) -> tuple[list[Sheet], Sheet]:
    """The arrays that a step reads, and the one it makes."""
    read = [_read(at, step, name) for name in step.rule.reads]
    made = _sheet(at, step.key, step.rule.title, made_cells(at, step), "made")
    return read, made


def _read(at: Place, step: Step, name: str) -> Sheet:
    title = TITLES.get(name) or at.trace[name].rule.title
    return _sheet(at, name, title, read_cells(at, step, name), "read")


def _sheet(at: Place, name: str, title: str, marked: Array, mark: str) -> Sheet:
    values, axes = at.rows(name), axes_of(at.trace, name)
    rows = partial(row_label, at.case) if axes in (CELL, ROW) else None
    if axes is None:  # a number per class, drawn as one row
        values, marked = values[None], marked[None]
    columns = list(at.names) if axes in (CELL, None) else []
    if name == "target" and axes is ROW:
        title = words("Target (class number)")
    if axes is ONE:
        values, marked = values.reshape(1, 1), marked.reshape(1, 1)
    return Sheet(title, name, values, rows, columns, marked, mark, words("row") if rows else "")
