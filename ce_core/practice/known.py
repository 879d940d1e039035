"""Which slips are known, and what a cell comes to by each of them."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ce_core.case import Case
from ce_core.mistakes import MISTAKES, Mistake
from ce_core.practice.cells import Cell
from ce_core.practice.following import Own, Result
from ce_core.practice.slip import Slip
from ce_core.practice.softmax_slips import EARLIER, SOFTMAX_SLIPS
from ce_core.rule import Rule
from ce_core.rules import rules_for


def _can_come_up(mistake: Mistake) -> bool:
    """Whether its number is wrong, and of a case such as an item has."""
    return not mistake.harmless and any(type(way.shows) is Case for way in mistake.ways)


KNOWN: Mapping[str, Mistake | Slip] = {
    **{mistake.key: mistake for mistake in MISTAKES if _can_come_up(mistake)},
    **{slip.key: slip for slip in SOFTMAX_SLIPS},
}


@lru_cache(maxsize=4096)
def wrong_ways(key: str, case: Case) -> tuple[tuple[Rule, ...], ...]:
    """The ways to make a slip on a case, each as all its rules."""
    known = KNOWN[key]
    ways = known.ways if isinstance(known, Mistake) else (known,)
    made = [rules for way in ways if (rules := way.rules(case))]
    earlier = {rule.key: rule for rule in EARLIER.get(key, ())}
    if earlier:
        made.append(tuple(earlier.get(rule.key, rule) for rule in rules_for(case)))
    return tuple(made)


def affected(right: tuple[Rule, ...], wrong: tuple[Rule, ...]) -> frozenset[str]:
    """The steps that a slip makes differently: its own, and those that read them."""
    usual = {rule.key: rule for rule in right}
    found: set[str] = set()
    for rule in wrong:
        if rule != usual.get(rule.key) or found.intersection(rule.reads):
            found.add(rule.key)
    return frozenset(found)


def slipped(own: Own, cell: Cell, key: str) -> Iterator[Result]:
    """What a cell comes to by a slip, on the true numbers and on the person's own.

    Their own numbers are left out where the slip would have changed them, once; and once taken as
    they are, where it is this very step that the slip is made in.
    """
    before = own.before(cell)
    usual = {rule.key: rule for rule in own.rules}
    for rules in wrong_ways(key, own.truth.case):
        changed = affected(own.rules, rules)
        if cell.key not in changed:
            continue
        yield Result(own, rules, cell, {}, carried=True)
        untouched = {one: value for one, value in before.items() if one.key not in changed}
        if untouched:
            yield Result(own, rules, cell, untouched, carried=True)
        here = next(rule for rule in rules if rule.key == cell.key)
        if before and here != usual[cell.key]:
            yield Result(own, rules, cell, before, carried=False)
