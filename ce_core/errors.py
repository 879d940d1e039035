"""What is said of a case that cannot be computed, and of one that can but looks like a slip."""

from dataclasses import dataclass

from ce_core.words import words


class CaseError(ValueError):
    """An input that torch would refuse, told so that a learner can mend it.

    `rule`, `value` and `remedy` are `Words` where the core says them, and so is `args[0]`, the
    whole of them, which `str` gives in English.

    Attributes:
        input: the argument at fault, in torch's words: "logits", "target", ...
        rule: what must hold.
        value: what was found instead.
        remedy: what to do about it.
        torch: the message torch 2.13 raises for the same input; "" where torch raises nothing.
    """

    def __init__(self, input: str, rule: str, value: str, remedy: str, torch: str = "") -> None:  # noqa: A002 - the word that torch's users know
        self.input, self.rule, self.value = input, rule, value
        self.remedy, self.torch = remedy, torch
        super().__init__(words("{value}; {rule}. {remedy}", value=value, rule=rule, remedy=remedy))


@dataclass(frozen=True)
class Hint:
    """Something torch accepts in silence that is rarely meant."""

    key: str
    says: str
    remedy: str
