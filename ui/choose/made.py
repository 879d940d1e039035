"""The classes that a view's counts describe, their names, and the counts changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ce_core import CaseError
from ce_core.weighting import ClassCounts, Weighing, weigh
from ui.choose.naming import names_fault
from ui.choose.settings import Choosing
from ui.view import View, letters

AT_FAULT = ("costs", "images")  # what may be refused though the counts are fine


@dataclass(frozen=True, eq=False)
class Made:
    """What the page is about.

    Attributes:
        classes: the counts, with whatever of the rest could be used.
        names: a name for each class.
        weighings: every scheme's weights, or why it has none.
        chosen: the one that is looked at.
        problems: why costs or images cannot be used, by name.
    """

    classes: ClassCounts
    names: tuple[str, ...]
    weighings: tuple[Weighing, ...]
    chosen: Weighing
    problems: dict[str, CaseError]


def made(view: View) -> Made:
    """The classes of the view, and every scheme on them."""
    choosing, problems = view.choosing, {}
    given: dict[str, Any] = {name: getattr(choosing, name) or None for name in AT_FAULT}
    for name in AT_FAULT:
        try:
            ClassCounts(choosing.counts, **{name: given[name]})
        except CaseError as problem:
            problems[name], given[name] = problem, None
    classes = ClassCounts(choosing.counts, choosing.beta, **given)
    weighings = weigh(classes)
    chosen = next(one for one in weighings if one.scheme.key == choosing.scheme)
    return Made(classes, named(view), weighings, chosen, problems)


def named(view: View) -> tuple[str, ...]:
    """Names for the counted classes: their own, or the case's where it has as many."""
    count = len(view.choosing.counts)
    if len(view.choosing.counted) == count:
        return view.choosing.counted
    return view.classes if view.case.classes == count else letters(count)


def with_counts(view: View, counts: Sequence[float], names: Sequence[str] = ()) -> View:
    """The view with other counts; costs and images stay where they still fit.

    Raises:
        CaseError: these cannot be counts.
    """
    checked = ClassCounts(counts)
    before = view.choosing
    fitting = len(before.counts) == checked.classes
    given = () if names_fault(names, checked.classes) else tuple(names)
    return view.replace(
        choosing=replace(
            before,
            counts=tuple(int(count) for count in checked.counts),
            counted=given,
            costs=before.costs if fitting else (),
            images=before.images if fitting else (),
        )
    )


def with_choosing(view: View, **changes: object) -> View:
    """The view with some of the choices changed."""
    choosing: Choosing = replace(view.choosing, **changes)  # type: ignore[arg-type]  # its own fields
    return view.replace(choosing=choosing)
