"""The gradient of the whole batch: a line per row, with the factor that each row has."""

import streamlit as st

from ce_core import Case, Trace
from ui.figures import column as column_of
from ui.figures import figure
from ui.gradient.onward import onward
from ui.gradient.tables import table
from ui.matrix import chosen
from ui.place import Place, row_label
from ui.words import Words, joined, tr, words

ROWS, CLASSES = 20, 8


def batch(trace: Trace, at: Place) -> None:
    """Every row's gradient, its factor, its sum and its length."""
    rows = chosen(len(trace["factor"].rows), ROWS, at.row)
    classes = chosen(at.case.classes, CLASSES, at.column)
    kept = [row for row in rows if row is not None]
    gradient, factor, long = (trace[key].rows for key in ("gradient", "factor", "length"))
    columns: list[list[str]] = [[_target(at, row) for row in kept]]
    heads, concepts = [tr("row"), tr("target"), tr("factor F")], ["", "target", "weight"]
    columns.append(column_of(float(factor[row]) for row in kept))
    for c in classes:
        heads.append("…" if c is None else at.name(c))
        concepts.append("" if c is None else "logits")
        cells = ["…"] * len(kept) if c is None else column_of(gradient[row, c] for row in kept)
        columns.append(cells)
    heads.append(tr("length"))
    concepts.append("")
    columns.append(column_of(float(long[row]) for row in kept))
    lines = dict(zip(kept, zip(*columns, strict=True), strict=True))
    body = [None if r is None else (row_label(at.case, r), *lines[r]) for r in rows]
    folded = len(factor) - len(kept)
    caption = (
        tr(
            "The gradient of the whole batch: a row per sample, a column per class, {count:,} rows "
            "folded",
            count=folded,
        )
        if folded
        else tr("The gradient of the whole batch: a row per sample, a column per class")
    )
    st.html(
        table(
            caption,
            heads,
            body,
            marked=rows.index(at.row),
            concepts=concepts,
        )
    )
    st.markdown(_why(trace, at))
    onward("mistake", tr("I have another gradient: find what made it"), of="gradient")


def _target(at: Place, row: int) -> str:
    if at.case.soft:
        return tr("a mix")
    target = int(at.case.target.reshape(-1)[row])
    return tr("ignored") if target == at.case.ignore_index else at.name(target)


def _why(trace: Trace, at: Place) -> str:
    case = trace.case
    apart = "p − r" if "carried" in trace else "p − q"
    factor = float(trace["factor"].rows[at.row])
    claim = words("**“My gradient is {difference}, and torch's is not.”**", difference=apart)
    missing = (
        words("It is in {row}, where F is 1.", row=at.row_name)
        if factor == 1
        else words(
            "Then F is missing: in {row} each {difference} is multiplied by {factor}.",
            row=at.row_name,
            difference=apart,
            factor=figure(factor),
        )
    )
    return tr(joined([_factor(case), claim, missing]))


def _factor(case: Case) -> Words:
    if case.reduction != "mean":
        return words("F is what each row's target weighs.")
    if case.soft:
        return words("F is what each row's target weighs, divided by the number of samples.")
    return words("F is what each row's target weighs, divided by the sum of the targets' weights.")
