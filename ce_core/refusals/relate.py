"""One sentence that lays a message beside the case on the page."""

from collections.abc import Callable

from ce_core.case import Case
from ce_core.refusals import classes, shapes, targets, weights
from ce_core.refusals.record import Refusal


def on_this_page(refusal: Refusal, case: Case) -> str:
    """What the case on the page has where the message speaks of shapes, classes or weights."""
    for rows, tell in RELATIONS:
        if refusal in rows:
            return tell(case)
    return ""


def _shapes(case: Case) -> str:
    return (
        f"On this page the logits are {case.logits.shape} and the target is {case.target.shape}: "
        "these go together."
    )


def _classes(case: Case) -> str:
    if case.soft or not case.classes:
        return ""
    last = case.classes - 1
    allowed = f"one of 0 to {last}" if last else "0"
    return (
        f"On this page the logits are {case.logits.shape}, so a class number is {allowed}, "
        f"or ignore_index ({case.ignore_index})."
    )


def _weight(case: Case) -> str:
    said = "there is no weight" if case.weight is None else f"weight is {case.weight.shape}"
    return f"On this page the logits are {case.logits.shape} and {said}."


RELATIONS: tuple[tuple[tuple[Refusal, ...], Callable[[Case], str]], ...] = (
    (shapes.ROWS + targets.ROWS, _shapes),
    (classes.ROWS, _classes),
    (weights.ROWS, _weight),
)
