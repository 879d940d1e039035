"""The plane with samples in it and where models say that a sample is of the rare class, as SVG.

Classes have shapes and no colours: the rare one rings, the others dots, crosses, ...
"""

from html import escape

import numpy as np

from ce_core.arrays import Array
from ce_core.lab import Samples
from ce_core.words import words
from ui.lab.crossing import crossings
from ui.words import tr

SIDE = 300.0  # units of the drawing; text stands outside of it
MOST = 600  # samples that are drawn, each class in its share
LEAST = 40  # of a class
RING = "M{0} {1}m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0"
OTHERS = (
    ("dot", words("dots"), "M{0} {1}h0"),
    ("line", words("crosses"), "M{0} {1}m-3-3l6 6m0-6l-6 6"),
    ("line", words("triangles"), "M{0} {1}m0-3.5l3.5 6.5h-7z"),
    ("line", words("squares"), "M{0} {1}m-3-3h6v6h-6z"),
    ("line", words("plus signs"), "M{0} {1}m-3.5 0h7m-3.5-3.5v7"),
)


class Frame:
    """Places of the plane in units of the drawing; `ends` are those of the two axes."""

    def __init__(self, across: tuple[float, float], up: tuple[float, float]) -> None:
        self.low = np.array([across[0], up[0]])
        self.high = np.array([across[1], up[1]])

    def __call__(self, points: Array) -> Array:
        """Where points (N, 2) are drawn: from the left, and from the top down."""
        room = np.where(self.high > self.low, self.high - self.low, 1.0)
        part = (points - self.low) / room
        return np.column_stack([part[:, 0], 1 - part[:, 1]]) * SIDE


def frame_of(samples: Samples, grid: tuple[Array, Array] | None = None) -> Frame:
    """The frame of the models' grid; without one, of the samples."""
    if grid is not None:
        return Frame(*((float(axis[0]), float(axis[-1])) for axis in grid))
    low, high = samples.points.min(axis=0), samples.points.max(axis=0)
    margin = (high - low) * 0.06
    ends = np.stack([low - margin, high + margin], axis=1)
    return Frame((float(ends[0, 0]), float(ends[0, 1])), (float(ends[1, 0]), float(ends[1, 1])))


def drawing(samples: Samples, rare: int, frame: Frame, ground: str = "", *, alt: str) -> str:
    """A square picture: the samples over what lies on the ground."""
    marks = "".join(
        f"<path class='wce-lab-{kind}' d='{_marks(frame(chosen), path)}'/>"
        for k, (kind, _, path) in enumerate(shapes(samples, rare))
        if len(chosen := _some(samples, k))
    )
    return (
        f"<svg class='wce-lab-field' viewBox='0 0 {SIDE:g} {SIDE:g}' role='img' "
        f"aria-label='{escape(alt, quote=True)}'>{ground}{marks}</svg>"
    )


def shapes(samples: Samples, rare: int) -> list[tuple[str, str, str]]:
    """For each class: how it is drawn, what the shapes are called, and the shape at {0} {1}."""
    others = iter(range(samples.classes))
    return [
        ("line", words("rings"), RING) if k == rare else OTHERS[next(others) % len(OTHERS)]
        for k in range(samples.classes)
    ]


def legend(samples: Samples, rare: int) -> str:
    """What the shapes stand for: "rings are malignant, dots are benign"."""
    said = [
        tr("{shape} are {name}", shape=shape, name=samples.names[k])
        for k, (_, shape, _) in enumerate(shapes(samples, rare))
    ]
    return ", ".join([said[rare], *said[:rare], *said[rare + 1 :]])


def part(samples: Samples) -> float:
    """The part of the samples that is drawn: of many, each class in its share."""
    return min(1.0, MOST / max(len(samples), 1))


def _some(samples: Samples, k: int) -> Array:
    """The points of a class that are drawn, evenly taken, never fewer than LEAST."""
    points = samples.points[samples.labels == k]
    count = min(len(points), max(LEAST, round(part(samples) * len(points))))
    return points[np.linspace(0, len(points) - 1, count).astype(int)]


def _marks(places: Array, path: str) -> str:
    inside = places[(np.abs(places - SIDE / 2) <= SIDE / 2).all(axis=1)]
    return "".join(path.format(f"{x:.4g}", f"{y:.4g}") for x, y in inside.tolist())


def ground(margins: Array, frame: Frame, grid: tuple[Array, Array]) -> str:
    """Where each run's model says rare, shaded, and the boundary around it.

    Args:
        margins: (R, G, G) the rare class's logit less the largest other one.
        frame: of the drawing.
        grid: the places of the two axes.
    """
    faint = round(0.34 / len(margins), 3)
    layers = []
    for margin in margins:
        area, line = crossings(np.nan_to_num(margin, nan=-1.0, posinf=1e9, neginf=-1e9), grid)
        if len(area):
            layers.append(
                f"<path class='wce-lab-area' fill-opacity='{faint}' d='{_boxes(frame, area)}'/>"
            )
        if len(line):
            layers.append(f"<path class='wce-lab-edge' d='{_segments(frame, line)}'/>")
    return "".join(layers)


def _boxes(frame: Frame, area: Array) -> str:
    """Rectangles (K, 4), each left, bottom, right, top."""
    low, high = frame(area[:, :2]), frame(area[:, 2:])
    return "".join(
        f"M{x:.4g} {y:.4g}h{w:.3g}v{h:.3g}h{-w:.3g}z"
        for x, y, w, h in np.column_stack(
            [low[:, 0], high[:, 1], high[:, 0] - low[:, 0], low[:, 1] - high[:, 1]]
        ).tolist()
    )


def _segments(frame: Frame, line: Array) -> str:
    """Segments (K, 4), each from the first place to the second."""
    start, end = frame(line[:, :2]), frame(line[:, 2:])
    return "".join(
        f"M{x:.4g} {y:.4g}L{u:.4g} {v:.4g}" for x, y, u, v in np.hstack([start, end]).tolist()
    )
