"""A few steps of plain gradient descent with the logits as free numbers, and the losses on the way.

A model's logits are not free: they come from its weights. But its step begins with this one.
"""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.descent.alone import Part, alone
from ce_core.rule import CELL, rule
from ce_core.trace import Trace, as_rows, fold, run

MOST_STEPS = 50
MOST = 5_000  # logits of a batch that goes down whole; of a larger one the row does, alone
NOISE = 1e-12  # of the loss: a rise as small as this is rounding


@rule(
    "One step down",
    r"z_{ic} \leftarrow z_{ic} - \eta \cdot g_{ic}",
    "logits - rate * gradient",
    CELL,
    numbers=r"{logits} - {rate} \cdot {gradient}",
    sentence="The logit of class {class} goes from {logits} to {stepped}.",
)
def stepped(logits: Array, rate: Array, gradient: Array) -> Array:
    """Every logit moves against its gradient, all at once."""
    return logits - rate * gradient


@dataclass(frozen=True, eq=False)
class Trail:
    """Where gradient descent goes.

    Attributes:
        losses: the loss before the first step and after each, (steps + 1,); with reduction "none"
            it is the losses' sum.
        rows: the batch's rows that went, (M,).
        asked: the class each row is asked for, its target or the likeliest one, (M,); -1 for a
            row that is ignored.
        before: that class's probability before the first step, (M,); nan for a row ignored.
        after: and after the last.
        whole: whether the whole batch went; else it is one row, and its part of the loss.
    """

    losses: Array
    rows: Array
    asked: Array
    before: Array
    after: Array
    whole: bool

    @property
    def rises_at(self) -> int | None:
        """The first step after which the loss is higher than before it; None where none is."""
        return _first(np.diff(self.losses) > NOISE * (1 + np.abs(self.losses[:-1])))

    @property
    def breaks_at(self) -> int | None:
        """The first step after which the loss is nan or infinite; 0 is before any."""
        found = _first(~np.isfinite(self.losses))
        return None if found is None else found - 1


def _first(found: Array) -> int | None:
    return int(found.argmax()) + 1 if found.any() else None


def descend(trace: Trace, rate: float, steps: int, row: int = 0) -> Trail:
    """Go down from the trace's logits.

    Args:
        trace: where to begin. Of a batch of more than 5,000 logits one row goes, alone: its
            gradient holds no other row's logits, so it goes the same way as in the batch.
        rate: the learning rate, η.
        steps: how many steps, up to 50.
        row: the row that goes where not all can.
    """
    whole = trace.case.logits.size <= MOST
    part = Part(trace.case) if whole else alone(trace, row)
    start = run(part.case)
    with np.errstate(all="ignore"):
        losses = [float(np.divide(start.answer.sum(), part.divisor))]
        now = start
        for _ in range(min(steps, MOST_STEPS)):
            now = run(_next(now, part, rate))
            losses.append(float(np.divide(now.answer.sum(), part.divisor)))
    asked = _asked(part.case)
    rows = part.first + np.arange(len(asked))
    return Trail(np.array(losses), rows, asked, _at(start, asked), _at(now, asked), whole)


def _next(now: Trace, part: Part, rate: float) -> Case:
    known = {
        "logits": now.case.logits,
        "gradient": np.divide(now.gradient, part.divisor),
        "rate": np.asarray(rate),
    }
    (step,) = fold(known, (stepped,))
    return now.case.replace(logits=step.output)


def _asked(case: Case) -> Array:
    if case.soft:
        wanted = np.nan_to_num(as_rows(case.inputs["target"], CELL))
        return wanted.argmax(axis=1) if wanted.shape[1] else np.full(len(wanted), -1)
    target = case.target.reshape(-1)
    asked: Array = np.where(target == case.ignore_index, -1, target)
    return asked


def _at(trace: Trace, asked: Array) -> Array:
    probs, found = trace["probs"].rows, np.full(len(asked), np.nan)
    kept = np.flatnonzero(asked >= 0)
    found[kept] = probs[kept, asked[kept]]
    return found
