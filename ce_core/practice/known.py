"""Which slips are known, and what a cell comes to by each of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ce_core.case import Case
from ce_core.mistakes import MISTAKES, Mistake
from ce_core.practice.cells import Cell
from ce_core.practice.following import Own, Result
from ce_core.practice.ignored_slips import IGNORED_SLIPS
from ce_core.practice.slip import Slip
from ce_core.practice.softmax_slips import EARLIER, SOFTMAX_SLIPS
from ce_core.rule import Rule
from ce_core.rules import rules_for

# With ignored rows the usual way to divide by the number of samples is by those that count.
USUAL = {"divided_by_batch_size": "those that count"}
# Only these give inf or nan where nothing else is wrong.
UNSTABLE = ("exponentials_not_shifted", "log_of_softmax_underflow", "zero_times_log_zero")


def _can_come_up(mistake: Mistake) -> bool:
    """Whether its number is wrong, and of a case such as an item has."""
    return not mistake.harmless and any(type(way.shows) is Case for way in mistake.ways)


def _usual_first(mistake: Mistake) -> Mistake:
    if mistake.key not in USUAL:
        return mistake
    ways = sorted(mistake.ways, key=lambda way: way.detail != USUAL[mistake.key])
    return replace(mistake, ways=tuple(ways))


KNOWN: Mapping[str, Mistake | Slip] = {
    **{mistake.key: _usual_first(mistake) for mistake in MISTAKES if _can_come_up(mistake)},
    **{slip.key: slip for slip in (*SOFTMAX_SLIPS, *IGNORED_SLIPS)},
}


@dataclass(frozen=True)
class WrongWay:
    """A way to make a slip on a case.

    Attributes:
        rules: all its rules.
        made: the steps whose rules are wrong.
        changed: these, and the steps that read them.
        kind: what it does, in words; of two slips that do the same only one is told.
        detail: what sets it apart from the slip's other ways.
    """

    rules: tuple[Rule, ...]
    made: frozenset[str]
    changed: frozenset[str]
    kind: tuple[str, ...]
    detail: str


@lru_cache(maxsize=4096)
def wrong_ways(key: str, case: Case) -> tuple[WrongWay, ...]:
    """The ways to make a slip on a case."""
    known, right = KNOWN[key], rules_for(case)
    if isinstance(known, Mistake):
        ways = [(made, way.detail) for way in known.ways if (made := way.rules(case))]
    else:
        ways = [(made, "") for made in known.ways(case)]
    if earlier := {rule.key: rule for rule in EARLIER.get(key, ())}:
        ways.append((tuple(earlier.get(rule.key, rule) for rule in right), ""))
    return tuple(_wrong_way(right, rules, detail) for rules, detail in ways)


def _wrong_way(right: tuple[Rule, ...], rules: tuple[Rule, ...], detail: str) -> WrongWay:
    usual = {rule.key: rule for rule in right}
    wrong = [rule for rule in rules if rule != usual.get(rule.key)]
    changed: set[str] = set()
    for rule in rules:
        if rule in wrong or changed.intersection(rule.reads):
            changed.add(rule.key)
    made = frozenset(rule.key for rule in wrong)
    kind = tuple(f"{rule.title}: {rule.formula}" for rule in wrong)
    return WrongWay(rules, made, frozenset(changed), kind, detail)


@dataclass(frozen=True, eq=False)
class Trial:
    """What a cell comes to by a slip.

    Attributes:
        key: the slip's.
        kind: as in `WrongWay`.
        detail: as in `WrongWay`.
        here: whether the slip is made at this very step.
        usual: whether it is made in its usual way, and on the true numbers.
        result: the number.
    """

    key: str
    kind: tuple[str, ...]
    detail: str
    here: bool
    usual: bool
    result: Result


def trials(own: Own, cell: Cell, key: str) -> Iterator[Trial]:
    """What a cell comes to by a slip, on the true numbers and on the person's own.

    Their own numbers are left out where the slip would have changed them, once; and once taken as
    they are, where it is this very step that the slip is made in.
    """
    before = own.before(cell)
    ways = [way for way in wrong_ways(key, own.truth.case) if cell.key in way.changed]
    for number, way in enumerate(ways):
        here = cell.key in way.made
        results = [Result(own, way.rules, cell, {}, carried=True)]
        untouched = {one: value for one, value in before.items() if one.key not in way.changed}
        if untouched:
            results.append(Result(own, way.rules, cell, untouched, carried=True))
        if before and here:
            wrong = next(rule for rule in way.rules if rule.key == cell.key)
            rules = tuple(wrong if rule.key == cell.key else rule for rule in own.rules)
            results.append(Result(own, rules, cell, before, carried=False))
        for place, result in enumerate(results):
            yield Trial(key, way.kind, way.detail, here, number == place == 0, result)
