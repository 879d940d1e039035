"""A slip of paper and pocket calculator; those seen in code are in `ce_core.mistakes`."""

from collections.abc import Callable
from dataclasses import dataclass

from ce_core.case import Case
from ce_core.mistakes.record import always
from ce_core.rule import Rule
from ce_core.rules import rules_for
from ce_core.trace import Trace, run


@dataclass(frozen=True)
class Slip:
    """A wrong way, told as a `Mistake` is.

    Attributes:
        key: its name.
        title: what was done, as a clause in the past tense.
        why: why people do it.
        see: how one can see it in the numbers.
        remedy: what to do instead.
        torch: a line of torch that gives the same wrong number.
        instead: the wrong rules, each under the key of the rule it replaces.
        others: the same in other ways.
        needs: which cases it can be made on.
    """

    key: str
    title: str
    why: str
    see: str
    remedy: str
    torch: str
    instead: tuple[Rule, ...]
    others: tuple[tuple[Rule, ...], ...] = ()
    needs: Callable[[Case], bool] = always

    def ways(self, case: Case) -> tuple[tuple[Rule, ...], ...]:
        """Each way as the case's rules with the wrong ones in their places; () where none fits."""
        if case.soft or case.smooths or not self.needs(case):
            return ()
        right = rules_for(case)
        known = {rule.key for rule in right} | set(case.inputs)
        made = []
        for instead in (self.instead, *self.others):
            wrong = {rule.key: rule for rule in instead}
            if known.issuperset(wrong) and all(known.issuperset(rule.reads) for rule in instead):
                made.append(tuple(wrong.get(rule.key, rule) for rule in right))
        return tuple(made)

    def applies(self, case: Case) -> bool:
        """Whether it can be made on the case."""
        return bool(self.ways(case))

    def run(self, case: Case) -> Trace:
        """The case computed with this slip.

        Raises:
            ValueError: it cannot be made on this case.
        """
        if not (ways := self.ways(case)):
            raise ValueError(f"{self.key} cannot be made on this case: it has no such step")
        return run(case, ways[0])
