"""The same targets written as class numbers and as one-hot floats: what agrees, and what does not.

See https://github.com/pytorch/pytorch/issues/107680, whose batch is `THREAD`.
"""

from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import REDUCTIONS, Case
from ce_core.mistakes.targets import TARGET_NOT_A_DISTRIBUTION
from ce_core.targets.hot import target_rows
from ce_core.trace import Trace, run
from ce_core.words import Words, words

THREAD = Case([[2.3, 2.1, 4.5], [4.2, 3.2, 5.1]], [1, 2], [25.0, 25.0, 100.0])
SAME = 1e-9  # of the value


@dataclass(frozen=True, eq=False)
class Kinds:
    """A case written both ways.

    Attributes:
        numbers: its traces with class numbers, for none, sum and mean.
        floats: the same with one row of floats per position.
    """

    numbers: tuple[Trace, ...]
    floats: tuple[Trace, ...]

    @property
    def agree(self) -> tuple[bool, ...]:
        """For each reduction whether both give the same; nan is the same as nan."""
        return tuple(
            bool(np.allclose(one.answer, other.answer, rtol=SAME, atol=0, equal_nan=True))
            for one, other in zip(self.numbers, self.floats, strict=True)
        )


def both(case: Case) -> Kinds | None:
    """The case with class numbers and with floats; None where its floats are not one-hot."""
    numbers, floats = (None, case) if case.soft else (case, None)
    if numbers is None:
        hot = target_rows(case)
        if not is_one_hot(hot):
            return None
        target = hot.argmax(axis=1) if hot.size else np.zeros(len(hot), dtype=np.int64)
        numbers = case.replace(target=target.reshape(case.shape))
    if floats is None:
        floats = case.replace(target=_in_shape(target_rows(case), case), ignore_index=-100)
    return Kinds(_each(numbers), _each(floats))


def is_one_hot(rows: Array) -> bool:
    """Whether each of the (M, C) rows is a single 1 among noughts."""
    return bool(((rows == 0) | (rows == 1)).all() and (rows.sum(axis=1) == 1).all())


def _in_shape(rows: Array, case: Case) -> Array:
    """(M, C) rows in the shape of the case's logits."""
    if case.single:
        return rows.reshape(case.logits.shape)
    return np.moveaxis(rows.reshape(*case.shape, case.classes), -1, 1)


def _each(case: Case) -> tuple[Trace, ...]:
    return tuple(run(case.replace(reduction=reduction)) for reduction in REDUCTIONS)


@dataclass(frozen=True, eq=False)
class Taken:
    """Class probabilities taken in one way.

    Attributes:
        title: what was done to them.
        target: what the loss is then asked with, (M, C).
        sums: what each row of it sums to, (M,).
        answer: the loss.
    """

    title: Words
    target: Array
    sums: Array
    answer: Array


def taken(case: Case) -> tuple[Taken, ...]:
    """Class probabilities as they are, through a softmax, and divided by their sums.

    Raises:
        ValueError: the targets are class numbers.
    """
    if not case.soft:
        raise ValueError("the targets are class numbers, which no softmax can be taken of")
    axis = 0 if case.single else 1
    again = run(Case(case.target, np.zeros(case.shape, dtype=np.int64)))["probs"].output
    softened = case.replace(target=again.reshape(case.target.shape))
    made = [(words("As they are"), case), (words("After a softmax of them"), softened)]
    if TARGET_NOT_A_DISTRIBUTION.applies(case):
        with np.errstate(all="ignore"):
            divided = case.target / case.target.sum(axis=axis, keepdims=True)
        made.append((words("Divided by each row's sum"), case.replace(target=divided)))
    rows = ((title, one, target_rows(one)) for title, one in made)
    return tuple(Taken(title, q, q.sum(axis=1), run(one).answer) for title, one, q in rows)
