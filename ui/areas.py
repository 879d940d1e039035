"""Reductions as areas: a bar per sample, as wide as its weight, as high as its loss per weight.

The sum is the area of all bars. The mean is the height of one rectangle with the same area and
the same width. Divided by the number of samples instead, the rectangle gets another height.
"""

from dataclasses import dataclass
from html import escape

import numpy as np

from ce_core import Trace
from ce_core.arrays import Array
from ui.figures import figure

FEW = 12  # more names would cover one another
MOST = 200  # narrower bars cannot be told apart


@dataclass(frozen=True)
class Areas:
    """The widths and heights of the bars, and the two rectangles of the same area."""

    widths: Array
    heights: Array
    right: tuple[float, float]  # width and height: denominator and mean
    wrong: tuple[float, float]  # number of samples, and the sum divided by it

    @property
    def drawable(self) -> bool:
        """Areas need widths of 0 or more and finite heights, and something to show."""
        numbers = np.concatenate([self.widths, self.heights, self.right, self.wrong])
        return bool(
            0 < len(self.widths) <= MOST
            and np.isfinite(numbers).all()
            and (self.widths >= 0).all()
            and (self.heights >= 0).all()
        )


def areas(trace: Trace, by_count: Trace) -> Areas:
    """The picture of a trace with reduction "mean", beside the one divided by the count."""
    losses = trace["losses"].rows
    if "sample_weight" in trace:
        widths = trace["sample_weight"].rows
        heights = np.divide(losses, widths, out=np.zeros_like(losses), where=widths != 0)
    else:
        widths, heights = np.ones_like(losses), losses
    return Areas(
        widths,
        heights,
        (float(trace["denominator"].output), float(trace["mean_loss"].output)),
        (float(by_count["denominator"].output), float(by_count["mean_loss"].output)),
    )


def draw(picture: Areas, labels: list[str]) -> str:
    """Three panels on the same scales: the bars, the right rectangle, the wrong one."""
    panels = _samples(picture, labels) + _right(picture) + _wrong(picture)
    return f"<div class='wce-areas'>{panels}</div>"


def draw_mean(picture: Areas, labels: list[str]) -> str:
    """One panel: the bars, and laid over them the rectangle whose height is the mean."""
    total, mean = picture.right
    over = _box(0, total, mean, _scale(picture), "", kind="wce-box wce-over")
    return _panel(
        f"The mean, {figure(mean)}, levels the bars",
        "width: weight, height: loss before weighting; the framed rectangle has the bars' area",
        _bars(picture, labels) + over,
        f"total width {figure(total)}",
    )


def _scale(picture: Areas) -> tuple[float, float]:
    width = max(float(picture.widths.sum()), picture.right[0], picture.wrong[0]) or 1.0
    top = 1.18 * max(float(picture.heights.max()), picture.right[1], picture.wrong[1]) or 1.0
    return width, top


def _samples(picture: Areas, labels: list[str]) -> str:
    return _panel(
        "Each sample",
        "width: its weight, height: its loss before weighting, area: its weighted loss",
        _bars(picture, labels),
        f"total width {figure(float(picture.widths.sum()))}",
    )


def _bars(picture: Areas, labels: list[str]) -> str:
    scale, left, boxes = _scale(picture), 0.0, []
    few = len(labels) <= FEW
    for label, w, h in zip(labels, picture.widths, picture.heights, strict=True):
        boxes.append(_box(left, float(w), float(h), scale, escape(label) if few else ""))
        left += float(w)
    return "".join(boxes)


def _right(picture: Areas) -> str:
    total, mean = picture.right
    return _panel(
        f"The mean, {figure(mean)}",
        f"the same area, as wide as what the mean divides by, {figure(total)}",
        _box(0, total, mean, _scale(picture), figure(mean)),
        f"width {figure(total)}",
    )


def _wrong(picture: Areas) -> str:
    count, height = picture.wrong
    kind = "wce-box" if height == picture.right[1] else "wce-box wce-wrong"
    return _panel(
        f"Divided by N, {figure(height)}",
        f"the same area, as wide as the number of samples, {figure(count)}",
        _box(0, count, height, _scale(picture), figure(height), kind=kind),
        f"width {figure(count)}",
    )


def _panel(title: str, words: str, boxes: str, axis: str) -> str:
    return (
        f"<figure class='wce-panel'><figcaption><strong>{escape(title)}</strong>"
        f"{escape(words)}</figcaption><div class='wce-plot'>{boxes}</div>"
        f"<div class='wce-axis'><span>0</span><span>{escape(axis)}</span></div></figure>"
    )


def _box(
    left: float,
    width: float,
    height: float,
    scale: tuple[float, float],
    text: str,
    kind: str = "wce-box",
) -> str:
    style = (
        f"left:{100 * left / scale[0]:.3f}%;width:{100 * width / scale[0]:.3f}%;"
        f"height:{100 * height / scale[1]:.3f}%"
    )
    return f"<div class='{kind}' style='{style}'><span>{text}</span></div>"
