"""Which class numbers a target may hold."""

import numpy as np

from ce_core.arrays import Array
from ce_core.errors import CaseError


def classes(z: Array, y: Array, ignore_index: int) -> None:
    """Every class number is a class or `ignore_index`."""
    if y.shape == z.shape or not y.size:
        return
    count = z.shape[0 if z.ndim == 1 else 1]
    bad = ((y < 0) | (y >= count)) & (y != ignore_index)
    if not bad.any():
        return
    place = tuple(int(k) for k in np.argwhere(bad)[0])
    found = int(y[place])
    where = f"target[{', '.join(map(str, place))}]" if place else "target"
    allowed = f"0 to {count - 1}" if count > 1 else "0" if count else "ignore_index only"
    raise CaseError(
        "target",
        f"must be {allowed} or ignore_index ({ignore_index})",
        f"{where} is {found}",
        _class_remedy(y, bad, count, found),
        f"IndexError: Target {found} is out of bounds.",
    )


def _class_remedy(y: Array, bad: Array, count: int, found: int) -> str:
    if count == 1:
        return (
            "With one output per sample use two outputs, or BCEWithLogitsLoss with float targets."
        )
    if found < 0:
        return f"If {found} marks rows to leave out, set ignore_index={found}."
    if y.min() >= 1 and y.max() == count:
        return "Classes are numbered from 0: subtract 1 from every target."
    if bad.all():
        return f"Map your labels to 0 to {count - 1}, or give the logits one column per class."
    return (
        f"Classes are numbered from 0, so the last one is {count - 1}: correct the number, or "
        "give the logits a column for that class."
    )
