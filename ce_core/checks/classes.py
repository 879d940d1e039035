"""Which class numbers a target may hold."""

import numpy as np

from ce_core.arrays import Array
from ce_core.errors import CaseError
from ce_core.words import Words, words


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
    raise CaseError(
        "target",
        _allowed(count, ignore_index),
        words("{name} is {value}", name=where, value=str(found)),
        _class_remedy(y, bad, count, found),
        f"IndexError: Target {found} is out of bounds.",
    )


def _allowed(count: int, ignored: int) -> Words:
    if count > 1:
        return words(
            "must be 0 to {last} or ignore_index ({ignored})", last=count - 1, ignored=ignored
        )
    if count:
        return words("must be 0 or ignore_index ({ignored})", ignored=ignored)
    return words("must be ignore_index ({ignored}): there is no class", ignored=ignored)


def _class_remedy(y: Array, bad: Array, count: int, found: int) -> Words:
    if count == 1:
        return words(
            "With one output per sample use two outputs, or BCEWithLogitsLoss with float targets."
        )
    if not count:
        return words("Give the logits one column per class.")
    if found < 0:
        return words("If {found} marks rows to leave out, set ignore_index={found}.", found=found)
    if y.min() >= 1 and y.max() == count:
        return words("Classes are numbered from 0: subtract 1 from every target.")
    if bad.all():
        return words(
            "Map your labels to 0 to {last}, or give the logits one column per class.",
            last=count - 1,
        )
    return words(
        "Classes are numbered from 0, so the last one is {last}: correct the number, or "
        "give the logits a column for that class.",
        last=count - 1,
    )
