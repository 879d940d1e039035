"""A chart of curves and points: SVG stretched to its place, text beside it that never stretches."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.plot.axis import Axis, Ticks
from ui.plot.legend import Key, legend
from ui.plot.marks import Area, Curve, Dots, Level, Mark, Upright, area, dots, path, pieces, points

SVG = "<svg viewBox='0 0 100 100' preserveAspectRatio='none' class='{}'>{}</svg>"
HIGH = 88  # percent; a level above has its name below it
DENSE = 30  # letters under an axis; with more, a phone shows every second tick
PATTERNS = {False: ("solid", "chain", "fine"), True: ("dash", "dots")}


def chart(marks: Sequence[Mark], x: Axis, y: Axis, *, alt: str, height: int = 260) -> None:
    """Draw a chart.

    Args:
        marks: what is drawn, the first lowest.
        x: the axis below.
        y: the axis beside.
        alt: what the chart shows, for whoever does not see it.
        height: of the ground, in pixels.
    """
    st.markdown(chart_html(marks, x, y, alt=alt, height=height), unsafe_allow_html=True)


def chart_html(marks: Sequence[Mark], x: Axis, y: Axis, *, alt: str, height: int = 260) -> str:
    """The chart as one line of HTML."""
    styles = _styles(marks)
    drawn = "".join(_line(mark, styles[k], x, y) for k, mark in enumerate(marks))
    spots = "".join(_spots(mark, x, y) for mark in marks if isinstance(mark, Dots))
    ticks = y.marked(max(4, min(6, height // 40)))
    room = max((len(text) for _, text in ticks), default=0)
    body = (
        f"<div class='wce-plot-ground' style='height:{int(height)}px;margin-left:{room + 1}ch'>"
        f"{_grid(y, ticks)}{SVG.format('wce-plot-lines', drawn)}"
        f"{SVG.format('wce-plot-spots', spots)}"
        f"{_labels(marks, x, y)}{_below(x)}</div>"
    )
    keys = [
        Key(mark.label, mark.concept, styles[k])
        for k, mark in enumerate(marks)
        if mark.label and not isinstance(mark, Upright | Level)
    ]
    return (
        f"<div class='wce-plot' role='img' aria-label='{text_of(alt)}'><div aria-hidden='true'>"
        f"{legend(keys)}<div class='wce-plot-y'>{text_of(y.title)}</div>{body}"
        f"<div class='wce-plot-x'>{text_of(x.title)}</div></div></div>"
    )


def text_of(text: str) -> str:
    """Text of anybody, safe in HTML and on one line."""
    return escape(" ".join(text.split()))


def ink(concept: str) -> str:
    """The class that brings a concept's colour; none is the colour of the text."""
    return f" wce-{escape(concept)}" if concept else ""


def _styles(marks: Sequence[Mark]) -> list[str]:
    """How each mark is drawn; curves differ in their dashes, so that none needs its colour."""
    seen = {False: 0, True: 0}
    styles = []
    for mark in marks:
        if isinstance(mark, Curve):
            patterns = PATTERNS[mark.dash]
            styles.append(patterns[seen[mark.dash] % len(patterns)])
            seen[mark.dash] += 1
        elif isinstance(mark, Dots):
            styles.append(mark.shape)
        else:
            styles.append("area" if isinstance(mark, Area) else "dash" if mark.dash else "solid")
    return styles


def _line(mark: Mark, style: str, x: Axis, y: Axis) -> str:
    kind = f"class='wce-plot-{style}{ink(mark.concept)}'"
    if isinstance(mark, Curve):
        drawn = "".join(path(piece) for piece in pieces(mark, x, y))
        return f"<path {kind} d='{drawn}'/>" if drawn else ""
    if isinstance(mark, Area):
        floor = min(max(100 - y.place(0), 0), 100)
        parts = list(pieces(mark, x, y))
        filled = "".join(area(piece, floor) for piece in parts)
        edge = "".join(path(piece) for piece in parts)
        line = f"<path class='wce-plot-solid{ink(mark.concept)}' d='{edge}'/>"
        return f"<path {kind} d='{filled}'/>{line}" if filled else ""
    if isinstance(mark, Upright) and x.holds(mark.x):
        return f"<path {kind} d='M{x.place(mark.x):.2f} 0V100'/>"
    if isinstance(mark, Level) and y.holds(mark.y):
        return f"<path {kind} d='M0 {100 - y.place(mark.y):.2f}H100'/>"
    return ""


def _spots(mark: Dots, x: Axis, y: Axis) -> str:
    placed = dots(points(mark, x, y))
    if not placed:
        return ""
    kind = f"wce-plot-spot wce-plot-{escape(mark.shape)}{ink(mark.concept)}"
    hole = f"<path class='wce-plot-hole' d='{placed}'/>" if mark.shape == "ring" else ""
    return f"<path class='{kind}' d='{placed}'/>{hole}"


def _grid(y: Axis, ticks: Ticks) -> str:
    lines = []
    for value, text in ticks:
        kind = "wce-plot-level wce-plot-zero" if value == 0 else "wce-plot-level"
        at = f"bottom:{y.place(value):.2f}%"
        lines.append(f"<span class='{kind}' style='{at}'><span>{text_of(text)}</span></span>")
    return "".join(lines)


def _below(x: Axis) -> str:
    ticks = x.marked()
    dense = sum(len(text) + 2 for _, text in ticks) > DENSE
    spans = []
    for k, (value, text) in enumerate(ticks):
        kind = "wce-plot-tick wce-plot-spare" if dense and k % 2 else "wce-plot-tick"
        at = f"left:{x.place(value):.2f}%"
        spans.append(f"<span class='{kind}' style='{at}'>{text_of(text)}</span>")
    return "".join(spans)


def _labels(marks: Sequence[Mark], x: Axis, y: Axis) -> str:
    """The names of the lines from edge to edge, each on a line of its own and beside its line."""
    uprights = [mark for mark in marks if isinstance(mark, Upright) and mark.label]
    uprights = [mark for mark in uprights if x.holds(mark.x)]
    levels = [mark for mark in marks if isinstance(mark, Level) and mark.label]
    spans = []
    for row, upright in enumerate(uprights):
        left = x.place(upright.x)
        side = f"left:{left:.2f}%" if left <= 50 else f"right:{100 - left:.2f}%"
        most = max(left, 100 - left)
        wraps = "" if len(uprights) > 1 else ";white-space:normal"
        style = f"{side};top:{1.25 * row:.2f}em;max-width:{most:.2f}%{wraps}"
        spans.append(_label(upright, style))
    for level in levels:
        if y.holds(level.y):
            up = y.place(level.y)
            side = f"bottom:{up:.2f}%" if up < HIGH else f"top:{100 - up:.2f}%"
            spans.append(_label(level, f"right:0;{side};max-width:100%"))
    return "".join(spans)


def _label(mark: Upright | Level, style: str) -> str:
    kind = f"wce-plot-label{ink(mark.concept)}"
    return f"<span class='{kind}' style='{style}'>{text_of(mark.label)}</span>"
