"""What a case cannot show: mistakes that give the right number on it, and a case that tells.

What is said is computed: a mistake is hidden where one of its ways gives the right number, and a
case that shows it is offered only where it does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.mistakes.catalogue import mistake
from ce_core.mistakes.parts import alike, kept_targets
from ce_core.mistakes.record import Question, Way
from ce_core.mistakes.search import computed, right_values
from ce_core.trace import ANSWERS
from ce_core.words import words

MOST = 20_000  # numbers among the logits


@dataclass(frozen=True)
class Hidden:
    """Something that no number of this case can tell.

    Attributes:
        key: its name.
        says: what cannot be known, and why.
        mistakes: the keys of the mistakes that stay out of sight.
        shows: a case like this one on which they show.
    """

    key: str
    says: str
    mistakes: tuple[str, ...]
    shows: Question


@dataclass(frozen=True)
class Doubt:
    """What may be hidden, before it is computed whether it is.

    Attributes:
        key: its name.
        says: what cannot be known.
        mistakes: the keys of the mistakes that would stay out of sight.
        others: changed cases, each of which may show them.
        computed: whether the mistakes must give the right number here; otherwise it is enough
            that they can be made on the other case.
    """

    key: str
    says: str
    mistakes: tuple[str, ...]
    others: Callable[[], Iterator[Question]]
    computed: bool = True


def _different(case: Case) -> list[float]:
    return [float(k + 1) for k in range(case.classes)]


def _other_classes(case: Case, target: int) -> Iterator[int]:
    ordered = [*range(target + 1, case.classes), *range(target)]
    return (k for k in ordered if k != case.ignore_index)


def _no_weights(case: Case) -> Doubt | None:
    if case.classes < 2 or case.weight is not None:
        return None
    return Doubt(
        "no-weights",
        "There are no class weights, so no number of this case can tell whether you would use "
        "them rightly.",
        ("divided_by_batch_size", "weight_left_out", "weight_indexed_by_position"),
        lambda: iter([case.replace(weight=_different(case))]),
        computed=False,
    )


def _equal_weights(case: Case) -> Doubt | None:
    if case.weight is None or case.classes < 2 or len(set(case.weight.tolist())) > 1:
        return None
    return Doubt(
        "equal-weights",
        "All class weights are equal, so under the weighted mean it cannot be seen whether they "
        "were used at all, or in which order.",
        ("weight_left_out", "weight_indexed_by_position"),
        lambda: iter([case.replace(weight=_different(case))]),
    )


def _one_row(case: Case) -> Doubt | None:
    if case.soft or case.single or len(case.target) != 1 or kept_targets(case).size != 1:
        return None

    def two_rows() -> Iterator[Question]:
        for other in _other_classes(case, int(kept_targets(case)[0])):
            yield case.replace(
                logits=np.concatenate([case.logits, case.logits[:, ::-1]]),
                target=np.concatenate([case.target, np.full(case.target.shape, other)]),
                weight=_different(case) if case.weight is None else case.weight,
            )

    return Doubt(
        "one-sample",
        "There is one row only: its mean is its loss, so a division by the number of rows, or one "
        "too many, cannot be seen.",
        ("averaged_twice", "sum_not_mean", "divided_by_batch_size"),
        two_rows,
    )


def _one_class(case: Case) -> Doubt | None:
    if case.soft or case.single or case.weight is None:
        return None
    targets = kept_targets(case)
    if not targets.size or len(set(targets.tolist())) > 1:
        return None
    place = tuple(int(k) for k in np.argwhere(case.target != case.ignore_index)[0])

    def two_classes() -> Iterator[Question]:
        for other in _other_classes(case, int(targets[0])):
            changed = np.array(case.target)
            changed[place] = other
            yield case.replace(target=changed)
            yield case.replace(
                logits=np.concatenate([case.logits, case.logits[:, ::-1]]),
                target=np.concatenate([case.target, changed]),
            )

    which = "The one target that counts has" if targets.size == 1 else "All targets that count have"
    return Doubt(
        "one-class",
        f"{which} one class, so its weight stands above and below the line and cancels: whether it "
        "was used cannot be seen.",
        ("weight_left_out",),
        two_classes,
    )


def _as_many_as_classes(case: Case) -> Doubt | None:
    if case.single or case.logits.ndim > 2 or len(case.logits) != case.classes or case.classes < 2:
        return None

    def one_more() -> Iterator[Question]:
        yield case.replace(
            logits=np.concatenate([case.logits, case.logits[:1, ::-1]]),
            target=np.concatenate([case.target, case.target[:1]]),
        )

    return Doubt(
        "as-many-as-classes",
        words(
            "There are {classes} rows and {classes} classes: dividing by one or by the other gives "
            "the same number.",
            classes=case.classes,
        ),
        ("divided_by_number_of_classes", "divided_by_batch_size"),
        one_more,
        computed=False,
    )


def _whole_targets(case: BinaryCase) -> Doubt | None:
    if case.pos_weight is None or not case.target.size:
        return None
    if not np.isin(case.target, (0, 1)).all():
        return None
    return Doubt(
        "whole-targets",
        "All targets are 0 or 1. There, multiplying a whole element by pos_weight where its target "
        "is 1 gives the same number as multiplying its part of yes.",
        ("pos_weight_applied_to_whole_loss",),
        lambda: iter([case.replace(target=np.clip(case.target, 0.1, 0.9))]),
    )


def _answer(case: Question) -> Array:
    return right_values(case)[ANSWERS[case.reduction]]


def _gives_right(case: Question, way: Way) -> bool:
    """Whether the way can be made on the case and gives the right number all the same."""
    rules = way.rules(case)
    if not rules:
        return False
    with np.errstate(all="ignore"):
        value = computed(case.inputs, rules)[ANSWERS[case.reduction]]
    return alike(value, _answer(case))


def _hides(case: Question, key: str) -> tuple[Way, ...]:
    """The ways of a mistake that give the right number here."""
    return tuple(way for way in mistake(key).ways if _gives_right(case, way))


def _seen(case: Question, key: str, ways: tuple[Way, ...]) -> bool:
    """Whether the mistake, in the ways that were hidden, gives another number on this case."""
    known = [way for way in ways or mistake(key).ways if way.rules(case)]
    return bool(known) and not any(_gives_right(case, way) for way in known)


def _made_sure(case: Question, doubt: Doubt) -> Hidden | None:
    """What is really hidden, with the first case that shows all of it."""
    hidden = {key: _hides(case, key) for key in doubt.mistakes}
    if doubt.computed:
        hidden = {key: ways for key, ways in hidden.items() if ways}
    if not hidden or not np.isfinite(_answer(case)).all():
        return None
    for other in doubt.others():
        shown = tuple(key for key, ways in hidden.items() if _seen(other, key, ways))
        if shown:
            return Hidden(doubt.key, doubt.says, shown, other)
    return None


def hidden_by(case: Question) -> tuple[Hidden, ...]:
    """What the case hides, in the order of how often it matters; of a mean or a sum, not a list."""
    size = (case.given if isinstance(case, BinaryCase) else case.logits).size
    if size > MOST or case.reduction == "none":
        return ()
    if isinstance(case, BinaryCase):
        doubts = [_whole_targets(case)]
    else:
        doubts = [
            _one_row(case),
            _one_class(case),
            _no_weights(case),
            _equal_weights(case),
            _as_many_as_classes(case) if case.reduction == "mean" else None,
        ]
    found = (_made_sure(case, doubt) for doubt in doubts if doubt is not None)
    return tuple(one for one in found if one is not None)
