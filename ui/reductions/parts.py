"""A batch in parts: the average of the parts' means, the mean, and the way that always works."""

from typing import Any

import numpy as np

from ce_core import Case, Trace
from ce_core.batches import Batches, batches, sizes_of
from ui.compute import LARGE, size
from ui.figures import figure
from ui.reductions.numbers import Numbers, divided_by
from ui.words import tr

SMALL_BATCH = Case(
    logits=[[2, 1, 0.1], [0.5, 2.5, 0.3], [1.2, 0.4, 3]], target=[0, 2, 2], weight=[1, 2, 5]
)
EVERY_SIZE = 12  # rows; of a longer batch only some ways to cut it
CUTS = (2, 3, 4, 6, 8, 12, 16)


def divided(case: Case) -> dict[str, Any]:
    """A batch in parts of each size: the mean of the parts' means, and the way that is right."""
    own, why = _own(case)
    batch = case if own else SMALL_BATCH
    cuts = [_cut(batch, size) for size in _sizes(batch.shape[0])]
    return {"own": own, "why": why, "cuts": cuts, "code": code(batch)}


def code(case: Case) -> str:
    """The way that always works, in torch, with the case's own options.

    It reads `logits`, `target`, `weight` where the case has one, and `parts`: pairs of logits and
    target. It leaves the mean of the whole batch in `mean` and its gradient in the logits.
    """
    smoothing = case.label_smoothing if case.smooths else 0.0
    weight, total = ("weight, ", "weight[target[keep]].sum()   # their weights")
    if case.weight is None:
        weight, total = ("", "keep.sum()                   # without weights each counts 1")
    return f"""\
ignore_index, label_smoothing = {case.ignore_index}, {smoothing!r}
keep = target != ignore_index        # the rows that count
total = {total}
mean = 0
for z, y in parts:
    loss = F.cross_entropy(
        z, y, {weight}reduction="sum",
        ignore_index=ignore_index, label_smoothing=label_smoothing,
    )
    share = loss / total             # not the part's own total
    share.backward()                 # gradients add up
    mean += share.item()             # and so do losses
"""


def _own(case: Case) -> tuple[bool, str]:
    if case.single or case.shape[0] < 2 or not case.classes:
        return False, tr("Your batch is too small to cut, so here is one of three rows.")
    if case.soft:
        return False, tr(
            "Your targets are class probabilities, and there the mean divides by N. So here is a "
            "batch of three rows with class numbers."
        )
    if size(case) > LARGE:
        return False, tr(
            "Your batch is too large to cut in many ways, so here is one of three rows."
        )
    return True, ""


def _sizes(rows: int) -> list[int]:
    if rows <= EVERY_SIZE:
        return list(range(1, rows))
    return sorted({-(-rows // parts) for parts in CUTS if parts < rows})


def _cut(case: Case, part_size: int) -> dict[str, Any]:
    made = batches(case, sizes_of(case.shape[0], part_size))
    book = Numbers(f"cut{part_size}-")
    parts, first = [], 0
    for k, part in enumerate(made.parts):
        length = part.case.shape[0]
        parts.append(_part(book, part, k, first, length))
        first += length
    for column in ("sum", "below", "mean"):
        book.align([part[column] for part in parts])
    book.add(
        "averaged",
        made["mean_of_means"],
        tr("average of the parts’ means"),
        made=tr("the parts’ means, averaged: every part counts the same"),
        concept="loss",
        of=[part["mean"] for part in parts],
    )
    total = book.add(
        "sum",
        made["total_loss"],
        tr("sum of all parts’ losses"),
        made=tr("the parts’ sums, added"),
        concept="loss",
        of=[part["sum"] for part in parts],
    )
    below = book.add(
        "below",
        made["total_weight"],
        tr("sum of all parts’ weights"),
        made=tr("the parts’ weights, added"),
        concept="weight",
        of=[part["below"] for part in parts],
    )
    book.add(
        "fixed",
        made["mean_of_sums"],
        tr("sums first, one division"),
        made=divided_by(book, total, below),
        concept="loss",
        of=(total, below),
    )
    book.add(
        "whole",
        made.whole.answer,
        tr("mean of the whole batch"),
        made=tr("torch’s mean over all rows at once"),
        concept="loss",
    )
    return {"size": part_size, "numbers": book.book, "parts": parts, **_judged(made)}


def _part(book: Numbers, part: Trace, k: int, first: int, length: int) -> dict[str, str]:
    number = k + 1
    total = book.add(
        f"sum{k}",
        part["sum_loss"].output,
        tr("sum of the losses in part {number}", number=number),
        made=tr("the weighted losses of this part, added"),
        concept="loss",
    )
    below = book.add(
        f"below{k}",
        part["denominator"].output,
        tr("sum of the weights in part {number}", number=number),
        made=tr("the weights of this part’s targets, added"),
        concept="weight",
    )
    mean = book.add(
        f"mean{k}",
        part["mean_loss"].output,
        tr("mean of part {number}", number=number),
        made=divided_by(book, total, below),
        concept="loss",
        of=(total, below),
    )
    more = "" if part.case.logits.ndim == 2 else ", …"  # a row of the batch may hold many pixels
    one, last = (f"({k}{more})" if more else str(k) for k in (first, first + length - 1))
    rows = (
        tr("row {row}", row=one) if length == 1 else tr("rows {first}–{last}", first=one, last=last)
    )
    return {
        "name": tr("part {number}", number=number),
        "rows": rows,
        "sum": total,
        "below": below,
        "mean": mean,
    }


def _judged(made: Batches) -> dict[str, Any]:
    """Whether the average of the means is the mean here, and why; None where there is no mean."""
    whole = float(made.whole.answer)
    if not np.isfinite(whole):
        why = tr("The mean of the whole batch is {mean} here.", mean=figure(whole))
        return {"same": None, "why": why}
    same = bool(np.isclose(float(made["mean_of_means"]), whole, rtol=1e-12, atol=0))
    return {"same": same, "why": tr(_why_same(made, whole) if same else _why_not(made))}


def _why_same(made: Batches, whole: float) -> str:
    weights = [float(part["denominator"].output) for part in made.parts]
    means = [float(part["mean_loss"].output) for part in made.parts]
    if np.allclose(weights, weights[0], rtol=1e-12, atol=0):
        return "Here they agree, because all parts weigh the same."
    if np.allclose(means, whole, rtol=1e-12, atol=0):
        return "Here they agree, because all parts have the same mean."
    return "Here they agree, but only by chance."


def _why_not(made: Batches) -> str:
    weights = [float(part["denominator"].output) for part in made.parts]
    if np.isnan(float(made["mean_of_means"])) and 0 in weights:
        return "One part has no weight at all: its mean is nan, and nan spoils the average."
    if made.whole.case.weight is None:
        return (
            "They differ, because each part divides by its own number of rows and then counts the "
            "same as every other."
        )
    return (
        "They differ, because each part divides by its own weights and then counts the same as "
        "every other."
    )
