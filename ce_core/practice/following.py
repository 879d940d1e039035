"""What follows from a person's own numbers: the rules run on, with theirs put in their cells."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ce_core.arrays import Array
from ce_core.practice.cells import Cell, cells
from ce_core.practice.reading import Reading
from ce_core.rule import CELL, ONE, ROW, Function, Rule
from ce_core.trace import Trace, fold

WHOLE_ROW = (("gradient", "target_dist"),)  # (step, input): a cell that reads its whole row


@dataclass(frozen=True, eq=False)
class Own:
    """A person's readable numbers.

    Attributes:
        truth: the item's trace.
        numbers: their readings, by cell; only those with a value.
    """

    truth: Trace
    numbers: Mapping[Cell, Reading]

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The case's rules."""
        return tuple(step.rule for step in self.truth)

    @cached_property
    def values(self) -> Mapping[Cell, float]:
        """Their numbers."""
        return {cell: read.value for cell, read in self.numbers.items() if read.value is not None}

    def before(self, cell: Cell) -> Mapping[Cell, float]:
        """Their numbers in the steps before a cell's."""
        earlier = self.truth.keys[: self.truth.keys.index(cell.key)]
        return {one: value for one, value in self.values.items() if one.key in earlier}

    def results(self, cell: Cell) -> tuple["Result", "Result"]:
        """What a cell comes to from their earlier numbers.

        First with the true numbers in the cells they did not fill, as the screen shows them; then
        with those cells worked out from their numbers too.
        """
        before = self.before(cell)
        return (
            Result(self, self.rules, cell, before, carried=False),
            Result(self, self.rules, cell, before, carried=True),
        )


@dataclass(frozen=True, eq=False)
class Result:
    """What a cell comes to by some rules, with a person's numbers put in earlier cells.

    Attributes:
        own: whose numbers.
        rules: the right ones, or those of a slip.
        cell: which number.
        numbers: what to put in, by cell: theirs, or some of them.
        carried: whether the cells between are worked out from these too, or are the true ones.
    """

    own: Own
    rules: Sequence[Rule]
    cell: Cell
    numbers: Mapping[Cell, float]
    carried: bool

    @cached_property
    def value(self) -> float:
        """The number."""
        last = next(k for k, rule in enumerate(self.rules) if rule.key == self.cell.key)
        case, rule = self.own.truth.case, self.rules[last]
        if self.carried:
            earlier = [put_in(rule, self.numbers) for rule in self.rules[:last]]
            return self.cell.at(fold(case.inputs, (*earlier, rule))[-1].output)
        known = {**case.inputs, **{step.key: step.output for step in self.own.truth}}
        for key in {one.key for one in self.numbers}:
            known[key] = overwritten(known[key], self.numbers, key)
        return self.cell.at(fold(known, (rule,))[-1].output)

    @cached_property
    def sources(self) -> tuple[Cell, ...]:
        """Which of the numbers it is made from, also through cells between."""
        known = {rule.key: rule for rule in self.rules}
        found: list[Cell] = []
        waiting, seen = [self.cell], {self.cell}
        while waiting:
            for one in read_by(waiting.pop(), known, self.own.truth):
                if one not in seen:
                    seen.add(one)
                    (found if one in self.numbers else waiting).append(one)
        return tuple(found)

    def unrounded(self, right: Collection[Cell], following: Collection[Cell]) -> "Result":
        """The same from their numbers as these were before they were rounded.

        Args:
            right: the cells whose numbers are correct: the true ones are taken.
            following: the cells whose numbers follow from earlier ones: they are worked out.
        """
        numbers = {
            cell: cell.of(self.own.truth) if cell in right else value
            for cell, value in self.numbers.items()
            if cell not in following
        }
        if self.carried or not following:
            return replace(self, numbers=numbers)
        known = {rule.key: rule for rule in self.rules}
        read = read_by(self.cell, known, self.own.truth)
        shown = {one: one.of(self.own.truth) for one in read if one not in self.numbers}
        return replace(self, numbers={**shown, **numbers}, carried=True)

    def with_numbers(self, numbers: Mapping[Cell, float]) -> "Result":
        """The same with other numbers in some of the cells."""
        return replace(self, numbers={**self.numbers, **numbers})


def read_by(cell: Cell, rules: Mapping[str, Rule], truth: Trace) -> Iterator[Cell]:
    """The cells of earlier steps that a cell's rule may read."""
    made = rules[cell.key]
    for name in made.reads:
        if name not in rules:
            continue
        axes = rules[name].axes
        whole_row = made.axes is ROW or (cell.key, name) in WHOLE_ROW
        for one in cells(truth, name):
            same_row = axes is ONE or one.row == cell.row
            same_class = axes is not CELL or whole_row or one.column == cell.column
            if made.axes is ONE or (same_row and same_class):
                yield one


def put_in(rule: Rule, numbers: Mapping[Cell, float]) -> Rule:
    """The rule with numbers put in those cells of its output that have one."""
    if not any(cell.key == rule.key for cell in numbers):
        return rule
    return replace(rule, function=_with(rule.function, numbers, rule.key))


def _with(function: Function, numbers: Mapping[Cell, float], key: str) -> Function:
    def written(**read: Array) -> Array:
        return overwritten(function(**read), numbers, key)

    return written


def overwritten(output: Array, numbers: Mapping[Cell, float], key: str) -> Array:
    """A step's output with numbers put in some of its cells."""
    changed = np.array(output, dtype=np.float64)
    for cell, value in numbers.items():
        if cell.key == key:
            changed[cell.index] = value
    return changed.astype(output.dtype)
