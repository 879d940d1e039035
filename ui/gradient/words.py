"""The gradient of a row in sentences: which logits are pushed where, and what the row sums to."""

from math import isfinite, isnan

from ce_core import Trace
from ui.figures import figure
from ui.place import Place

ROUNDED = 1e-12  # of the row's factor: a sum as small as this is 0 but for rounding


def row_told(trace: Trace, at: Place) -> str:
    """What the row does to the class looked at, to the one it pushes most besides, and in all."""
    quiet = silent(trace, at)
    if quiet:
        return quiet
    other = strongest(trace, at)
    columns = (at.column,) if other is None else (at.column, other)
    return " ".join([*(pushed(trace, at, c) for c in columns), summed(trace, at)])


def pushed(trace: Trace, at: Place, column: int) -> str:
    """What the row does to one class's logit, in a sentence."""
    name = f"Class {at.name(column)}"
    here = {key: float(trace[key].rows[at.row, column]) for key in ("probs", "aim", "gradient")}
    wanted = float(trace["target_dist"].rows[at.row, column])
    should = f"has probability {figure(here['probs'])} and should have {figure(wanted)}"
    if isfinite(here["aim"]) and abs(here["aim"] - wanted) > ROUNDED:
        should += f", which the class weights make {figure(here['aim'])}"
    return f"{name} {should}: {_way(trace, at, here['gradient'])}."


def _way(trace: Trace, at: Place, gradient: float) -> str:
    if isnan(gradient):
        return "its gradient is not a number"
    if gradient == 0:
        return "its logit stays where it is"
    way = "up" if gradient < 0 else "down"
    if float(trace["factor"].rows[at.row]) < 0:
        return f"but the weight is negative, and the step pushes its logit {way}, the wrong way"
    return f"the step pushes its logit {way}"


def strongest(trace: Trace, at: Place) -> int | None:
    """The class, other than the one looked at, that the row pushes most; None where none is."""
    sizes = abs(trace["gradient"].rows[at.row])
    others = [c for c in range(len(sizes)) if c != at.column and sizes[c] > 0]
    return max(others, key=lambda c: float(sizes[c])) if others else None


def silent(trace: Trace, at: Place) -> str:
    """Why the row pushes nothing; "" where it does."""
    row = at.row_name.capitalize()
    if at.ignored:
        return (
            f"{row} is ignored, because its target is ignore_index: its gradient is 0 for every "
            "class, and no step moves its logits."
        )
    if float(trace["factor"].rows[at.row]) == 0 and not trace["gradient"].rows[at.row].any():
        return (
            f"The target of {at.row_name} weighs 0, so its gradient is 0 for every class: the "
            "model learns nothing from this row."
        )
    return ""


def summed(trace: Trace, at: Place) -> str:
    """What the row's gradient sums to, and why."""
    total, factor = (float(trace[key].rows[at.row]) for key in ("row_total", "factor"))
    why = "what some logits are raised by, the others are lowered by"
    if total == 0:
        return f"The row sums to 0: {why}."
    if isnan(total) or not isfinite(factor):
        return f"The row sums to {figure(total)}, since not all of its numbers are finite."
    if abs(total) <= ROUNDED * max(abs(factor), 1.0):
        return f"The row sums to 0, rounding aside: {why}."
    return (
        f"The row sums to {figure(total)} and not to 0: its numbers are so large, or so far apart, "
        "that rounding shows."
    )
