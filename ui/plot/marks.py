"""What a chart is drawn of: curves, areas, dots, and lines from edge to edge."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from ui.plot.axis import Axis

Values = Sequence[float] | Iterable[float]


@dataclass(frozen=True)
class Curve:
    """A line through points, broken where one of them is nan."""

    xs: Values
    ys: Values
    concept: str = ""
    label: str = ""
    dash: bool = False


@dataclass(frozen=True)
class Area:
    """A curve with what lies between it and zero."""

    xs: Values
    ys: Values
    concept: str = ""
    label: str = ""


@dataclass(frozen=True)
class Dots:
    """Single points; their shape is "disc", "ring", "square" or "small"."""

    xs: Values
    ys: Values
    concept: str = ""
    label: str = ""
    shape: str = "disc"


@dataclass(frozen=True)
class Upright:
    """A line from bottom to top."""

    x: float
    label: str = ""
    concept: str = ""
    dash: bool = True


@dataclass(frozen=True)
class Level:
    """A line from left to right."""

    y: float
    label: str = ""
    concept: str = ""
    dash: bool = True


Mark = Curve | Area | Dots | Upright | Level
Point = tuple[float, float]


def pieces(mark: Curve | Area, x: Axis, y: Axis) -> Iterator[list[Point]]:
    """The unbroken parts of a curve, in percent from left and top; infinite values leave it."""
    piece: list[Point] = []
    for at, value in zip(mark.xs, mark.ys, strict=False):
        if isfinite(at) and isfinite(value):
            piece.append((x.place(at), 100 - y.place(value)))
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def points(mark: Dots, x: Axis, y: Axis) -> list[Point]:
    """The dots that lie on the chart, in percent from left and top."""
    return [
        (x.place(at), 100 - y.place(value))
        for at, value in zip(mark.xs, mark.ys, strict=False)
        if isfinite(at) and isfinite(value) and x.holds(at) and y.holds(value)
    ]


def path(piece: Sequence[Point]) -> str:
    """A part as the text of an SVG path; a single point is a dot."""
    first, *others = (f"{left:.2f} {top:.2f}" for left, top in piece)
    return f"M{first}" + ("L" + " ".join(others) if others else "h0")


def area(piece: Sequence[Point], floor: float) -> str:
    """The path of what lies between a part and the height of zero."""
    outline = path(piece)[1:].replace("L", " ").replace("h0", "")
    return f"M{piece[0][0]:.2f} {floor:.2f}L{outline} {piece[-1][0]:.2f} {floor:.2f}z"


def dots(placed: Sequence[Point]) -> str:
    """The path of the dots: lines without length, which round ends make visible."""
    return "".join(f"M{left:.2f} {top:.2f}h0" for left, top in placed)
