"""A picture of one row of numbers: a horizontal bar each, on an axis that includes zero."""

from collections.abc import Callable
from html import escape

import numpy as np

from ce_core import Step
from ce_core.arrays import Array
from ce_core.rule import CELL, ROW
from ui.figures import column
from ui.matrix import chosen
from ui.palette import concept_of
from ui.place import Place, row_label

LIMIT = 12
TERMS = {"sum_loss": "losses", "denominator": "sample_weight", "mean_loss": "losses"}


def of_step(at: Place, step: Step) -> str:
    """The bars of what the step made: the row's classes, or all rows; of a total, its terms."""
    name = step.key if step.rule.axes in (CELL, ROW) else TERMS[step.key]
    if name not in at.trace:
        name = "losses"
    made = at.trace[name]
    title = made.rule.title
    if made.rule.axes is CELL:
        return bars(f"{title}, {at.row_name}", name, made.rows[at.row], at.name, at.column)
    focus = at.row if step.rule.axes is ROW else None
    return bars(
        f"{title}, each row", name, made.rows, lambda k: f"row {row_label(at.case, k)}", focus
    )


def bars(
    title: str, name: str, values: Array, label: Callable[[int], str], focus: int | None
) -> str:
    """The picture as HTML; what is looked at is named in bold, a long list is folded."""
    finite = values[np.isfinite(values)]
    low = min(0.0, float(finite.min(initial=0)))
    high = max(0.0, float(finite.max(initial=0)))
    span = (high - low) or 1.0
    lines = []
    shown = chosen(len(values), LIMIT, focus or 0)
    drawn = [k for k in shown if k is not None]
    texts = dict(zip(drawn, column(values[drawn]), strict=True))
    for k in shown:
        if k is None:
            lines.append("<li class='wce-fold'>⋮</li>")
            continue
        lines.append(_bar(label(k), float(values[k]), texts[k], (low, span), bold=k == focus))
    concept = concept_of(name).key
    stripes = " wce-hatched" if name == "gradient" else ""
    return (
        f"<figure class='wce-bars wce-{concept}{stripes}'>"
        f"<figcaption>{escape(title)}</figcaption><ul>{''.join(lines)}</ul></figure>"
    )


def _bar(label: str, value: float, text: str, axis: tuple[float, float], *, bold: bool) -> str:
    low, span = axis
    drawn = value if np.isfinite(value) else 0.0
    left = 100 * (min(drawn, 0.0) - low) / span
    width = 100 * abs(drawn) / span
    mark = " class='wce-focus'" if bold else ""
    return (
        f"<li{mark}><span class='wce-label'>{escape(label)}</span>"
        f"<span class='wce-track'><span class='wce-fill' "
        f"style='left:{left:.2f}%;width:{width:.2f}%'></span></span>"
        f"<span class='wce-value'>{text}</span></li>"
    )
