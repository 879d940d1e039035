"""One sentence that lays a message beside the case on the page."""

from collections.abc import Callable

from ce_core.case import Case
from ce_core.refusals import classes, shapes, targets, weights
from ce_core.refusals.record import Refusal
from ce_core.words import words


def on_this_page(refusal: Refusal, case: Case) -> str:
    """What the case on the page has where the message speaks of shapes, classes or weights."""
    for rows, tell in RELATIONS:
        if refusal in rows:
            return tell(case)
    return ""


def _shapes(case: Case) -> str:
    return words(
        "On this page the logits are {logits} and the target is {target}: these go together.",
        logits=case.logits.shape,
        target=case.target.shape,
    )


def _classes(case: Case) -> str:
    if case.soft or not case.classes:
        return ""
    several = (
        "On this page the logits are {logits}, so a class number is one of 0 to {last}, "
        "or ignore_index ({ignored})."
    )
    single = (
        "On this page the logits are {logits}, so a class number is 0, or ignore_index ({ignored})."
    )
    last = case.classes - 1
    shape, ignored = case.logits.shape, case.ignore_index
    return words(several if last else single, logits=shape, last=last, ignored=ignored)


def _weight(case: Case) -> str:
    shape = case.logits.shape
    if case.weight is None:
        return words("On this page the logits are {logits} and there is no weight.", logits=shape)
    return words(
        "On this page the logits are {logits} and weight is {weight}.",
        logits=shape,
        weight=case.weight.shape,
    )


RELATIONS: tuple[tuple[tuple[Refusal, ...], Callable[[Case], str]], ...] = (
    (shapes.ROWS + targets.ROWS, _shapes),
    (classes.ROWS, _classes),
    (weights.ROWS, _weight),
)
