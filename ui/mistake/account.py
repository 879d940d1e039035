"""The account of a person's number: what it is, how sure that is, what to try otherwise."""

import numpy as np

from ce_core import BinaryCase, Finding, Findings
from ce_core.mistakes.answer import ENOUGH_DIGITS
from ce_core.mistakes.find import MOST_ALONE, MOST_TOGETHER
from ui.figures import digits, figure
from ui.mistake.search import Question, rightly, size
from ui.mistake.spot import Spot, sentence, spot, where
from ui.mistake.words import answer_key, lowered, numbers, short, what, written

LEADS = {
    "sure": "You {clause}",
    "likely": "It looks as if you {clause}",
    "possible": "One way to get this: you {clause}",
}

MORE_DIGITS = 8  # what float32 holds

# a rule's sentence that goes on from the one before it, as one that stands alone
IN_TORCH = {"nll": "{row:C} costs {nll} before weighting."}


def rightness(found: Findings) -> tuple[str, str]:
    """Headline and sentence for a number that is right."""
    given, gives = written(found), numbers(found.value)
    if found.note:
        return f"{given} is right", found.note
    asked = what(found)
    of = "" if asked == "the loss" else f" for {asked}"
    if found.found and found.found[0].key == "rounding":
        return f"{given} is right but for rounding", f"Torch gives {gives}{of}."
    if short(found) and given != gives:
        return f"{given} is right, as far as it goes", f"Torch gives {gives}{of}."
    said = f"It is what torch gives{of}."
    more = "" if found.value.size > 1 else digits(float(found.value.item()), MORE_DIGITS)
    finite = bool(np.isfinite(found.value).all() and found.value.any())
    longer = more and finite and found.answer.fewest_digits < MORE_DIGITS
    return f"{given} is right", f"{said} With more digits: {more}." if longer else said


def nearer(found: Findings) -> str:
    """What gives a number exactly that is right but for rounding; "" where nothing does."""
    if not found.nearer:
        return ""
    return (
        f"Exactly {written(found)} is what comes out if you {lowered(found.nearer[0].title)}. "
        "More digits would tell."
    )


def headline(found: Findings, finding: Finding, *, said: bool) -> str:
    """What the person did, in a clause that is as sure as it can be."""
    if vague(found, finding) and not said:
        ways = "1 known way comes" if len(found) == 1 else f"{len(found)} known ways come"
        return f"{ways} to about {written(found)}"
    lead = LEADS["sure" if said else finding.sure]
    return lead.format(clause=lowered(finding.title))


def vague(found: Findings, finding: Finding) -> bool:
    """Whether the number has so few digits that no way can be named."""
    return short(found) and finding.sure == "possible"


def advised(found: Findings, finding: Finding) -> str:
    """What would tell more than so few digits do; "" where they are enough."""
    if not short(found):
        return ""
    if vague(found, finding):
        return (
            "Give three digits or more, and few of them are left. The simplest of them: you "
            f"{lowered(finding.title)}."
        )
    return "Give three digits or more to be surer."


def account(found: Findings, finding: Finding, names: tuple[str, ...]) -> str:
    """How the number comes about, where torch goes another way, and what torch gives."""
    right, key = rightly(found.case), finding.first
    gives = f"torch gives {numbers(found.value)}"
    if found.step != answer_key(found.case):
        gives += f" for {what(found)}"
    if not key or key not in right:
        return f"{gives[:1].upper()}{gives[1:]}."
    if key == "denominator" and len(finding.parts) == 1 and found.step == "mean_loss":
        return _divided(found, finding, gives)
    ours, theirs = place_of(found, finding, names)
    way = f"{sentence(theirs, finding.trace[key])}{_then(finding, theirs)}"
    instead = _inside(sentence(ours, right[key], IN_TORCH.get(key, "")))
    end = (
        ""
        if key == found.step and not _apart(found, finding)
        else f" So {gives}{_apart(found, finding)}."
    )
    return f"{way} In torch it is otherwise: {instead}{end}"


def _then(finding: Finding, at: Spot) -> str:
    """What the other mistakes of a combination did."""
    said = []
    for way in finding.ways[1:]:
        made = [step for step in finding.trace if step.rule in way.instead]
        said += [f" Then: {_inside(sentence(at, made[0]))}"] if made else []
    return "".join(said)


