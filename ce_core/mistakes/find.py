"""Which mistake gives a person's number: every wrong way tried, the fitting ones ranked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from math import inf, isnan

import numpy as np

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.errors import CaseError
from ce_core.mistakes.answer import ENOUGH_DIGITS, Answer, Answers, read_answer
from ce_core.mistakes.finding import LIKELY, Finding, Findings
from ce_core.mistakes.hidden import Hidden, hidden_by
from ce_core.mistakes.parts import alike, rows_sum_to_one
from ce_core.mistakes.record import Mistake, Question, Slot, Way
from ce_core.mistakes.remarks import remarks
from ce_core.mistakes.search import (
    Candidate,
    Slip,
    alone,
    right_values,
    slips_of,
    together,
)
from ce_core.trace import ANSWERS
from ce_core.words import Words, joined, words

MOST_ALONE, MOST_TOGETHER = 200_000, 20_000  # numbers among the logits
MOST_FINDINGS = 12
EVIDENCE = 50  # threads that the inputs' look is worth
UNASKED = ("kept", "sample_weight", "share", "row_max")  # nobody's list of losses
ORDER = tuple(Slot)  # the most telling first: PROBS, TARGET, LOG, REDUCTION, GRADIENT


def find_mistakes(
    case: Question, answer: Answers, step: str = "", *, comma: bool = False
) -> Findings:
    """What a person did who got this number from this case.

    Args:
        case: the case.
        answer: the number as they wrote it: its digits say how exact it is, with 1 to 2 units of
            the last one more for rounding on the way. A list is the losses of reduction "none",
            or any step's array.
        step: the key of the step that the answer is said to be; "" is the loss for a number, and
            for a list whichever step fits.
        comma: whether the person writes decimal commas.

    Returns:
        The findings; none means that no known mistake gives this number.

    Raises:
        CaseError: the answer cannot be read, or no step has its shape.
    """
    read = read_answer(answer, comma=comma)
    asked, note = _asked(case, read, step)
    right = right_values(asked)
    keys = _compared(asked, read, right, step)
    hidden = hidden_by(asked)
    for key in keys:
        if _fits(read, right[key]):
            return _right(asked, read, key, right, hidden, note)
    if asked is not case:
        for this, value in _of_list(right):
            if _fits(read, value):
                said = joined([note, this])
                return Findings(asked, read, True, "losses", value, (), hidden, said)  # noqa: FBT003
    found = _search(asked, read, right, keys)
    at = found[0].step if found else keys[0]
    return Findings(asked, read, False, at, right[at], found, hidden, note)  # noqa: FBT003


def _asked(case: Question, read: Answer, step: str) -> tuple[Question, str]:
    """The case to compare with: one number for a list of losses is a mean or a sum of it."""
    lengths = int(np.prod(case.shape))
    if step or case.reduction != "none" or not read.single or lengths == 1:
        return case, ""
    note = words(
        "With reduction 'none' torch returns {count:,} losses, and one number was given.",
        count=lengths,
    )
    return case.replace(reduction="mean"), note


def _of_list(right: dict[str, Array]) -> Iterable[tuple[Words, Array]]:
    losses = right["losses"]
    with np.errstate(all="ignore"):
        yield words("This is their plain mean."), np.asarray(losses.sum() / losses.size)
        yield words("This is their sum."), np.asarray(losses.sum())


def _compared(case: Question, read: Answer, right: dict[str, Array], step: str) -> list[str]:
    """The keys of the steps that the answer may be, the likeliest first."""
    final = ANSWERS[case.reduction]
    if step:
        if step not in right or step in case.inputs or right[step].dtype == bool:
            steps = ", ".join(
                key for key in right if key not in case.inputs and right[key].dtype != bool
            )
            raise CaseError(
                "step",
                words("it must be one of {steps}", steps=steps),
                words("step is '{step}'", step=step),
                words("Leave it out to compare with the loss."),
            )
        if right[step].size != read.values.size:
            shape = right[step].shape
            raise _wrong_shape(read, words("{step} has shape {shape}", step=step, shape=shape))
        return [step]
    if read.single and right[final].size == 1:
        return [final]
    lists = [key for key in right if key not in case.inputs and key not in UNASKED]
    fitting = [key for key in lists if _squeezed(right[key]) == _squeezed(read.values)]
    if not fitting:
        raise _wrong_shape(
            read,
            words(
                "the losses have shape {losses}, the logits {logits}",
                losses=case.shape,
                logits=_input(case).shape,
            ),
        )
    first = [final, "losses", "probs", "log_probs", "nll", "gradient"]
    return sorted(fitting, key=lambda key: first.index(key) if key in first else len(first))


def _input(case: Question) -> Array:
    return case.given if isinstance(case, BinaryCase) else case.logits


def _wrong_shape(read: Answer, found: Words) -> CaseError:
    shape = read.values.shape
    given = (
        words("1 number was given, in shape {shape}, and {found}", shape=shape, found=found)
        if read.single
        else words(
            "{count:,} numbers were given, in shape {shape}, and {found}",
            count=read.values.size,
            shape=shape,
            found=found,
        )
    )
    return CaseError(
        "answer",
        words("it must be one number, or as many as one of the steps has"),
        given,
        words("Give the loss as one number, or a list with one number for each sample."),
    )


def _squeezed(array: Array) -> tuple[int, ...]:
    return tuple(length for length in array.shape if length != 1)


def _fits(read: Answer, value: Array, *, exactly: bool = False) -> bool:
    """Whether the numbers agree as far as they were written; nan agrees with nan only."""
    allowed = read.exactly if exactly else read.nearly
    if read.single and value.size == 1:  # NumPy takes ten times as long for one number
        one, other = float(read.values.item()), float(value.item())
        apart = abs(one - other)
        return one == other or apart <= allowed.item() < inf or (isnan(one) and isnan(other))
    ours, theirs = read.values.reshape(-1), np.asarray(value, dtype=np.float64).reshape(-1)
    if ours.shape != theirs.shape:
        return False
    with np.errstate(all="ignore"):
        near = np.abs(ours - theirs) <= allowed
    same = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
    return bool((near & np.isfinite(theirs) & np.isfinite(ours) | same).all())


def _cut(read: Answer, value: Array) -> bool:
    """Whether the digits were cut off, not rounded."""
    ours, theirs = read.values.reshape(-1), np.asarray(value, dtype=np.float64).reshape(-1)
    with np.errstate(all="ignore"):
        below = (np.abs(theirs) >= np.abs(ours)) & (np.abs(theirs - ours) < read.units.reshape(-1))
    return bool((below | (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))).all())


def _right(
    case: Question,
    read: Answer,
    key: str,
    right: dict[str, Array],
    hidden: tuple[Hidden, ...],
    note: str,
) -> Findings:
    exact = _fits(read, right[key], exactly=True) or _cut(read, right[key])
    found = tuple(
        _finding((mistake,), (mistake.ways[0],), case, read, key, right[key], 0.0)
        for mistake in remarks(case, right[key], exact=exact)
    )
    nearer = () if exact else _exactly(case, read, right, key)
    return Findings(case, read, True, key, right[key], found, hidden, note, nearer)  # noqa: FBT003


def _exactly(
    case: Question, read: Answer, right: dict[str, Array], key: str
) -> tuple[Finding, ...]:
    """The mistakes that give the number as it was written, where torch's is only near it."""
    if _input(case).size > MOST_ALONE:
        return ()
    found = _matches(case, read, right, [key], list(alone(case, slips_of(case))))
    return tuple(f for f in found if not f.mistake.harmless and _fits(read, f.value, exactly=True))


