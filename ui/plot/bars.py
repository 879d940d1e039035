"""Upright bars in groups, each with its number at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite

import streamlit as st

from ui.figures import DECIMALS, figure
from ui.plot.axis import Axis
from ui.plot.chart import ink, text_of
from ui.plot.legend import Key, legend
from ui.words import tr

MOST = 20  # groups
LONG, FEWER = 1_000, 1  # from 1,000 on a value has one decimal, to fit its bar
LONGEST = 14  # letters of a name under its group


@dataclass(frozen=True)
class Bars:
    """One bar for each group.

    Attributes:
        title: what they are, for the line above.
        values: a number a group; a nan or an infinite one is written, not drawn.
        concept: whose colour they have.
        hatched: whether they are hatched, to differ without colour.
    """

    title: str
    values: Sequence[float]
    concept: str = ""
    hatched: bool = False


def bars(
    names: Sequence[str],
    series: Sequence[Bars],
    *,
    alt: str,
    low: float | None = None,
    high: float | None = None,
    height: int = 220,
) -> None:
    """Draw grouped bars.

    Args:
        names: of the groups; beyond 20 the rest is counted in words.
        series: a bar of each stands in every group.
        alt: what they show, for whoever does not see them.
        low: the value at the bottom; None is the least one drawn, at most 0.
        high: the value at the top; None is the largest one, at least 0.
        height: of the ground, in pixels.
    """
    drawn = bars_html(names, series, alt=alt, low=low, high=high, height=height)
    st.markdown(drawn, unsafe_allow_html=True)


def bars_html(
    names: Sequence[str],
    series: Sequence[Bars],
    *,
    alt: str,
    low: float | None = None,
    high: float | None = None,
    height: int = 220,
) -> str:
    """The bars as one line of HTML."""
    shown = list(names)[:MOST] if len(names) > MOST else list(names)
    scale = _scale([value for one in series for value in list(one.values)[: len(shown)]], low, high)
    groups = "".join(_group(name, k, series, scale, height) for k, name in enumerate(shown))
    keys = [Key(one.title, one.concept, _style(one)) for one in series if one.title]
    more = len(names) - len(shown)
    left = escape(tr("… and {count:,} more", count=more))
    rest = f"<div class='wce-plot-x'>{left}</div>" if more else ""
    return (
        f"<div class='wce-plot' role='img' aria-label='{text_of(alt)}'><div aria-hidden='true'>"
        f"{legend(keys)}<div class='wce-scroll'><div class='wce-plot-groups'>{groups}</div></div>"
        f"{rest}</div></div>"
    )


def _style(one: Bars) -> str:
    return "hatch" if one.hatched else "full"


def _scale(values: Sequence[float], low: float | None, high: float | None) -> Axis:
    finite = [float(value) for value in values if isfinite(value)]
    bottom = min([0.0, *finite]) if low is None else low
    top = max([0.0, *finite]) if high is None else high
    return Axis("", bottom, top if top > bottom else bottom + 1)


def _group(name: str, k: int, series: Sequence[Bars], scale: Axis, height: int) -> str:
    slots = "".join(_bar(one, one.values[k], scale) for one in series if k < len(one.values))
    short = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
    below = " wce-plot-deep" if scale.limits[0] < 0 else ""
    return (
        f"<div class='wce-plot-group'><div class='wce-plot-slots{below}' "
        f"style='height:{int(height)}px'>{slots}</div>"
        f"<span class='wce-plot-name' title='{text_of(name)}'>{text_of(short)}</span></div>"
    )


def _bar(one: Bars, value: float, scale: Axis) -> str:
    zero = min(max(scale.place(0), 0), 100)
    end = min(max(scale.place(value), 0), 100) if isfinite(value) else zero
    bottom, top = min(zero, end), max(zero, end)
    at = f"bottom:{top:.2f}%" if end >= zero else f"top:{100 - bottom:.2f}%"
    text = escape(figure(value, FEWER if abs(value) >= LONG else DECIMALS))
    bar = (
        f"<span class='wce-plot-bar wce-plot-{_style(one)}' "
        f"style='bottom:{bottom:.2f}%;height:{top - bottom:.2f}%'></span>"
        if isfinite(value)
        else ""
    )
    return (
        f"<span class='wce-plot-slot{ink(one.concept)}' style='min-width:{len(text) + 1}ch'>"
        f"<span class='wce-plot-zero' style='bottom:{zero:.2f}%'></span>{bar}"
        f"<span class='wce-plot-value' style='{at}'>{text}</span></span>"
    )
