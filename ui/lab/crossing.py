"""Where a function on a grid is above zero: rows of rectangles, and the line where it is zero."""

import numpy as np

from ce_core.arrays import Array

Grid = tuple[Array, Array]  # places along the two axes


def crossings(values: Array, grid: Grid) -> tuple[Array, Array]:
    """The area where values (rows up, columns across) are above zero, and its edge.

    Returns:
        Rectangles (K, 4) as left, bottom, right, top; segments (L, 4) as x, y, x, y. Between two
        places of the grid the function is taken to be straight.
    """
    return _area(values, grid), _edge(values, grid)


def _area(values: Array, grid: Grid) -> Array:
    """A rectangle for each stretch of a row, half a row up and half a row down."""
    across, up = grid
    middles = (up[1:] + up[:-1]) / 2
    edges = np.concatenate([[up[0]], middles, [up[-1]]])
    boxes: list[tuple[float, float, float, float]] = []
    for j, row in enumerate(values):
        above = row > 0
        turns = np.flatnonzero(above[1:] != above[:-1])
        part = row[turns] / (row[turns] - row[turns + 1])
        places = (across[turns] + part * (across[turns + 1] - across[turns])).tolist()
        ends = [float(across[0])] * bool(above[0]) + places + [float(across[-1])] * bool(above[-1])
        boxes += [
            (left, float(edges[j]), right, float(edges[j + 1]))
            for left, right in zip(ends[::2], ends[1::2], strict=True)
        ]
    return np.array(boxes).reshape(-1, 4)


def _edge(values: Array, grid: Grid) -> Array:
    """Marching triangles: each cell is cut in two, and a line crosses a triangle at most once."""
    across, up = grid
    x, y = np.meshgrid(across, up)
    points = np.stack([x, y, values], axis=-1)
    a, b = points[:-1, :-1].reshape(-1, 3), points[:-1, 1:].reshape(-1, 3)
    c, d = points[1:, :-1].reshape(-1, 3), points[1:, 1:].reshape(-1, 3)
    corners = np.stack([np.concatenate([a, d]), np.concatenate([b, b]), np.concatenate([c, c])], 1)
    above = corners[:, :, 2] > 0
    count = above.sum(axis=1)
    crossed = (count == 1) | (count == 2)
    corners, above = corners[crossed], above[crossed]
    odd = np.where(above.sum(axis=1) == 1, above.argmax(axis=1), (~above).argmax(axis=1))
    rows = np.arange(len(corners))
    alone = corners[rows, odd]
    ends = [_zero(alone, corners[rows, (odd + turn) % 3]) for turn in (1, 2)]
    return np.hstack(ends)


def _zero(one: Array, other: Array) -> Array:
    """Where the value is zero between two points (K, 3)."""
    part = one[:, 2:] / (one[:, 2:] - other[:, 2:])
    return np.asarray(one[:, :2] + part * (other[:, :2] - one[:, :2]))
