"""A mistake is one or more wrong rules, each under the key of the rule it replaces."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.rule import CELL, ONE, Rule, rule
from ce_core.rules import rules_for
from ce_core.trace import Trace, run

DIGITS = 4  # what a person copies from a printed tensor


@dataclass(frozen=True)
class Mistake:
    """A wrong way to the loss: which rules it takes instead, and why people take them."""

    key: str
    title: str
    why: str
    instead: tuple[Rule, ...]

    def run(self, case: Case) -> Trace:
        """The case computed with this mistake, all steps."""
        return run(case, replaced(rules_for(case), self.instead))


def replaced(rules: Sequence[Rule], instead: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules, with those of the same key put in their places."""
    wrong = {rule.key: rule for rule in instead}
    return tuple(wrong.get(rule.key, rule) for rule in rules)


def _divide_by_count() -> Rule:
    @rule(
        "Number of samples",
        r"N",
        "torch.as_tensor(losses.numel(), dtype=losses.dtype, device=losses.device)",
        ONE,
        numbers=r"{denominator}",
        sentence="There are {denominator} samples.",
    )
    def denominator(losses: Array) -> Array:
        """Dividing by the number of samples is the plain mean; torch's weighted mean divides by
        the sum of the targets' weights."""
        return np.asarray(float(losses.size))

    return denominator


def _rounded_probs() -> Rule:
    @rule(
        "Softmax, copied with four digits",
        r"p_{ic} = \frac{e_{ic}}{S_i}",
        "F.softmax(logits, dim=1).round(decimals=4)",
        CELL,
        numbers=r"\frac{{{exps}}}{{{partition}}}",
        sentence="The probability of class {class} is copied as {probs}.",
    )
    def probs(exps: Array, partition: Array) -> Array:
        """Printed tensors show four digits; going on from them shifts the last digit."""
        return np.round(exps / partition[:, None], DIGITS)

    return probs


def _log_of_probs() -> Rule:
    @rule(
        "Log of the probabilities",
        r"\log p_{ic}",
        "probs.log()",
        CELL,
        numbers=r"\log {probs}",
        sentence="The natural log of {probs} is {log_probs}.",
    )
    def log_probs(probs: Array) -> Array:
        """The log taken from the finished probabilities."""
        return np.log(probs)

    return log_probs


DIVIDED_BY_BATCH_SIZE = Mistake(
    "divided_by_batch_size",
    "Divided by the number of samples",
    "A mean usually divides by how many numbers there are.",
    (_divide_by_count(),),
)
BY_HAND = Mistake(
    "divided_by_batch_size_by_hand",
    "By hand: four-digit probabilities, divided by the number of samples",
    "One copies the printed softmax and divides by how many samples there are.",
    (_rounded_probs(), _log_of_probs(), *DIVIDED_BY_BATCH_SIZE.instead),
)
