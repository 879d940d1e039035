"""Which slips a typed number speaks for, and the sentence that names them."""

import re
from collections.abc import Callable
from itertools import groupby
from math import isfinite

from ce_core.practice.cells import Cell
from ce_core.practice.following import Own, Result
from ce_core.practice.known import KNOWN, UNSTABLE, Trial, trials
from ce_core.practice.precision import DECIMALS, NOISE, between, same
from ce_core.practice.reading import Reading
from ce_core.practice.topics import Topic
from ce_core.practice.wording import quoted
from ce_core.words import Words, told, words

FOUR_DECIMALS = 0.00005 * (1 + 1e-9)
MOST_NAMED = 2  # of more slips that give the same number none is named
Unrounded = Callable[[Result], Result]


def named(
    own: Own, cell: Cell, text: Reading, topic: Topic, unrounded: Unrounded
) -> tuple[Trial, ...]:
    """The likeliest slips that give a typed number, one of each kind.

    Args:
        own: the person's numbers.
        cell: where the number stands.
        text: the number.
        topic: the exercise's.
        unrounded: what a result is from their numbers before these were rounded.
    """
    ranked = [
        (rank, trial)
        for key in _keys(text, topic)
        for trial in trials(own, cell, key)
        if (rank := _rank(trial, topic, text))
    ]
    ranked.sort(key=lambda one: one[0])
    for _, level in groupby(ranked, key=lambda one: one[0]):
        found: dict[str, Trial] = {}
        for _, trial in level:
            if trial.key not in found and is_number_of(text, trial.result, unrounded):
                found[trial.key] = trial
        if found:
            kinds = {trial.kind: trial for trial in reversed(found.values())}
            alike = text.value is not None and not isfinite(text.value)
            return tuple(found.values())[:1] if alike else tuple(reversed(kinds.values()))
    return ()


def _keys(text: Reading, topic: Topic) -> tuple[str, ...]:
    """The slips to look for: the topic's, and all others if enough digits speak for one.

    With two decimals one of fifty would often fit by chance. Inf and nan speak for nothing but a
    calculation that overflowed.
    """
    first = (*topic.mistakes, *topic.apart_from, *topic.also)
    if text.value is None or not isfinite(text.value):
        return tuple(sorted(UNSTABLE, key=lambda key: key not in first))
    return (*first, *(key for key in KNOWN if key not in first)) if _exact(text) else first


def _exact(text: Reading) -> bool:
    return text.tolerance <= FOUR_DECIMALS


def _rank(trial: Trial, topic: Topic, text: Reading) -> int:
    """How far down the list a slip stands; 0 if it is not looked for.

    First those made at this very step, in their usual way; then those that items are made to tell
    apart; then other ways, and at last slips that the topic is not about.
    """
    about, also = trial.key in (*topic.mistakes, *topic.apart_from), trial.key in topic.also
    in_rows = trial.result.cell.row is not None
    likely = (
        trial.usual and trial.here and (about or also),
        trial.usual and about,
        trial.here and (about or also),
        about or (also and in_rows),
        _exact(text) and trial.usual and trial.here,
        _exact(text) and trial.usual,
        _exact(text) or not isfinite(text.value or 0.0),
    )
    return likely.index(True) + 1 if any(likely) else 0


def is_number_of(text: Reading, result: Result, unrounded: Unrounded) -> bool:
    """Whether a typed number is that of a slip.

    All its digits must fit, but for two units of the last one, and with fewer decimals than two it
    must be the number itself: otherwise slips would soon be taken for one another.
    """
    typed, value = text.value, result.value
    if typed is None or not (isfinite(typed) and isfinite(value)):
        return typed is not None and same(typed, value)
    if text.tolerance > DECIMALS + NOISE:
        return abs(typed - value) <= NOISE
    most = 4 * text.tolerance
    exact = unrounded(result).value if result.numbers else value
    return between(typed, value, exact, most)


def sentence(found: tuple[Trial, ...]) -> Words:
    """What is said of one slip, or of two that give the same number."""
    if len(found) > 1:
        one, other = map(_called, found)
        return words(
            "Not yet: two slips give this number, {one}, or {other}.", one=one, other=other
        )
    (trial,) = found
    if _keeps_too_little(trial):
        return words(
            "This is the number of a known slip: the target keeps 1 − ε here; torch leaves it "
            "1 − ε + ε/C."
        )
    return words(
        "This is the number of a known slip, {slip}. {remedy}",
        slip=_called(trial),
        remedy=first_sentence(KNOWN[trial.key].remedy),
    )


def _called(trial: Trial) -> Words:
    title = quoted(KNOWN[trial.key].title)
    if not trial.detail:
        return title
    return words("{title} ({detail})", title=title, detail=told(trial.detail))


def first_sentence(text: str) -> Words:
    """The first sentence of a remedy, as a text of its own."""
    whole = told(text)
    return words(re.split(r"(?<=[.!?]) (?=[A-Z])", whole.template)[0], **whole.values)


def _keeps_too_little(trial: Trial) -> bool:
    """Whether 1 − ε stands at the target: ε was shared by the others, or ε/C was forgotten."""
    cell, case = trial.result.cell, trial.result.own.truth.case
    at_target = cell.key == "target_dist" and cell.column == case.target[cell.row]
    return at_target and trial.key == "label_smoothing_K_minus_1"
