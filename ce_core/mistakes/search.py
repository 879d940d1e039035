"""Every wrong number a case can give: each mistake alone, and one slip of each kind together.

The way from logits to loss is cut in three: up to the logarithm that enters the loss, up to the
losses, and the reduction. What two combinations share is computed once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ce_core.arrays import Array
from ce_core.mistakes.catalogue import MISTAKES
from ce_core.mistakes.record import Mistake, Question, Slot, Way, right_rules
from ce_core.rule import Rule
from ce_core.rules import rules_for

LOG_KEYS = ("nll", "weighted_terms")
UPSTREAM = (Slot.PROBS, Slot.TARGET)

Known = dict[str, Array]


@dataclass(frozen=True, eq=False)
class Slip:
    """A mistake made in one of its ways, with the case's rules changed by it."""

    mistake: Mistake
    way: Way
    rules: tuple[Rule, ...]


@dataclass(frozen=True, eq=False)
class Candidate:
    """What some slips together give: every array by key."""

    slips: tuple[Slip, ...]
    known: Mapping[str, Array]


def slips_of(case: Question) -> tuple[Slip, ...]:
    """Every way of every mistake that can be made on the case."""
    return tuple(
        Slip(mistake, way, rules)
        for mistake in MISTAKES
        for way in mistake.ways
        if (rules := way.rules(case))
    )


def computed(known: Mapping[str, Array], rules: Sequence[Rule]) -> Known:
    """The arrays known, and those that the rules make of them."""
    made = dict(known)
    for rule in rules:
        made[rule.key] = np.asarray(rule.function(*[made[name] for name in rule.reads]))
    return made


def alone(case: Question, slips: Sequence[Slip]) -> Iterator[Candidate]:
    """Each slip by itself."""
    right = rules_for(case)  # the gradient, where there is one, comes last
    with np.errstate(all="ignore"):
        shared = _prefixes(case, right)
        for slip in slips:
            start = _parting(right, slip.rules)
            yield Candidate((slip,), computed(shared[start], slip.rules[start:]))


def _prefixes(case: Question, right: Sequence[Rule]) -> list[Known]:
    """What is known before each of the right rules, and after the last."""
    known = dict(case.inputs)
    prefixes = [known]
    for rule in right:
        known = computed(known, (rule,))
        prefixes.append(known)
    return prefixes


def _parting(right: Sequence[Rule], wrong: Sequence[Rule]) -> int:
    """The place of the first rule that differs."""
    pairs = enumerate(zip(right, wrong, strict=False))
    return next((k for k, (ours, theirs) in pairs if ours is not theirs), len(wrong))


def together(case: Question, slips: Sequence[Slip]) -> Iterator[Candidate]:
    """Two or three slips of different slots, those that combine."""
    right = right_rules(case)
    keys = [rule.key for rule in right]
    logged = next((k for k, key in enumerate(keys) if key in LOG_KEYS), keys.index("losses"))
    ended = keys.index("sum_loss") if "sum_loss" in keys else len(keys)
    combining = [slip for slip in slips if slip.way.combines]
    upstream = [slip for slip in combining if slip.mistake.slot in UPSTREAM]
    logs = [slip for slip in combining if slip.mistake.slot is Slot.LOG]
    endings = [slip for slip in combining if slip.mistake.slot is Slot.REDUCTION]
    with np.errstate(all="ignore"):
        for first in (None, *upstream):
            rules = first.rules if first else right
            begun = computed(case.inputs, rules[:logged])
            lasts = [
                (ending, _merged(right, rules, ending.rules if ending else right, ended))
                for ending in (None, *endings)
            ]
            for log in (None, *logs):
                middle = _merged(right, rules, log.rules if log else right, logged, ended)
                if middle is None:
                    continue
                lost = computed(begun, middle)
                for ending, last in lasts:
                    made = tuple(slip for slip in (first, log, ending) if slip)
                    if len(made) > 1 and last is not None:
                        yield Candidate(made, computed(lost, last))


def _merged(
    right: Sequence[Rule],
    one: Sequence[Rule],
    other: Sequence[Rule],
    start: int,
    end: int | None = None,
) -> tuple[Rule, ...] | None:
    """Both changes of a stretch of rules; None where they change the same rule."""
    merged = []
    for ours, first, second in zip(right[start:end], one[start:end], other[start:end], strict=True):
        if first is not ours and second is not ours:
            return None
        merged.append(second if first is ours else first)
    return tuple(merged)


def all_rules_of(case: Question, slips: Sequence[Slip]) -> tuple[Rule, ...]:
    """The case's rules with all the slips made."""
    if len(slips) == 1 and slips[0].rules:
        return slips[0].rules
    right = right_rules(case)
    rules: tuple[Rule, ...] = right
    for slip in slips:
        merged = _merged(right, rules, slip.rules, 0) if slip.rules else None
        rules = rules if merged is None else merged
    return rules


def right_values(case: Question) -> Known:
    """Every array of the case computed rightly, the gradient too."""
    with np.errstate(all="ignore"):
        return computed(case.inputs, rules_for(case))
