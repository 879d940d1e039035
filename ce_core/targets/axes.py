"""Which axis holds the classes: (N, C, T) as torch takes it, or (N, T, C) as models give it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.errors import CaseError
from ce_core.presets import preset
from ce_core.trace import run
from ce_core.words import Words, words


@dataclass(frozen=True, eq=False)
class Layout:
    """Logits (N, T, C) passed in one way.

    Attributes:
        title: what was done to them.
        code: how torch is told.
        logits: what torch was given; it takes axis 1 for the classes.
        answer: the mean loss; None where torch refuses.
        refusal: why it refuses, or None.
    """

    title: Words
    code: str
    logits: Array
    answer: float | None
    refusal: CaseError | None = None


def layouts(logits: Array, ask: Callable[[Array], Case]) -> tuple[Layout, ...]:
    """The logits (N, T, C) permuted, passed as they are, and reshaped.

    Only the first is right: permute moves the axis, reshape reads the same numbers in the same
    order and cuts them elsewhere.

    Args:
        logits: (N, T, C), the classes last.
        ask: the case of logits as they are passed, with its target (N, T).
    """
    batch, length, classes = logits.shape
    ways = (
        (
            words("Permuted"),
            "F.cross_entropy(logits.permute(0, 2, 1), target)",
            logits.transpose(0, 2, 1),
        ),
        (words("As they are"), "F.cross_entropy(logits, target)", logits),
        (
            words("Reshaped"),
            f"F.cross_entropy(logits.reshape({batch}, {classes}, {length}), target)",
            logits.reshape(batch, classes, length),
        ),
    )
    return tuple(_laid(title, code, given, ask) for title, code, given in ways)


def _laid(title: Words, code: str, logits: Array, ask: Callable[[Array], Case]) -> Layout:
    try:
        answer = float(run(ask(logits)).answer)
    except CaseError as refusal:
        return Layout(title, code, logits, None, refusal)
    return Layout(title, code, logits, answer)


def known(logits: Array, target: Array) -> tuple[Layout, ...]:
    """The logits (N, T, C) laid out each way against a target (N, T), with no options."""
    return layouts(logits, lambda given: Case(given, target))


def square() -> Case:
    """Two sentences of three words and three classes, as many words as classes: the preset."""
    chosen = preset("tokens_last")
    if chosen is None:
        raise LookupError("the preset tokens_last is gone")
    return chosen.case


def oblong() -> tuple[Array, Array]:
    """The same sentences with a fourth word each, (2, 4, 3), and their targets, (2, 4)."""
    case = square()
    logits = np.concatenate([case.logits, [[[1.0, 0.0, 4.0]], [[4.0, 1.0, 0.0]]]], axis=1)
    target = np.concatenate([case.target, [[2], [0]]], axis=1)
    return logits, target


def own(case: Case) -> tuple[Layout, ...] | None:
    """The case's own logits laid out each way, where torch cannot tell the axes apart."""
    shape = case.logits.shape
    fits = not case.soft and case.logits.ndim == 3 and shape[1] == shape[2] > 1
    if not fits or not case.target.size:
        return None
    return layouts(case.logits, lambda given: case.replace(logits=given, reduction="mean"))
