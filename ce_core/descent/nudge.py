"""One logit nudged up and down: the slope that is measured, beside the gradient.

The slope over a small way is nearly the gradient. It misses it by the curve's bend, which shrinks
like h², and by the rounding of the losses, which grows like 1/h: there is a best size between.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.descent.alone import Part, alone
from ce_core.descent.pulls import pulls
from ce_core.rule import CELL, ONE, rule
from ce_core.trace import Step, Trace, as_rows, fold, run

SIZES = (1.0, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8)
MOST = 20_000  # logits of a batch that is run again whole; of a larger one the row is, alone
EPS = float(np.finfo(np.float64).eps)


@rule(
    "Measured slope",
    r"\frac{L(z+h) - L(z-h)}{2h}",
    "(above - below) / (2 * size)",
    ONE,
    numbers=r"\frac{{{above} - {below}}}{{2 \cdot {size}}}",
    sentence="The loss rises by {slope} for each 1 of the logit.",
)
def slope(above: Array, below: Array, size: Array) -> Array:
    """Half the way up and half the way down, so that the bend to either side cancels in part."""
    return np.asarray((above - below) / (2 * size))


@rule(
    "Difference from the gradient",
    r"d = \text{slope} - \frac{\partial L}{\partial z_{ic}}",
    "slope - gradient",
    ONE,
    numbers=r"{slope} - {gradient}",
    sentence="The two differ by {apart}.",
)
def apart(slope: Array, gradient: Array) -> Array:
    """What the nudge misses the gradient by."""
    return np.asarray(slope - gradient)


@rule(
    "What the bend explains",
    r"\frac{h^2}{6} \cdot F_i \cdot p_{ic} (1 - p_{ic}) (1 - 2 p_{ic})",
    "size**2 / 6 * factor * probs * (1 - probs) * (1 - 2 * probs)",
    ONE,
    numbers=r"\frac{{{size}^2}}{{6}} \cdot {factor} \cdot {probs} (1 - {probs}) (1 - 2 \cdot"
    r" {probs})",
    sentence="The curve's bend makes {bend} of it.",
)
def bend(size: Array, factor: Array, probs: Array) -> Array:
    """The first term that a central difference leaves out, h²/6 times the third derivative:
    a tenth of h makes a hundredth of it."""
    return np.asarray(size**2 / 6 * factor * probs * (1 - probs) * (1 - 2 * probs))


@rule(
    "What rounding may make",
    r"\frac{\text{eps} \cdot (|L| + |z_{ic} \cdot g_{ic}|)}{h}",
    "eps * (at.abs() + (logit * gradient).abs()) / size",
    ONE,
    numbers=r"\frac{{{eps} \cdot {at}}}{{{size}}}",
    sentence="Rounding may make {rounding} of it.",
)
def rounding(eps: Array, at: Array, logit: Array, gradient: Array, size: Array) -> Array:
    """Both losses, and the nudged logit, are stored with about 16 digits; what is lost there is
    divided by h. A tenth of h makes ten times of it."""
    return np.asarray(eps * (np.abs(at) + np.abs(logit * gradient)) / size)


RULES = (slope, apart, bend, rounding)


@dataclass(frozen=True, eq=False)
class Nudge:
    """A logit moved by a size up and down.

    Attributes:
        known: `below`, `at` and `above`, the losses; `size`; the logit, its `gradient`, `probs`
            and `factor`: () each.
        steps: `slope`, `apart`, `bend` and `rounding`, () each.
        whole: whether the losses are the batch's; else they are the row's part of it.
    """

    known: dict[str, Array]
    steps: tuple[Step, ...]
    whole: bool

    def __getitem__(self, key: str) -> float:
        made = {step.key: step.output for step in self.steps}
        return float(made.get(key, self.known.get(key, np.nan)))


def nudges(
    trace: Trace, row: int, column: int, sizes: Sequence[float] = SIZES
) -> tuple[Nudge, ...]:
    """One logit nudged by each size.

    Args:
        trace: the batch's. One of more than 20,000 logits is not run again: the row is, alone.
        row: a target position, counted over all of them.
        column: a class.
        sizes: how far the logit is moved; a positive number each.
    """
    whole = trace.case.logits.size <= MOST
    part = Part(trace.case) if whole else alone(trace, row)
    apart = pulls(trace)
    here = {
        "gradient": apart["gradient"].rows[row, column],
        "probs": apart["probs"].rows[row, column],
        "factor": apart["factor"].rows[row],
        "logit": as_rows(trace.case.inputs["logits"], CELL)[row, column],
        "at": _loss(part, row, column, 0.0),
        "eps": EPS,
    }
    return tuple(_nudge(part, here, (row, column), size, whole=whole) for size in sizes)


def _nudge(
    part: Part, here: dict[str, float], cell: tuple[int, int], size: float, *, whole: bool
) -> Nudge:
    known = {name: np.asarray(value, dtype=np.float64) for name, value in here.items()}
    known["size"] = np.asarray(size, dtype=np.float64)
    known["above"] = np.asarray(_loss(part, *cell, size))
    known["below"] = np.asarray(_loss(part, *cell, -size))
    return Nudge(known, fold(known, RULES), whole)


def _loss(part: Part, row: int, column: int, by: float) -> float:
    """The batch's loss, or the row's part of it, with one logit moved."""
    case = _moved(part.case, row - part.first, column, by) if by else part.case
    with np.errstate(all="ignore"):
        return float(np.divide(run(case).answer.sum(), part.divisor))


def _moved(case: Case, row: int, column: int, by: float) -> Case:
    logits = case.logits.copy()
    if case.single:
        logits[column] += by
    else:
        cells = np.moveaxis(logits, 1, -1)
        place = (int(k) for k in np.unravel_index(row, cells.shape[:-1]))
        cells[(*place, column)] += by
    return case.replace(logits=logits)