def _finding(
    parts: tuple[Mistake, ...],
    ways: tuple[Way, ...],
    case: Question,
    read: Answer,
    step: str,
    value: Array,
    chance: float,
) -> Finding:
    with np.errstate(all="ignore"):
        apart = np.abs(read.values.reshape(-1) - np.asarray(value, dtype=np.float64).reshape(-1))
        in_units = apart / read.units.reshape(-1)
    finite = np.isfinite(apart)
    order = sorted(range(len(parts)), key=lambda k: ORDER.index(parts[k].slot))
    return Finding(
        tuple(parts[k] for k in order),
        tuple(ways[k] for k in order),
        case,
        step,
        value,
        float(apart[finite].max(initial=0.0)),
        float(in_units[finite & np.isfinite(in_units)].max(initial=0.0)),
        chance,
    )


def _search(
    case: Question, read: Answer, right: dict[str, Array], keys: list[str]
) -> tuple[Finding, ...]:
    size = _input(case).size
    if size > MOST_ALONE:
        return ()
    slips = slips_of(case)
    singles = list(alone(case, slips))
    found = _matches(case, read, right, keys, singles)
    if found or size > MOST_TOGETHER:
        return found
    alone_gives = {c.slips[0]: c.known for c in singles}

    def all_count(candidate: Candidate) -> bool:
        return _all_count(candidate, alone_gives, keys[0])

    return _matches(case, read, right, keys, list(together(case, slips)), all_count)