def _inside(text: str) -> str:
    """A sentence after a colon: its first word small, unless it is a number or a row's name."""
    first = text.split(" ", 1)[0]
    return lowered(text) if first.isalpha() and first.istitle() else text


def _divided(found: Findings, finding: Finding, gives: str) -> str:
    theirs, ours = finding.trace["denominator"], rightly(found.case)["denominator"]
    weighted = "weighted losses" if _weighted(found.case) else "losses"
    total = figure(float(finding.trace["sum_loss"].output))
    return (
        f"{written(found)} is the sum of the {weighted}, {total}, divided by the "
        f"{lowered(theirs.rule.title)}, {figure(float(theirs.output))}. Torch divides by the "
        f"{lowered(ours.rule.title)}, {figure(float(ours.output))}, and "
        f"{gives.removeprefix('torch ')}{_apart(found, finding)}."
    )


def _weighted(case: Question) -> bool:
    return case.weight is not None or getattr(case, "pos_weight", None) is not None


def _apart(found: Findings, finding: Finding) -> str:
    """What is said of a difference that rounding makes."""
    if finding.value.size != 1 or finding.units <= 0.5 + 1e-9 or not np.isfinite(finding.value):
        return ""
    exact = digits(float(finding.value.item()), max(found.answer.fewest_digits, ENOUGH_DIGITS))
    return f"; your way without rounding gives {exact}"


def sureness(found: Findings, finding: Finding, *, said: bool) -> str:
    """How sure one can be, and why not surer."""
    if said:
        return "You say so, and your number agrees."
    if finding.sure == "sure":
        return "Sure: no other known mistake gives this number."
    doubts = []
    if finding.rivals:
        ways = (
            "1 other known way gives"
            if finding.rivals == 1
            else (f"{finding.rivals} other known ways give")
        )
        doubts.append(f"{ways} the very same number")
    if len(finding.parts) > 1:
        doubts.append(f"it takes {len(finding.parts)} mistakes at once")
    if finding.sure == "possible" or not doubts:
        doubts.append(_crowd(found))
    word = {"likely": "Likely", "possible": "Possible"}[finding.sure]
    return f"{word}, not certain: {' and '.join(doubts)}."


def _crowd(found: Findings) -> str:
    """Why other ways could lead to a number like this one."""
    if not np.isfinite(found.answer.values).all():
        return f"many ways end in {written(found)}"
    few = found.answer.fewest_digits <= ENOUGH_DIGITS
    return "with so few digits chance would hit it, too" if few else "other known ways come near it"


def nothing(found: Findings) -> tuple[str, str, list[str]]:
    """Headline, sentence and what to try, for a number that no known mistake gives."""
    given = written(found)
    asked = "" if found.step == answer_key(found.case) else f" for {what(found)}"
    said = f"Torch gives {numbers(found.value)}{asked}."
    count = size(found.case)
    if count > MOST_ALONE:
        return (
            f"{given} is not what torch gives",
            f"{said} Known mistakes are tried on up to {MOST_ALONE:,} numbers, this has {count:,}.",
            ["Take a few rows of it: the same mistake shows there."],
        )
    tries = []
    if count > MOST_TOGETHER:
        tries.append(
            f"This case has {count:,} numbers, and two mistakes at once are tried up to "
            f"{MOST_TOGETHER:,}: take fewer rows."
        )
    if np.isfinite(found.answer.values).all() and found.answer.fewest_digits < 5:
        tries.append("Give all the digits that you have.")
    if not isinstance(found.case, BinaryCase):
        tries.append("Look at the target: is each row’s class the one that you mean?")
    tries += [
        "Look at the reduction, the weights and what your numbers are, below.",
        "Paste the lines that made your number under Numbers, so that nothing is typed wrongly.",
    ]
    return f"No known mistake gives {given}", said, tries


def place_of(found: Findings, finding: Finding, names: tuple[str, ...]) -> tuple[Spot, Spot]:
    """Where the ways part: the same place in torch's trace and in the other one."""
    right, key = rightly(found.case), finding.first
    at = where(finding.trace[key], right[key], found.case)
    return spot(right, names, at), spot(finding.trace, names, at)
