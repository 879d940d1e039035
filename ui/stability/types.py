"""The four number types side by side: the row's cost in each, and where each of them gives up."""

from math import isfinite, isinf

import streamlit as st

from ce_core.stability import MUCH, NUMBER_TYPES, THRESHOLDS, Chains
from ce_core.trace import Step
from ui.figures import figure
from ui.stability.cached import reached, row_chains, thresholds
from ui.stability.tables import cell, line, number, table
from ui.view import View, asked_class, positions
from ui.words import tr

EXACT = ("eps",)  # too small for four decimals


def beside(view: View) -> None:
    """The cost of the class looked at, both ways, in every type."""
    if not positions(view.case) or not view.case.classes:
        return
    row = min(view.row, positions(view.case) - 1)
    column = asked_class(view.case, row) if view.column is None else view.column
    lines = []
    for kind in NUMBER_TYPES:
        both = row_chains(view.case, row, view.overflow.offset, kind.name)
        costs = [_cost(both, steps, column) for steps in (both.naive, both.shifted)]
        chosen = kind.name
        if chosen == view.dtype:
            chosen = tr("{dtype}, chosen above", dtype=kind.name)
        true = cell(figure(float(both.true[0, column])))
        lines.append(line(chosen, [*costs, true]))
    table(
        tr(
            "What class {name} costs if it is the target, unweighted, with v = {offset}",
            name=view.classes[column],
            offset=figure(view.overflow.offset),
        ),
        (
            tr("number type"),
            tr("without the shift"),
            tr("with the shift"),
            tr("nothing added, in float64"),
        ),
        lines,
    )


def _cost(both: Chains, steps: tuple[Step, ...], column: int) -> str:
    value = float(steps[-1].output[0, column])
    if not both.meant[0, column]:
        return cell(figure(value))
    if isfinite(value) and both.off(steps) > MUCH:
        return cell(figure(value), tr("digits lost"), broken=True)
    return number(value, tr("log of 0") if isinf(value) and steps is both.naive else "")


def limits(view: View) -> None:
    """The thresholds of each type, with what the case reaches."""
    st.subheader(tr("Where each number type gives up"))
    st.markdown(
        tr(
            "Each number was found by trying: the smallest number of the type at which the step "
            "fails. A gap is how far two logits of a row are apart, a lead how far the largest is "
            "above the second. The last column is what your numbers reach, the constant added to "
            "the largest logit."
        )
    )
    found, own = thresholds(), _own(view)
    lines = []
    for one in THRESHOLDS:
        mine = own.get(one.of)
        cells = [
            _limit(found[one.key][kind.name], mine, small=one.key in EXACT) for kind in NUMBER_TYPES
        ]
        cells.append(cell(figure(mine), tr(one.of)) if mine is not None else "<td></td>")
        lines.append(line(tr(one.title), cells))
    table(
        tr("Thresholds of the four number types"),
        (tr("what happens"), *(kind.name for kind in NUMBER_TYPES), tr("your numbers")),
        lines,
    )


def _own(view: View) -> dict[str, float]:
    own = dict(reached(view.case))
    if "largest logit" in own:
        own["largest logit"] += view.overflow.offset
    return own


def _limit(value: float, mine: float | None, *, small: bool) -> str:
    text = figure(value)
    if small:
        text = tr("{value:.3g}", value=value).replace("e-0", "e−").replace("e-", "e−")
    past = mine is not None and isfinite(value) and mine >= value
    return cell(text, tr("you are past it") if past else "", broken=past)
