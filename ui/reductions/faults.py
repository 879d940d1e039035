"""What cannot be drawn as areas, and what is drawn in an unusual way: always said in words."""

import numpy as np

from ce_core import Trace
from ce_core.areas import Areas
from ui.figures import figure
from ui.place import row_label
from ui.words import tr

FAR_APART = 40  # times as wide: beside it, the narrower rectangle is a line
# What is said of one row, and what of the rest, which has a bar together.
NOT_THAT_WIDE = (
    "Row {row} weighs {weight}, and no bar is that wide.",
    "The rest weighs {weight}, and no bar is that wide.",
)
NARROWER_THAN_NOTHING = (
    "Row {row} weighs {weight}, and a bar cannot be narrower than nothing.",
    "The rest weighs {weight}, and a bar cannot be narrower than nothing.",
)
NOT_THAT_AREA = (
    "Row {row} costs {loss}, and no bar has that area.",
    "The rest costs {loss}, and no bar has that area.",
)
NO_WIDTH = (
    "Row {row} weighs 0 and still costs {loss}, through label smoothing: an area without a width.",
    "The rest weighs 0 and still costs {loss}, through label smoothing: an area without a width.",
)
BELOW_NOTHING = (
    "Row {row} costs {loss}: an area below nothing.",
    "The rest costs {loss}: an area below nothing.",
)
IGNORED = (
    "1 row is ignored: no width, no area.",
    "{count:,} rows are ignored: no width, no area.",
)
WEIGHTLESS = (
    "1 row weighs 0: no width, so no say in the mean.",
    "{count:,} rows weigh 0: no width, so no say in the mean.",
)


def fault(trace: Trace, measured: Areas) -> str:
    """Why no areas can be drawn, in words; "" where they can."""
    if not measured.groups:
        return tr("There is no row, so there is no bar to draw.")
    if not trace.case.classes:
        return tr("There is no class, so there is nothing to draw.")
    bars = (_fault_of(trace, measured, k) for k in range(len(measured.groups)))
    return next(filter(None, bars), "") or _fault_of_totals(trace)


def _fault_of(trace: Trace, measured: Areas, k: int) -> str:
    group = measured.groups[k]
    rest, row = len(group) > 1, row_label(trace.case, int(group[0]))
    width, height, area = (float(measured[key][k]) for key in ("width", "height", "area"))
    said = None
    if not np.isfinite(width):
        said = NOT_THAT_WIDE
    elif width < 0:
        said = NARROWER_THAN_NOTHING
    elif not np.isfinite(area):
        said = NOT_THAT_AREA
    elif not np.isfinite(height):
        said = NO_WIDTH
    elif height < 0:
        said = BELOW_NOTHING
    if said is None:
        return ""
    values = {"weight": figure(width), "loss": figure(area)}
    return tr(said[1], **values) if rest else tr(said[0], row=row, **values)


def _fault_of_totals(trace: Trace) -> str:
    total, mean = (float(trace[key].output) for key in ("sum_loss", "mean_loss"))
    if not np.isfinite(total):
        return tr("The losses add up to {sum}.", sum=figure(total))
    if not np.isfinite(mean):
        case = trace.case
        ignored = not case.soft and bool((case.target == case.ignore_index).all())
        if ignored:
            return tr("Every row is ignored: there is no width, and the mean is 0/0.")
        return tr("No row weighs anything: there is no width, and the mean is 0/0.")
    return ""


def apart(trace: Trace, wrong: Trace) -> str:
    """Why the wrong rectangle is left out beside the right one; "" where it is drawn."""
    right, count = float(trace["denominator"].output), float(wrong["denominator"].output)
    if right <= 0 or not np.isfinite(right) or max(right, count) <= FAR_APART * min(right, count):
        return ""
    return tr(
        "One is {right} wide and the other {wrong}. Side by side, the narrow one would be too thin "
        "to see, so the wrong one is left out.",
        right=figure(right),
        wrong=figure(count),
    )


def note(trace: Trace, measured: Areas) -> str:
    """What is drawn without width, and what is drawn together."""
    case, notes = trace.case, []
    if not case.soft:
        ignored = int((case.target == case.ignore_index).sum())
        silent = (trace["sample_weight"].rows == 0) & (trace["losses"].rows == 0)
        flat = int(np.count_nonzero(silent)) - ignored  # smoothing lets weight 0 cost something
        for count, (one, several) in ((ignored, IGNORED), (flat, WEIGHTLESS)):
            if count:
                notes.append(tr(one) if count == 1 else tr(several, count=count))
    if len(measured.groups) and len(measured.groups[-1]) > 1:
        notes.append(
            tr(
                "The {count} costliest rows have a bar of their own; the last bar is the other "
                "{rest:,} together.",
                count=len(measured.groups) - 1,
                rest=len(measured.groups[-1]),
            )
        )
    return " ".join(notes)
