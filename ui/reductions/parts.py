"""A batch in parts: the average of the parts' means, the mean, and the way that always works."""

from typing import Any

import numpy as np

from ce_core import Case, Trace
from ce_core.batches import Batches, batches, sizes_of
from ui.compute import LARGE, size
from ui.reductions.numbers import Numbers

SMALL_BATCH = Case(
    logits=[[2, 1, 0.1], [0.5, 2.5, 0.3], [1.2, 0.4, 3]], target=[0, 2, 2], weight=[1, 2, 5]
)
EVERY_SIZE = 12  # samples; of a longer batch only some ways to cut it
CUTS = (2, 3, 4, 6, 8, 12, 16)


def divided(case: Case) -> dict[str, Any]:
    """A batch in parts of each size: the mean of the parts' means, and the way that is right."""
    own, why = _own(case)
    batch = case if own else SMALL_BATCH
    cuts = [_cut(batch, size) for size in _sizes(batch.shape[0])]
    return {"own": own, "why": why, "cuts": cuts, "samples": batch.shape[0]}


def _own(case: Case) -> tuple[bool, str]:
    if case.soft:
        return False, (
            "Your targets are class probabilities, and there the mean divides by N. So here is a "
            "batch of three samples with class numbers."
        )
    if case.single or case.shape[0] < 2:
        return False, "Your batch is too small to cut, so here is one of three samples."
    if size(case) > LARGE:
        return False, "Your batch is too large to cut in many ways here; this one has 3 samples."
    return True, ""


def _sizes(samples: int) -> list[int]:
    if samples <= EVERY_SIZE:
        return list(range(1, samples))
    return sorted({-(-samples // parts) for parts in CUTS if parts < samples})


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
        "average of the parts’ means",
        made="the parts’ means, averaged: every part counts the same",
        concept="loss",
        of=[part["mean"] for part in parts],
    )
    total = book.add(
        "sum",
        made["total_loss"],
        "sum of all parts’ losses",
        made="the parts’ sums, added",
        concept="loss",
        of=[part["sum"] for part in parts],
    )
    below = book.add(
        "below",
        made["total_weight"],
        "sum of all parts’ weights",
        made="the parts’ weights, added",
        concept="weight",
        of=[part["below"] for part in parts],
    )
    book.add(
        "fixed",
        made["mean_of_sums"],
        "sums first, one division",
        made=f"{book.text(total)} divided by {book.text(below)}",
        concept="loss",
        of=(total, below),
    )
    book.add(
        "whole",
        made.whole.answer,
        "mean of the whole batch",
        made="torch’s mean over all samples at once",
        concept="loss",
    )
    return {"size": part_size, "numbers": book.book, "parts": parts, **_judged(made)}


def _part(book: Numbers, part: Trace, k: int, first: int, length: int) -> dict[str, str]:
    name = f"part {k + 1}"
    total = book.add(
        f"sum{k}",
        part["sum_loss"].output,
        f"sum of the losses in {name}",
        made="the weighted losses of this part, added",
        concept="loss",
    )
    below = book.add(
        f"below{k}",
        part["denominator"].output,
        f"sum of the weights in {name}",
        made="the weights of this part’s targets, added",
        concept="weight",
    )
    mean = book.add(
        f"mean{k}",
        part["mean_loss"].output,
        f"mean of {name}",
        made=f"{book.text(total)} divided by {book.text(below)}",
        concept="loss",
        of=(total, below),
    )
    rows = f"sample {first}" if length == 1 else f"samples {first}–{first + length - 1}"
    return {"rows": rows, "sum": total, "below": below, "mean": mean}


def _judged(made: Batches) -> dict[str, Any]:
    """Whether the average of the means is the mean here, and why."""
    averaged, whole = float(made["mean_of_means"]), float(made.whole.answer)
    weights = {float(part["denominator"].output) for part in made.parts}
    if np.isnan(averaged) and not np.isnan(whole):
        return {
            "same": False,
            "why": "One part has no weight at all, so its mean is 0/0, and nan spoils the average.",
        }
    if not np.isfinite(whole):
        return {"same": False, "why": "The mean of the whole is no finite number here."}
    if np.isclose(averaged, whole, rtol=1e-12, atol=0):
        why = (
            "Here they agree, because all parts weigh the same."
            if len(weights) == 1
            else "Here they happen to agree."
        )
        return {"same": True, "why": why}
    return {
        "same": False,
        "why": "They differ, because each part divides by its own weights and then counts the "
        "same as every other.",
    }
