"""Charts as HTML and SVG text: light to draw, sharp at any width, their letters of one size."""

from ui.plot.axis import Axis
from ui.plot.bars import Bars, bars, bars_html
from ui.plot.chart import chart, chart_html
from ui.plot.marks import Area, Curve, Dots, Level, Mark, Upright

__all__ = [
    "Area",
    "Axis",
    "Bars",
    "Curve",
    "Dots",
    "Level",
    "Mark",
    "Upright",
    "bars",
    "bars_html",
    "chart",
    "chart_html",
]
