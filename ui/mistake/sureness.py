"""How sure one can be of a finding: its headline, and why it is not surer."""

import numpy as np

from ce_core import Finding, Findings
from ce_core.mistakes.answer import ENOUGH_DIGITS
from ui.mistake.words import all_of, done, short, written
from ui.words import tr


def headline(found: Findings, finding: Finding, *, said: bool) -> str:
    """What the person did, in a clause that is as sure as it can be."""
    if vague(found, finding) and not said:
        if len(found) == 1:
            return tr("1 known way comes to about {number}", number=written(found))
        return tr(
            "{count} known ways come to about {number}", count=len(found), number=written(found)
        )
    clause = done(finding)
    if said or finding.sure == "sure":
        return tr("You {clause}", clause=clause)
    if finding.sure == "likely":
        return tr("It looks as if you {clause}", clause=clause)
    return tr("One way to get this: you {clause}", clause=clause)


def vague(found: Findings, finding: Finding) -> bool:
    """Whether the number has so few digits that no way can be named."""
    return short(found) and finding.sure == "possible"


def advised(found: Findings, finding: Finding) -> str:
    """What would tell more than so few digits do; "" where they are enough."""
    if not short(found):
        return ""
    if vague(found, finding):
        return tr(
            "Give three digits or more, and few of them are left. The simplest of them: you "
            "{clause}.",
            clause=done(finding),
        )
    return tr("Give three digits or more to be surer.")


def sureness(found: Findings, finding: Finding, *, said: bool) -> str:
    """How sure one can be, and why not surer."""
    if said:
        return tr("You say so, and your number agrees.")
    if finding.sure == "sure":
        return tr("Sure: no other known mistake gives this number.")
    doubts = all_of(_doubts(found, finding))
    if finding.sure == "likely":
        return tr("Likely, not certain: {doubts}.", doubts=doubts)
    return tr("Possible, not certain: {doubts}.", doubts=doubts)


def _doubts(found: Findings, finding: Finding) -> list[str]:
    """What keeps a finding from being sure, each as a clause."""
    doubts = []
    if finding.rivals == 1:
        doubts.append(tr("1 other known way gives the very same number"))
    elif finding.rivals:
        doubts.append(
            tr("{count} other known ways give the very same number", count=finding.rivals)
        )
    if len(finding.parts) > 1:
        doubts.append(tr("it takes {count} mistakes at once", count=len(finding.parts)))
    if finding.sure == "possible" or not doubts:
        doubts.append(_crowd(found))
    return doubts


def _crowd(found: Findings) -> str:
    """Why other ways could lead to a number like this one."""
    if not np.isfinite(found.answer.values).all():
        return tr("many ways end in {number}", number=written(found))
    if found.answer.fewest_digits <= ENOUGH_DIGITS:
        return tr("with so few digits chance would hit it, too")
    return tr("other known ways come near it")
