"""A slip of paper and pocket calculator; those seen in code are in `ce_core.mistakes`."""

from dataclasses import dataclass

from ce_core.case import Case
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
    """

    key: str
    title: str
    why: str
    see: str
    remedy: str
    torch: str
    instead: tuple[Rule, ...]

    def rules(self, case: Case) -> tuple[Rule, ...]:
        """The case's rules with the wrong ones in their places; () where they do not fit."""
        right = rules_for(case)
        keys = {rule.key for rule in right}
        reads = {name for rule in self.instead for name in (rule.key, *rule.reads)}
        if case.soft or case.smooths or not reads <= keys | set(case.inputs):
            return ()
        wrong = {rule.key: rule for rule in self.instead}
        return tuple(wrong.get(rule.key, rule) for rule in right)

    def applies(self, case: Case) -> bool:
        """Whether it can be made on the case."""
        return bool(self.rules(case))

    def run(self, case: Case) -> Trace:
        """The case computed with this slip.

        Raises:
            ValueError: it cannot be made on this case.
        """
        if not (rules := self.rules(case)):
            raise ValueError(f"{self.key} cannot be made on this case: it has no such step")
        return run(case, rules)
