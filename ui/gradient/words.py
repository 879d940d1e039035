"""The gradient of a row in sentences: which logits are pushed where, and what the row sums to."""

from math import isfinite, isnan

from ce_core import Trace
from ui.figures import figure
from ui.place import Place, row_label
from ui.words import Words, joined, tr, words

ROUNDED = 1e-12  # of the row's factor: a sum as small as this is 0 but for rounding


def row_told(trace: Trace, at: Place) -> str:
    """What the row does to the class looked at, to the one it pushes most besides, and in all."""
    quiet = silent(trace, at)
    if quiet:
        return tr(quiet)
    other = strongest(trace, at)
    columns = (at.column,) if other is None else (at.column, other)
    return tr(joined([*(pushed(trace, at, c) for c in columns), summed(trace, at)]))


def pushed(trace: Trace, at: Place, column: int) -> Words:
    """What the row does to one class's logit, in a sentence."""
    here = {key: float(trace[key].rows[at.row, column]) for key in ("probs", "aim", "gradient")}
    wanted = float(trace["target_dist"].rows[at.row, column])
    told = {
        "name": at.name(column),
        "p": figure(here["probs"]),
        "q": figure(wanted),
        "way": _way(trace, at, here["gradient"]),
    }
    if isfinite(here["aim"]) and abs(here["aim"] - wanted) > ROUNDED:
        return words(
            "Class {name} has probability {p} and should have {q}, which the class weights make "
            "{aim}: {way}.",
            aim=figure(here["aim"]),
            **told,
        )
    return words("Class {name} has probability {p} and should have {q}: {way}.", **told)


def _way(trace: Trace, at: Place, gradient: float) -> Words:
    if isnan(gradient):
        return words("its gradient is not a number")
    if gradient == 0:
        return words("its logit stays where it is")
    if float(trace["factor"].rows[at.row]) < 0:
        return (
            words("but the weight is negative, and the step pushes its logit up, the wrong way")
            if gradient < 0
            else words(
                "but the weight is negative, and the step pushes its logit down, the wrong way"
            )
        )
    if gradient < 0:
        return words("the step pushes its logit up")
    return words("the step pushes its logit down")


def strongest(trace: Trace, at: Place) -> int | None:
    """The class, other than the one looked at, that the row pushes most; None where none is."""
    sizes = abs(trace["gradient"].rows[at.row])
    others = [c for c in range(len(sizes)) if c != at.column and sizes[c] > 0]
    return max(others, key=lambda c: float(sizes[c])) if others else None


def silent(trace: Trace, at: Place) -> Words:
    """Why the row pushes nothing; "" where it does."""
    if at.ignored:
        return words(
            "Row {row} is ignored, because its target is ignore_index: its gradient is 0 for every "
            "class, and no step moves its logits.",
            row=row_label(at.case, at.row),
        )
    if float(trace["factor"].rows[at.row]) == 0 and not trace["gradient"].rows[at.row].any():
        return words(
            "The target of {row} weighs 0, so its gradient is 0 for every class: the model learns "
            "nothing from this row.",
            row=at.row_name,
        )
    return words("")


def summed(trace: Trace, at: Place) -> Words:
    """What the row's gradient sums to, and why."""
    total, factor = (float(trace[key].rows[at.row]) for key in ("row_total", "factor"))
    if total == 0:
        return words(
            "The row sums to 0: what some logits are raised by, the others are lowered by."
        )
    if isnan(total) or not isfinite(factor):
        return words(
            "The row sums to {total}, since not all of its numbers are finite.", total=figure(total)
        )
    if abs(total) <= ROUNDED * max(abs(factor), 1.0):
        return words(
            "The row sums to 0, rounding aside: what some logits are raised by, the others are "
            "lowered by."
        )
    return words(
        "The row sums to {total} and not to 0: its numbers are so large, or so far apart, that "
        "rounding shows.",
        total=figure(total),
    )
