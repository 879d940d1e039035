"""What torch accepts in silence though it is rarely meant: noticed here, said on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ce_core.errors import Hint
from ce_core.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from ce_core.case import Case

SUM_TOLERANCE = 1e-3  # probabilities printed with four digits still count as probabilities


def probabilities_as_logits(case: Case) -> Hint | None:
    """Rows of the logits that lie in 0..1 and sum to 1 have been through a softmax already."""
    z = case.inputs["logits"]
    if not z.size or case.classes == 1 or z.min() < 0 or z.max() > 1:
        return None
    if not np.abs(z.sum(axis=1) - 1).max() <= SUM_TOLERANCE:  # so that nan is no probability
        return None
    return Hint(
        "probabilities-as-logits",
        words(
            "Each row of the logits sums to 1, so these look like probabilities. "
            "Cross-entropy takes a softmax itself: here it is taken twice."
        ),
        words("Pass the raw scores. If you only have probabilities p, pass log p."),
    )


def target_not_a_distribution(case: Case) -> Hint | None:
    """Float targets are taken as they are, whatever they sum to."""
    if not case.soft or not case.target.size:
        return None
    t = case.inputs["target"]
    sums = t.sum(axis=1)
    lowest = t.min(axis=1)
    bad = ~(np.abs(sums - 1) <= SUM_TOLERANCE) | (lowest < 0)
    if not bad.any():
        return None
    place = tuple(int(k) for k in np.argwhere(bad)[0])
    row = ", ".join(map(str, place))
    name = words("the target") if case.single else words("target row {row}", row=row)
    told = (
        words("{name} sums to {total:.4g} and has a negative entry", name=name, total=sums[place])
        if lowest[place] < 0
        else words("{name} sums to {total:.4g}", name=name, total=sums[place])
    )
    return Hint(
        "target-not-a-distribution",
        words(
            "Float targets of the logits' shape are read as class probabilities, but {told}. "
            "Torch does not check this.",
            told=told,
        ),
        words("Make every row sum to 1 with no negative entry, or pass class numbers."),
    )


def not_finite(case: Case) -> Hint | None:
    """+inf and nan make the whole row nan; -inf alone is a masked class and does no harm."""
    z = case.inputs["logits"]
    bad = np.isnan(z) | (z == np.inf)
    if not bad.any():
        return None
    place = tuple(int(k) for k in np.argwhere(bad)[0])
    row = (place[0], *place[2:])
    index = row[0] if len(row) == 1 else row
    name = words("The row") if case.single else words("Row {row}", row=index)
    return Hint(
        "logits-not-finite",
        words(
            "{name} holds {value}: inf - inf is nan, so the whole row is nan from the second "
            "step on.",
            name=name,
            value=str(z[place]),
        ),
        words(
            "Look for what made it: a division by 0, a log of 0, or a learning rate that is too "
            "large."
        ),
    )


def classes_last(case: Case) -> Hint | None:
    """(N, T, C) logits run without an error when T equals C, over the wrong axis."""
    shape = case.logits.shape
    if case.soft or len(shape) < 3 or shape[1] != shape[-1] or shape[1] <= 1:
        return None
    return Hint(
        "classes-last",
        words(
            "Logits of shape {shape} have {length} as both their second and their last axis. "
            "Torch takes the second one as the classes, whichever you meant.",
            shape=shape,
            length=shape[1],
        ),
        words("If your classes stand last, write logits.movedim(-1, 1)."),
    )


def weight_per_sample(case: Case) -> Hint | None:
    """A weight vector that is as long as the batch may have been meant per sample."""
    w, shape = case.weight, case.shape
    same_length = w is not None and not case.soft and shape == (case.classes,)
    if not same_length or len(set(case.weight.tolist())) == 1:  # type: ignore[union-attr]
        return None
    return Hint(
        "weight-per-sample",
        words(
            "There are {count} classes and {count} samples. The weights are read "
            "per class: each sample takes the weight of its target's class.",
            count=case.classes,
        ),
        words("For a weight per sample take reduction='none' and multiply yourself."),
    )


def nothing_counts(case: Case) -> Hint | None:
    """0/0: the mean over no rows, or over rows that all weigh nothing."""
    if case.reduction != "mean":
        return None
    if not case.target.size:
        return Hint(
            "empty-batch",
            words("The batch is empty: the mean is 0/0, which is nan."),
            words("Skip empty batches."),
        )
    if case.soft:
        return None
    kept = case.target != case.ignore_index
    if not kept.any():
        return Hint(
            "all-ignored",
            words("Every target equals ignore_index: the mean over no rows is 0/0, which is nan."),
            words("Skip such a batch, or take the sum and divide by max(1, number of rows kept)."),
        )
    weights = case.inputs["weight"][case.target[kept]]
    if weights.any():
        return None
    return Hint(
        "no-weight",
        words("Every target's class weighs 0: the mean is 0/0, which is nan."),
        words("Give at least one class among the targets a positive weight."),
    )


def smoothing_without_effect(case: Case) -> Hint | None:
    """Torch checks only the upper bound of label_smoothing."""
    if case.smooths or case.label_smoothing == 0:
        return None
    return Hint(
        "smoothing-without-effect",
        words(
            "label_smoothing is {value}: torch does not complain and uses 0.",
            value=case.label_smoothing,
        ),
        words("Choose a value from 0 to 1."),
    )


def negative_weight(case: Case) -> Hint | None:
    """Torch accepts negative weights; the mean may then have any sign and size."""
    if case.weight is None or not (case.weight < 0).any():
        return None
    return Hint(
        "negative-weight",
        words(
            "A negative weight rewards being wrong on its class, and the mean's denominator may "
            "shrink to 0 or below."
        ),
        words("Use weights of 0 or more."),
    )


ALL: tuple[Callable[[Case], Hint | None], ...] = (
    not_finite,
    probabilities_as_logits,
    target_not_a_distribution,
    classes_last,
    weight_per_sample,
    nothing_counts,
    smoothing_without_effect,
    negative_weight,
)


def hints_of(case: Case) -> tuple[Hint, ...]:
    """The hints that apply, in the order of `ALL`."""
    with np.errstate(all="ignore"):
        return tuple(hint for notice in ALL if (hint := notice(case)) is not None)
