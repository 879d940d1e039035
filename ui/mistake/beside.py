"""The right calculation and the person's side by side, step by step, and where the two part."""

from html import escape

import numpy as np
import streamlit as st

from ce_core import Case, Finding, Findings, Step
from ce_core.rule import CELL, ONE, ROW
from ui.figures import column, latex
from ui.link import encode
from ui.mistake.account import place_of
from ui.mistake.search import rightly
from ui.mistake.spot import Spot, in_numbers
from ui.palette import coloured
from ui.place import row_label
from ui.view import View, step_keys
from ui.words import COMMA, tongue, tr
from ui.words.formulas import formula_words
from ui.words.numerals import prose

ROWS, COLUMNS = 3, 4  # more than these are left out
LONG = 30  # characters of a formula that has no left side: longer ones get a line of their own
ARROW = "<span class='wce-parts' aria-hidden='true'>◀</span>"


def beside(view: View, found: Findings, finding: Finding) -> None:
    """A row per step, torch's numbers beside the person's; then both rules where they part."""
    first = finding.first
    right = rightly(found.case)
    if not first or first not in right:
        return
    st.header(tr("Where the two ways part"))
    ours, theirs = place_of(found, finding, view.classes)
    lines = "".join(
        _line(right[step.key], step, ours, first=first)
        for step in finding.trace
        if step.key in right
    )
    st.html(
        f"<table class='wce-beside'><caption>{tr('Every step, torch’s way and yours')}</caption>"
        f"<thead><tr><th scope='col'>{tr('step')}</th><th scope='col'>torch</th>"
        f"<th scope='col'>{tr('yours')}</th></tr></thead><tbody>{lines}</tbody></table>"
    )
    with st.container(key="rules"):
        torch, yours = st.columns(2, gap="large")
        with torch:
            step = right[first]
            _rule(tr("In torch: {title}", title=tr(step.rule.title)), step, ours)
        with yours:
            way = finding.trace[first]
            _rule(tr("Your way: {title}", title=tr(way.rule.title)), way, theirs)
    if view.other is None and isinstance(found.case, Case) and first in step_keys(found.case):
        there = view if view.case == found.case else view.with_case(found.case)
        st.page_link(
            "pages/steps.py",
            label=tr("Step through the right numbers"),
            icon=":material/arrow_forward:",
            query_params=encode(there.replace(step=first, row=ours.row)),
        )


def _line(right: Step, wrong: Step, at: Spot, *, first: str) -> str:
    differs = right.output.shape != wrong.output.shape or not np.allclose(
        right.output, wrong.output, rtol=1e-12, atol=0, equal_nan=True
    )
    mark = ""
    if right.key == first:
        mark = f"{ARROW} {tr('here they part')}"
    elif differs:
        mark = tr("≠ differs, too")
    kind = "wce-first" if right.key == first else "wce-later" if differs else "wce-same"
    ends = ": " if wrong.rule.axes is ONE else ":<br>"
    same = f"<span class='wce-spoken'> ({tr('the same')})</span>"
    other = "" if wrong.rule.title == right.rule.title else escape(tr(wrong.rule.title)) + ends
    note = f"<br><strong>{mark}</strong>" if mark else same
    return (
        f"<tr class='{kind}'><th scope='row'>{escape(tr(right.rule.title))}</th>"
        f"<td>{_numbers(right, at)}</td><td>{other}{_numbers(wrong, at)}{note}</td></tr>"
    )


def _numbers(step: Step, at: Spot) -> str:
    """A step's numbers, as many as there is room for, those looked at among them."""
    values = step.rows
    between = "; " if tongue().decimal == COMMA else ", "
    if step.rule.axes is CELL:
        rows = _window(len(values), ROWS, at.row)
        classes = _window(values.shape[1], COLUMNS, at.column)
        texts = [column(float(values[row, c]) for c in classes) for row in rows]
        more = f"{between}…" if len(classes) < values.shape[1] else ""
        labels = [row_label(at.case, row) for row in rows]  # type: ignore[arg-type]
        names = [f"<small>{tr('row {row}', row=label)}:</small> " for label in labels]
        if len(values) == 1:
            names = [""]
        lines = [
            f"{name}{between.join(text)}{more}" for name, text in zip(names, texts, strict=True)
        ]
        return "<br>".join(lines) + ("<br>…" if len(rows) < len(values) else "")
    if step.rule.axes is ROW:
        rows = _window(len(values), COLUMNS, at.row)
        if values.dtype == bool:
            shown, between = [tr("yes") if values[row] else tr("no") for row in rows], ", "
        else:
            shown = column(float(values[row]) for row in rows)
        return between.join(shown) + (f"{between}…" if len(rows) < len(values) else "")
    return column([float(values)])[0]


def _window(count: int, most: int, focus: int) -> range:
    """As many places as there is room for, from the first on, or round the one looked at."""
    start = 0 if focus < most else min(focus - most // 2, count - most)
    return range(start, min(start + most, count))


def _rule(heading: str, step: Step, at: Spot) -> None:
    """A rule with its formula in letters and in numbers, and why."""
    st.markdown(f"### {heading}")
    st.latex(coloured(formula_words(_equation(step, at)), dark=st.context.theme.type == "dark"))
    st.caption(prose(step.rule.why))


def _equation(step: Step, at: Spot) -> str:
    left, right = _sides(step.rule.formula)
    made = latex(at.number(step.key)) if step.rows.size else ""
    lines = [part for part in (left, right, in_numbers(at, step), made) if part]
    head, *rest = dict.fromkeys(lines)  # a line that only repeats another says nothing
    if not rest:
        return head
    below = r" \\ &= ".join(rest)
    first = f"{head} &= " if (left and right) or len(head) < LONG else rf"& {head} \\ &= "
    return rf"\begin{{aligned}} {first}{below} \end{{aligned}}"


def _sides(formula: str) -> tuple[str, str]:
    """Both sides of a formula; an equals sign inside brackets, or in a remark, parts nothing."""
    left, equals, right = formula.partition(" = ")
    whole = all(left.count(a) == left.count(b) for a, b in ("()", "[]", "{}"))
    return (left, right) if equals and whole and r"\quad" not in left else (formula, "")
