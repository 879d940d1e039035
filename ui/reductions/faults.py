"""What cannot be drawn as areas, and what is drawn in an unusual way: always said in words."""

import numpy as np

from ce_core import Trace
from ce_core.areas import Areas
from ui.figures import figure
from ui.place import row_label

FAR_APART = 40  # times as wide: beside it, the narrower rectangle is a line


def fault(trace: Trace, measured: Areas) -> str:
    """Why no areas can be drawn, in words; "" where they can."""
    if not measured.groups:
        return "There is no row, so there is no bar to draw."
    if not trace.case.classes:
        return "There is no class, so there is nothing to draw."
    bars = (_fault_of(trace, measured, k) for k in range(len(measured.groups)))
    return next(filter(None, bars), "") or _fault_of_totals(trace)


def _fault_of(trace: Trace, measured: Areas, k: int) -> str:
    group = measured.groups[k]
    row = f"Row {row_label(trace.case, int(group[0]))}" if len(group) == 1 else "The rest"
    width, height, area = (float(measured[key][k]) for key in ("width", "height", "area"))
    if not np.isfinite(width):
        return f"{row} weighs {figure(width)}, and no bar is that wide."
    if width < 0:
        return f"{row} weighs {figure(width)}, and a bar cannot be narrower than nothing."
    if not np.isfinite(area):
        return f"{row} costs {figure(area)}, and no bar has that area."
    if not np.isfinite(height):
        return (
            f"{row} weighs 0 and still costs {figure(area)}, through label smoothing: an area "
            "without a width."
        )
    return f"{row} costs {figure(area)}: an area below nothing." if height < 0 else ""


def _fault_of_totals(trace: Trace) -> str:
    total, mean = (float(trace[key].output) for key in ("sum_loss", "mean_loss"))
    if not np.isfinite(total):
        return f"The losses add up to {figure(total)}."
    if not np.isfinite(mean):
        case = trace.case
        ignored = not case.soft and bool((case.target == case.ignore_index).all())
        why = "Every row is ignored" if ignored else "No row weighs anything"
        return f"{why}: there is no width, and the mean is 0/0."
    return ""


def apart(trace: Trace, wrong: Trace) -> str:
    """Why the wrong rectangle is left out beside the right one; "" where it is drawn."""
    right, count = float(trace["denominator"].output), float(wrong["denominator"].output)
    if right <= 0 or not np.isfinite(right) or max(right, count) <= FAR_APART * min(right, count):
        return ""
    return (
        f"One is {figure(right)} wide and the other {figure(count)}. Side by side, the narrow one "
        "would be too thin to see, so the wrong one is left out."
    )


def note(trace: Trace, measured: Areas) -> str:
    """What is drawn without width, and what is drawn together."""
    case, notes = trace.case, []
    if not case.soft:
        ignored = int((case.target == case.ignore_index).sum())
        silent = (trace["sample_weight"].rows == 0) & (trace["losses"].rows == 0)
        flat = int(np.count_nonzero(silent)) - ignored  # smoothing lets weight 0 cost something
        if ignored:
            rows = "1 row is" if ignored == 1 else f"{ignored:,} rows are"
            notes.append(f"{rows} ignored: no width, no area.")
        if flat:
            rows = "1 row weighs" if flat == 1 else f"{flat:,} rows weigh"
            notes.append(f"{rows} 0: no width, so no say in the mean.")
    if len(measured.groups) and len(measured.groups[-1]) > 1:
        notes.append(
            f"The {len(measured.groups) - 1} costliest rows have a bar of their own; the last "
            f"bar is the other {len(measured.groups[-1]):,} together."
        )
    return " ".join(notes)