def _all_count(
    candidate: Candidate, alone_gives: Mapping[Slip, Mapping[str, Array]], key: str
) -> bool:
    """Whether no slip of a combination is idle: the number is none that one of them gives."""
    value = candidate.known.get(key)
    others = (alone_gives[slip].get(key) for slip in candidate.slips)
    return value is None or not any(other is not None and alike(value, other) for other in others)


def _matches(
    case: Question,
    read: Answer,
    right: dict[str, Array],
    keys: list[str],
    candidates: list[Candidate],
    all_count: Callable[[Candidate], bool] = lambda _: True,
) -> tuple[Finding, ...]:
    """The candidates that give the answer at one of the steps, ranked, each mistake once."""
    chance = _chance(read, candidates, keys)
    found: dict[frozenset[str], Finding] = {}
    for candidate in candidates:
        for key in keys:
            value = candidate.known.get(key)
            if value is None or not _fits(read, value) or alike(value, right[key]):
                continue
            if not all_count(candidate):
                continue
            parts = tuple(slip.mistake for slip in candidate.slips)
            ways = tuple(slip.way for slip in candidate.slips)
            made = _finding(parts, ways, case, read, key, value, chance)
            names = frozenset(made.keys)
            if names not in found or _rank(made, read) < _rank(found[names], read):
                found[names] = made
            break
    needed = [f for names, f in found.items() if not _idle(names, f, found)]
    ranked = sorted(needed, key=lambda f: _rank(f, read))
    alone = len(ranked) == 1
    shown = ranked[:MOST_FINDINGS]
    return tuple(replace(f, rivals=_rivals(f, ranked), alone=alone) for f in shown)


def _idle(names: frozenset[str], made: Finding, found: Mapping[frozenset[str], Finding]) -> bool:
    """Whether fewer of its slips give the same number."""
    return any(other < names and alike(fewer.value, made.value) for other, fewer in found.items())


def _rivals(finding: Finding, found: list[Finding]) -> int:
    return sum(alike(finding.value, other.value) for other in found if other is not finding)


def _chance(read: Answer, candidates: list[Candidate], keys: list[str]) -> float:
    """How many of the numbers tried would fit a number like this one by chance.

    Counted among the numbers within half of the answer's size on either side: their density
    times the width of what fits.
    """
    least = LIKELY if read.fewest_digits < ENOUGH_DIGITS else 0.0
    if not read.single:
        return least
    if not np.isfinite(read.values).all():
        return 1.0
    answer = float(read.values.reshape(-1)[0])
    width = 2 * float(read.nearly[0])
    reach = max(abs(answer), width)
    values = [
        float(value.flat[0])
        for candidate in candidates
        if (value := candidate.known.get(keys[0])) is not None
    ]
    near = {round(value, 9) for value in values if abs(value - answer) <= reach / 2}
    return max(max(len(near) - 1, 0) * width / reach, least)


def _rank(finding: Finding, read: Answer) -> tuple[float, ...]:
    """Simple before combined, exact before near, frequent before rare."""
    exact = 0 if _fits(read, finding.value, exactly=True) else 1
    short = read.fewest_digits < ENOUGH_DIGITS
    threads = sum(part.threads for part in finding.parts) / len(finding.parts)
    key = finding.parts[0].key
    looks = key == "ignored_all_nan" or (  # the one only where nothing counts
        key == "probabilities_as_logits" and rows_sum_to_one(finding.case)
    )
    closeness = round(finding.distance, 12) if short else 0.0
    return (
        len(finding.parts),
        exact,
        closeness,
        -(threads + (EVIDENCE if looks else 0)),
        finding.distance,
    )
