"""A small case as tables of text, and back: what the editor shows and what it reads.

The cells are text, so that -inf, 1e-3 and 0,5 can be typed and a slip stays as it was typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ce_core import Case, CaseError
from ce_core.arrays import Array
from ce_core.rule import CELL
from ce_core.trace import as_rows
from ce_core.words import Words, words
from ui.notation import NotationError
from ui.place import row_label
from ui.typed import doubt, read_typed, written
from ui.view import IGNORED, TARGET, positions

Edits = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class Tables:
    """A case as text: logits (with the targets), probabilities for a soft target, weights."""

    logits: pd.DataFrame
    probabilities: pd.DataFrame | None
    weight: pd.DataFrame


def tables(case: Case, names: Sequence[str]) -> Tables:
    """The case's arrays, a row per target position and a column per class."""
    labels = [row_label(case, k) for k in range(positions(case))]
    logits = _frame(as_rows(case.inputs["logits"], CELL), labels, names)
    probabilities = None
    if case.soft:
        probabilities = _frame(as_rows(case.inputs["target"], CELL), labels, names)
    else:
        texts = [_target_text(int(k), case, names) for k in case.target.reshape(-1)]
        logits[TARGET] = pd.Series(texts, logits.index, dtype=object)
    weight = _frame(case.inputs["weight"][None], ["weight"], names)
    return Tables(logits, probabilities, weight)


def _frame(values: Array, labels: Sequence[str], names: Sequence[str]) -> pd.DataFrame:
    text = [[written(value) for value in row] for row in values.tolist()]
    # Of objects: a cell of a "str" column takes 0.05 ms to change, and each edit changes all again.
    return pd.DataFrame(text, index=list(labels), columns=list(names), dtype=object)


def _target_text(number: int, case: Case, names: Sequence[str]) -> str:
    return IGNORED if number == case.ignore_index else names[number]


def edited(frame: pd.DataFrame, edits: Edits) -> pd.DataFrame:
    """The frame with the editor's changes put in; a change outside of it is left out."""
    changed = frame.copy()
    for row, cells in edits.items():
        for column, text in cells.items():
            if column in changed.columns and 0 <= int(row) < len(changed):
                changed.iloc[int(row), changed.columns.get_loc(column)] = (
                    "" if text is None else str(text)
                )
    return changed


def read_case(made: Tables, case: Case) -> Case:
    """The case that the tables describe, with the shapes and options of the given one.

    Raises:
        CaseError: a cell that is no number, naming the cell; or what `Case` refuses.
    """
    names = list(made.weight.columns)
    logits = _folded(read_cells("logits", made.logits[names]), case)
    if made.probabilities is not None:
        target = _folded(read_cells("target", made.probabilities), case)
    else:
        target = _read_targets(made.logits[TARGET], names, case).reshape(case.target.shape)
    weight = read_cells("weight", made.weight)[0]
    given = case.weight is not None or (weight != 1).any()
    return case.replace(logits=logits, target=target, weight=weight if given else None)


def _folded(rows: Array, case: Case) -> Array:
    """(M, C) back to (C,), (N, C) or (N, C, d1, ..)."""
    if case.single:
        return rows[0]
    shape = case.logits.shape
    return np.moveaxis(rows.reshape(shape[0], *shape[2:], shape[1]), -1, 1)


def read_cells(name: str, frame: pd.DataFrame) -> Array:
    """The numbers of a frame of text; a decimal comma is read as a point."""
    values = np.zeros(frame.shape)
    for i, (label, row) in enumerate(zip(frame.index, frame.to_numpy(), strict=True)):
        for c, text in enumerate(row):
            values[i, c] = _cell(name, str(label), str(frame.columns[c]), text)
    return values


def _cell(name: str, label: str, column: str, text: object) -> float:
    typed = "" if text is None or text is pd.NA else str(text).strip()
    try:
        return read_typed(typed)
    except NotationError as problem:
        found = (
            words("the cell {where} holds '{text}'", where=_place(name, label, column), text=typed)
            if typed
            else words("the cell {where} is empty", where=_place(name, label, column))
        )
        remedy = words("Type a number such as {number}, -1e-3 or -inf.", number=written(2.5))
        raise CaseError(name, words("it must be a number"), found, remedy) from problem


def _place(name: str, label: str, column: str) -> Words:
    if name == "weight":
        return words("{table}, class {column}", table=name, column=column)
    return words("{table}, row {row}, {column}", table=name, row=label, column=column)


def doubts(made: Tables) -> list[Words]:
    """How the cells were read that could be read in two ways."""
    frames = (made.logits, made.probabilities, made.weight)
    texts = (text for frame in frames if frame is not None for text in frame.to_numpy().flat)
    return [said for said in map(doubt, map(str, texts)) if said]


def _read_targets(column: "pd.Series[Any]", names: Sequence[str], case: Case) -> Array:
    """Class names back to class numbers; "ignored" and an emptied cell to `ignore_index`."""
    number = {name: k for k, name in enumerate(names)} | {IGNORED: case.ignore_index}
    return np.array([number.get(str(text), case.ignore_index) for text in column], dtype=np.int64)
