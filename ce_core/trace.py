"""Run a case through its rules and keep every step: the only place where anything is computed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from types import MappingProxyType
from typing import Any, overload

import numpy as np

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.rule import Axes, Rule
from ce_core.rules import rules_for

ANSWERS = {"none": "losses", "sum": "sum_loss", "mean": "mean_loss"}


@dataclass(frozen=True, eq=False)
class Step:
    """One rule with the arrays it read and the array it made; all read-only."""

    rule: Rule
    inputs: Mapping[str, Array]
    output: Array

    @property
    def key(self) -> str:
        """The rule's key."""
        return self.rule.key

    @property
    def rows(self) -> Array:
        """The output with a row per target position: (M, C), (M,) or ()."""
        return as_rows(self.output, self.rule.axes)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:  # noqa: ANN401, FBT001 - NumPy's protocol
        return np.array(self.output, dtype=dtype, copy=copy)


class Walk:
    """Steps in order: `walk["log_probs"]` is one of them, iteration gives them all."""

    steps: tuple[Step, ...]

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def __contains__(self, key: object) -> bool:
        return key in self._found

    def __getitem__(self, key: str) -> Step:
        if key not in self._found:
            raise KeyError(f"no step {key!r} in this trace; it has {', '.join(self.keys)}")
        return self._found[key]

    @cached_property
    def _found(self) -> dict[str, Step]:
        return {step.key: step for step in self.steps}

    @property
    def keys(self) -> tuple[str, ...]:
        """The steps' keys, in order."""
        return tuple(self._found)


@dataclass(frozen=True, eq=False)
class Trace(Walk):
    """A case with all its steps, in order.

    `trace.answer` is what `F.cross_entropy` returns (`F.nll_loss` for an `NLLCase`) and
    `trace.gradient` the gradient of its sum.
    """

    case: Case
    steps: tuple[Step, ...]

    @property
    def answer(self) -> Array:
        """What `F.cross_entropy` returns, with its shape."""
        output = self[ANSWERS[self.case.reduction]].output
        return output.reshape(self.case.shape if self.case.reduction == "none" else ())

    @property
    def gradient(self) -> Array:
        """The gradient of `answer.sum()` with respect to the logits, in their shape."""
        return self["gradient"].output.reshape(self.case.logits.shape)


@dataclass(frozen=True, eq=False)
class BinaryTrace(Walk):
    """A binary case with all its steps; `answer` is what torch's function for it returns."""

    case: BinaryCase
    steps: tuple[Step, ...]

    @property
    def answer(self) -> Array:
        """What the binary cross-entropy returns, with its shape."""
        return self[ANSWERS[self.case.reduction]].output


def as_rows(array: Array, axes: Axes) -> Array:
    """(N, C, d1, ..) laid out as (M, C), (N, d1, ..) as (M,): one row per target position."""
    if axes is Axes.CELL:
        cells = np.moveaxis(array, 1, -1)
        return cells.reshape(prod(cells.shape[:-1]), cells.shape[-1])  # also for no class at all
    return array.reshape(-1) if axes is Axes.ROW else array


@overload
def run(case: Case, rules: Sequence[Rule] | None = None) -> Trace: ...


@overload
def run(case: BinaryCase, rules: Sequence[Rule] | None = None) -> BinaryTrace: ...


def run(case: Case | BinaryCase, rules: Sequence[Rule] | None = None) -> Trace | BinaryTrace:
    """Fold the rules over the case's inputs.

    Args:
        case: the question.
        rules: instead of the rules that torch's options choose; each reads the inputs and what
            came before it.

    Returns:
        The trace. Overflow and 0/0 give inf and nan, as in torch, without a warning.
    """
    steps = fold(case.inputs, rules_for(case) if rules is None else rules)
    return BinaryTrace(case, steps) if isinstance(case, BinaryCase) else Trace(case, steps)


def fold(inputs: Mapping[str, Array], rules: Sequence[Rule]) -> tuple[Step, ...]:
    """The rules over named arrays, each reading those and what came before it.

    Overflow and 0/0 give inf and nan without a warning.
    """
    known: dict[str, Array] = dict(inputs)
    steps: list[Step] = []
    with np.errstate(all="ignore"):
        for rule in rules:
            read = {name: known[name] for name in rule.reads}
            output = np.asarray(rule.function(**read))
            output.flags.writeable = False
            known[rule.key] = output
            steps.append(Step(rule, MappingProxyType(read), output))
    return tuple(steps)
