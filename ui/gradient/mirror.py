"""The gradient mirror: a row's probabilities stand up, and under them what the step does."""

from html import escape
from math import isfinite
from pathlib import Path

import numpy as np
import streamlit as st

from ce_core import Trace
from ui.figures import column as column_of
from ui.figures import figure
from ui.gradient.formula import formulas, has_formula
from ui.gradient.words import row_told
from ui.matrix import chosen
from ui.picker import class_picker, row_picker
from ui.place import Place, row_label
from ui.view import View
from ui.words import joined, tr, words

COLUMNS = 12  # classes drawn; more are folded
CSS = Path(__file__).parent / "gradient.css"
ARROWS = {-1: words("↑ up"), 0: words("stays"), 1: words("↓ down")}


def mirror(view: View, trace: Trace, at: Place) -> None:
    """The row's probabilities over its gradient, in sentences and in a formula."""
    line = st.container(horizontal=True)
    row_picker(view, "mirror", line)
    class_picker(view, "mirror", line)
    st.html(drawn(trace, at))
    st.caption(
        tr(
            "A step goes against the gradient: where the gradient is negative, the bar stands up, "
            "and the logit rises."
        )
    )
    st.html(f"<p>{escape(row_told(trace, at))}</p>")
    if has_formula(trace, at):
        formulas(trace, at)
        st.caption(_meaning(trace))


def _meaning(trace: Trace) -> str:
    kept = words("F is the same for all classes of a row: it says how far, p and q say which way.")
    if "carried" in trace:
        kept = words(
            "r is the target q with each class's part multiplied by that class's weight, divided "
            "so that it sums to 1: with a mixed target the weights also say which way."
        )
    if trace.case.reduction != "none":
        return tr(kept)
    start = words("With reduction none, L is the sum of the losses, where backward starts.")
    return tr(joined([kept, start]))


def drawn(trace: Trace, at: Place) -> str:
    """The picture as HTML."""
    columns = chosen(at.case.classes, COLUMNS, at.column)
    kept = [c for c in columns if c is not None]
    probs, wanted, aim, gradient = (
        trace[key].rows[at.row] for key in ("probs", "target_dist", "aim", "gradient")
    )
    mixed = "carried" in trace and bool(np.nan_to_num(np.abs(aim - wanted)).max(initial=0) > 1e-12)
    up = [("probs", "full", probs), ("target", "empty", wanted)]
    if mixed:
        up.append(("weight", "empty", aim))
    top = max([1.0, *(_finite(values[c]) for _, _, values in up for c in kept)])
    far = max((abs(_finite(gradient[c])) for c in kept), default=0.0) or 1.0
    texts = column_of(gradient[c] for c in kept)
    shown = dict(zip(kept, texts, strict=True))
    parts = []
    for c in columns:
        if c is None:
            parts.append("<div class='wce-fold'>…</div>")
            continue
        bars = "".join(_bar(kind, look, float(v[c]), top) for kind, look, v in up)
        down = _push(float(gradient[c]), far, shown[c])
        here = " class='wce-here'" if c == at.column else ""
        parts.append(
            f"<div{here}><div class='wce-plot-slots'>{bars}</div>"
            f"<div class='wce-mirror-name'>{escape(at.name(c))}</div>"
            f"<div class='wce-plot-slots wce-down'>{down}</div></div>"
        )
    folded = at.case.classes - len(kept)
    left = escape(tr("{count:,} more classes are folded.", count=folded))
    more = f"<p>{left}</p>" if folded else ""
    alt = escape(_alt(at, kept, probs, wanted, gradient))
    return (
        f"{_legend(mixed=mixed)}<div class='wce-plot' role='img' aria-label='{alt}'>"
        f"<div class='wce-scroll' aria-hidden='true'><div class='wce-mirror' "
        f"style='--columns:{len(columns)}'>{''.join(parts)}</div></div></div>{more}"
    )


def _finite(value: float) -> float:
    return float(value) if isfinite(value) else 0.0


def _bar(concept: str, look: str, value: float, top: float) -> str:
    tall = min(max(_finite(value) / top, 0), 1) * 100
    return (
        f"<span class='wce-plot-slot wce-{concept}'>"
        "<span class='wce-plot-zero' style='bottom:0'></span>"
        f"<span class='wce-plot-bar wce-plot-full wce-{look}' style='bottom:0;height:{tall:.2f}%'>"
        f"</span><span class='wce-plot-value' style='bottom:{tall:.2f}%'>{figure(value, 3)}</span>"
        "</span>"
    )


def _push(value: float, far: float, text: str) -> str:
    """The gradient as it pushes: a positive one hangs down, a negative one stands up."""
    tall = min(abs(_finite(value)) / far, 1) * 50
    sign = int(np.sign(_finite(value)))
    bottom = 50 - tall if sign > 0 else 50
    way = f" <span class='wce-push'>{escape(tr(ARROWS[sign]))}</span>"
    arrow = way if isfinite(value) else ""
    at = f"top:{50 + tall:.2f}%" if sign > 0 else f"bottom:{50 + tall:.2f}%"
    return (
        "<span class='wce-plot-slot wce-logits'>"
        "<span class='wce-plot-zero' style='bottom:50%'></span>"
        f"<span class='wce-plot-bar wce-plot-hatch' style='left:25%;right:25%;"
        f"bottom:{bottom:.2f}%;height:{tall:.2f}%'></span>"
        f"<span class='wce-plot-value' style='{at}'>{escape(text)}"
        f"{arrow}</span>"
        "</span>"
    )


def _legend(*, mixed: bool) -> str:
    keys = [("probs", "full", tr("p, the probability")), ("target", "empty", tr("q, the target"))]
    if mixed:
        keys.append(("weight", "empty", tr("r, the target with the class weights")))
    keys.append(("logits", "hatch", tr("the gradient, drawn the way the step goes")))
    items = "".join(
        f"<span class='wce-plot-key wce-{concept}'>"
        f"<span class='wce-plot-swatch wce-plot-{'hatch' if look == 'hatch' else 'full'} "
        f"wce-{look}'></span>{escape(title)}</span>"
        for concept, look, title in keys
    )
    return f"<div class='wce-plot'><div class='wce-plot-legend'>{items}</div></div>"


def _alt(
    at: Place, kept: list[int], probs: np.ndarray, wanted: np.ndarray, gradient: np.ndarray
) -> str:
    parts = [
        tr(
            "{name}: probability {p}, target {q}, gradient {gradient}",
            name=at.name(c),
            p=figure(probs[c]),
            q=figure(wanted[c]),
            gradient=figure(gradient[c]),
        )
        for c in kept
    ]
    row = tr("Row {row}", row=row_label(at.case, at.row))
    return f"{row}. {'; '.join(parts)}"
