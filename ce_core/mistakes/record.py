"""What a mistake is: wrong rules, each under the key of the rule it replaces, and its words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import overload

import numpy as np

from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.rule import Rule
from ce_core.rules import rules_for
from ce_core.trace import BinaryTrace, Trace, Walk, run

Question = Case | BinaryCase
GRADIENT = ("share", "gradient")  # a wrong way ends with its loss


class Slot(Enum):
    """Where on the way from logits to loss a mistake sits; two of one slot do not combine."""

    PROBS = "how the probabilities are made"
    TARGET = "how target and weights come in"
    LOG = "which logarithm is taken"
    REDUCTION = "how many losses become one"
    GRADIENT = "how the gradient is made of them"


def always(_: Question) -> bool:
    """For a mistake that any case can show."""
    return True


@dataclass(frozen=True)
class Way:
    """One way to make a mistake.

    Attributes:
        instead: the wrong rules. One is taken if the case has a rule of its key and axes, and
            what it reads is known by then; so one way may hold rules for several kinds of case.
        code: the line of torch that makes the mistake, from the arguments that `shows` has: on
            that case it gives the very number.
        shows: a case on which the number is the mistake's own.
        detail: what sets this way apart from the others of the mistake: "eps = 1e-7".
        needs: which cases it can be made on.
        combines: whether it is tried together with slips of other slots.
    """

    instead: tuple[Rule, ...]
    code: str
    shows: Question
    detail: str = ""
    needs: Callable[[Question], bool] = always
    combines: bool = True

    def rules(self, case: Question) -> tuple[Rule, ...]:
        """The case's rules with the wrong ones in their places; () where none can be made."""
        if not self.needs(case):
            return ()
        right = base_rules(case, self.instead)
        wrong = replaced(right, self.instead, case.inputs)
        return () if wrong == right else wrong


@dataclass(frozen=True)
class Mistake:
    """A wrong way to the loss, told to the person who took it.

    Attributes:
        key: its name in links and tests.
        title: what was done, as a clause in the past tense: "Divided by the number of samples".
        why: why people do it.
        see: how one can see it in the numbers.
        remedy: what to do instead.
        tell: the statement that only someone who did it agrees with: what tells it apart from
            others that give the same number.
        slot: where on the way it sits.
        ways: the ways to make it, the usual one first.
        threads: in how many public threads it was met, of 94 looked at.
        harmless: whether the number is right all the same: said beside it, never as a mistake.
    """

    key: str
    title: str
    why: str
    see: str
    remedy: str
    tell: str
    slot: Slot
    ways: tuple[Way, ...]
    threads: int = 0
    harmless: bool = False

    @property
    def instead(self) -> tuple[Rule, ...]:
        """The wrong rules of the usual way."""
        return self.ways[0].instead

    @property
    def torch(self) -> str:
        """The usual way as a line of torch."""
        return self.ways[0].code

    def applies(self, case: Question) -> bool:
        """Whether the mistake can be made on the case."""
        return any(way.rules(case) for way in self.ways)

    @overload
    def run(self, case: Case) -> Trace: ...

    @overload
    def run(self, case: BinaryCase) -> BinaryTrace: ...

    def run(self, case: Question) -> Trace | BinaryTrace:
        """The case computed with this mistake, in the first way that it can be made.

        Raises:
            ValueError: it cannot be made on this case; see `applies`.
        """
        rules = next((made for way in self.ways if (made := way.rules(case))), None)
        if rules is None:
            raise ValueError(f"{self.key} cannot be made on this case: it has no such step")
        return run(case, rules)


def right_rules(case: Question) -> tuple[Rule, ...]:
    """The case's own rules, without the gradient."""
    return tuple(rule for rule in rules_for(case) if rule.key not in GRADIENT)


def base_rules(case: Question, instead: Sequence[Rule]) -> tuple[Rule, ...]:
    """The case's own rules; with the gradient where that is what goes wrong."""
    of_gradient = any(rule.key in GRADIENT for rule in instead)
    return rules_for(case) if of_gradient else right_rules(case)


def replaced(
    rules: Sequence[Rule], instead: Sequence[Rule], inputs: Iterable[str]
) -> tuple[Rule, ...]:
    """The rules, with wrong ones of the same key and axes put in their places where they fit."""
    return tuple(_replace(rules, instead, set(inputs)))


def _replace(rules: Sequence[Rule], instead: Sequence[Rule], known: set[str]) -> Iterator[Rule]:
    for rule in rules:
        fitting = (
            wrong
            for wrong in instead
            if wrong.key == rule.key and wrong.axes is rule.axes and known.issuperset(wrong.reads)
        )
        yield next(fitting, rule)
        known.add(rule.key)


def first_difference(right: Walk, wrong: Walk) -> str:
    """The key of the first step in which two traces part; "" where none does.

    Two numbers part by more than 1e-12 of their size; nan equals nan.
    """
    for step in wrong:
        if step.key not in right:
            return step.key
        ours, theirs = right[step.key].output, step.output
        if ours.shape != theirs.shape or not np.allclose(
            ours, theirs, rtol=1e-12, atol=0, equal_nan=True
        ):
            return step.key
    return ""
