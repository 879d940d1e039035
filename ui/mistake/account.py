"""The account of a person's number: how it comes about, and where torch goes another way."""

import numpy as np

from ce_core import Finding, Findings
from ce_core.mistakes.answer import ENOUGH_DIGITS
from ui.figures import digits, figure
from ui.mistake.search import Question, rightly
from ui.mistake.spot import Spot, sentence, spot, where
from ui.mistake.words import gives, inside, numbers, step_title, written
from ui.words import tr, words

# a rule's sentence that goes on from the one before it, as one that stands alone
IN_TORCH = {"nll": words("{row:C} costs {nll} before weighting.")}


def account(found: Findings, finding: Finding, names: tuple[str, ...]) -> str:
    """How the number comes about, where torch goes another way, and what torch gives."""
    right, key = rightly(found.case), finding.first
    if not key or key not in right:
        return gives(found)
    if key == "denominator" and len(finding.parts) == 1 and found.step == "mean_loss":
        return _divided(found, finding)
    ours, theirs = place_of(found, finding, names)
    way = _way(finding, theirs)
    instead = inside(sentence(ours, right[key], IN_TORCH.get(key, "")))
    apart = _apart(found, finding)
    said = tr("{way} In torch it is otherwise: {instead}", way=way, instead=instead)
    if key == found.step and not apart:
        return said
    return f"{said} {_so(found, apart)}"


def _way(finding: Finding, at: Spot) -> str:
    """What the person did at the place, and what the other mistakes of a combination did."""
    said = sentence(at, finding.trace[finding.first])
    for way in finding.ways[1:]:
        made = [step for step in finding.trace if step.rule in way.instead]
        if made:
            then = inside(sentence(at, made[0]))
            said = tr("{way} Then: {then}", way=said, then=then)
    return said


def _so(found: Findings, apart: str) -> str:
    """What torch gives, at the end of an account."""
    given, step = numbers(found.value), step_title(found)
    if step and apart:
        return tr(
            "So torch gives {numbers} for the step “{title}”; your way without rounding gives "
            "{exact}.",
            numbers=given,
            title=step,
            exact=apart,
        )
    if step:
        return tr("So torch gives {numbers} for the step “{title}”.", numbers=given, title=step)
    if apart:
        return tr(
            "So torch gives {numbers}; your way without rounding gives {exact}.",
            numbers=given,
            exact=apart,
        )
    return tr("So torch gives {numbers}.", numbers=given)


def _divided(found: Findings, finding: Finding) -> str:
    """The account of a sum that was divided by another number than torch's."""
    theirs, ours = finding.trace["denominator"], rightly(found.case)["denominator"]
    sum_of = {
        "number": written(found),
        "total": figure(float(finding.trace["sum_loss"].output)),
        "title": inside(tr(theirs.rule.title)),
        "divisor": figure(float(theirs.output)),
    }
    by = (
        tr(
            "{number} is the sum of the weighted losses, {total}, divided by the {title}, "
            "{divisor}.",
            **sum_of,
        )
        if _weighted(found.case)
        else tr(
            "{number} is the sum of the losses, {total}, divided by the {title}, {divisor}.",
            **sum_of,
        )
    )
    torch_s = {
        "title": inside(tr(ours.rule.title)),
        "divisor": figure(float(ours.output)),
        "numbers": numbers(found.value),
    }
    exact = _apart(found, finding)
    if exact:
        so = tr(
            "Torch divides by the {title}, {divisor}, and gives {numbers}; your way without "
            "rounding gives {exact}.",
            **torch_s,
            exact=exact,
        )
    else:
        so = tr("Torch divides by the {title}, {divisor}, and gives {numbers}.", **torch_s)
    return f"{by} {so}"


def _weighted(case: Question) -> bool:
    return case.weight is not None or getattr(case, "pos_weight", None) is not None


def _apart(found: Findings, finding: Finding) -> str:
    """What the person's way gives without rounding, where that is not what they wrote."""
    if finding.value.size != 1 or finding.units <= 0.5 + 1e-9 or not np.isfinite(finding.value):
        return ""
    return digits(float(finding.value.item()), max(found.answer.fewest_digits, ENOUGH_DIGITS))


def place_of(found: Findings, finding: Finding, names: tuple[str, ...]) -> tuple[Spot, Spot]:
    """Where the ways part: the same place in torch's trace and in the other one."""
    right, key = rightly(found.case), finding.first
    at = where(finding.trace[key], right[key], found.case)
    return spot(right, names, at), spot(finding.trace, names, at)
