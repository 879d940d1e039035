"""What a case cannot show: mistakes that give the right number on it, and a case that tells."""

from dataclasses import dataclass

import numpy as np

from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.mistakes.parts import kept_targets
from ce_core.mistakes.record import Question


@dataclass(frozen=True)
class Hidden:
    """Something that no number of this case can tell.

    Attributes:
        key: its name.
        says: what cannot be known, and why.
        mistakes: the keys of the mistakes that stay out of sight.
        shows: a case like this one on which they would show.
    """

    key: str
    says: str
    mistakes: tuple[str, ...]
    shows: Question


WEIGHT_MISTAKES = (
    "divided_by_batch_size",
    "divided_by_all_weights",
    "weight_left_out",
    "weight_indexed_by_position",
    "weights_inside_softmax",
    "class_probs_mean_divides_by_N",
    "framework_difference",
)


def _different(case: Case) -> list[float]:
    return [float(k + 1) for k in range(case.classes)]


def _equal_weights(case: Case) -> Hidden | None:
    w = case.weight
    if case.classes < 2 or (w is not None and len(set(w.tolist())) > 1):
        return None
    if w is not None and (w != 1).any() and case.reduction != "mean":
        return None  # the sum does show whether they were used
    which = "There are no class weights" if w is None else "All class weights are equal"
    return Hidden(
        "equal-weights",
        f"{which}, so no number of this case can tell whether weights were used rightly.",
        WEIGHT_MISTAKES,
        case.replace(weight=_different(case)),
    )


def _one_sample(case: Case) -> Hidden | None:
    if case.soft or case.reduction != "mean" or kept_targets(case).size != 1:
        return None
    if case.single or case.logits.ndim > 2 or case.classes < 2:
        return None
    other = (int(kept_targets(case)[0]) + 1) % case.classes
    return Hidden(
        "one-sample",
        "Only one row counts, so its weight cancels and a mean of one number is the number: "
        "what the loss was divided by cannot be seen.",
        ("divided_by_batch_size", "mean_of_batch_means", "averaged_twice", "sum_not_mean"),
        case.replace(
            logits=np.concatenate([case.logits, case.logits[:, ::-1]]),
            target=np.concatenate([case.target, np.full(len(case.target), other)]),
            weight=_different(case) if case.weight is None else case.weight,
        ),
    )


def _one_class(case: Case) -> Hidden | None:
    if case.soft or case.reduction != "mean" or case.weight is None or case.single:
        return None
    targets = kept_targets(case)
    if targets.size < 2 or len(set(targets.tolist())) > 1 or case.classes < 2:
        return None
    changed = np.array(case.target)
    place = tuple(int(k) for k in np.argwhere(case.target != case.ignore_index)[0])
    changed[place] = (int(targets[0]) + 1) % case.classes
    return Hidden(
        "one-class",
        "All targets have the same class, so its weight stands above and below the line and "
        "cancels: the weighted mean is the plain one.",
        ("weight_left_out", "weight_cancels"),
        case.replace(target=changed),
    )


def _as_many_as_classes(case: Case) -> Hidden | None:
    if case.single or case.reduction != "mean" or len(case.logits) != case.classes:
        return None
    if case.classes < 2 or case.logits.ndim > 2:
        return None
    return Hidden(
        "as-many-as-classes",
        f"There are {case.classes} rows and {case.classes} classes: dividing by one or by the "
        "other gives the same number.",
        ("divided_by_number_of_classes", "averaged_twice", "mean_over_elements"),
        case.replace(
            logits=np.concatenate([case.logits, case.logits[:1, ::-1]]),
            target=np.concatenate([case.target, case.target[:1]]),
        ),
    )


def _whole_targets(case: BinaryCase) -> Hidden | None:
    if case.pos_weight is None or not case.target.size:
        return None
    if not np.isin(case.target, (0, 1)).all():
        return None
    return Hidden(
        "whole-targets",
        "All targets are 0 or 1: whether pos_weight multiplies the whole element or only the part "
        "of yes cannot be seen.",
        ("pos_weight_applied_to_whole_loss",),
        case.replace(target=np.clip(case.target, 0.1, 0.9)),
    )


def hidden_by(case: Question) -> tuple[Hidden, ...]:
    """What the case hides, in the order of how often it matters."""
    found: list[Hidden | None]
    if isinstance(case, BinaryCase):
        found = [_whole_targets(case)]
    else:
        found = [
            _one_sample(case),
            _one_class(case),
            _equal_weights(case),
            _as_many_as_classes(case),
        ]
    return tuple(one for one in found if one is not None)
