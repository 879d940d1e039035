"""Words for a person's number: as it was written, what it was compared with, how far it is."""

import numpy as np

from ce_core import Finding, Findings
from ce_core.arrays import Array
from ce_core.mistakes.answer import ENOUGH_DIGITS
from ce_core.trace import ANSWERS
from ui.figures import figure, listed
from ui.mistake.search import Question, rightly
from ui.notation import shorten
from ui.words import CODES, COMMA, tongue, tr
from ui.words.numerals import prose

SHOWN = 4  # numbers of a list
LONGEST = 60  # characters of what a person wrote


def numbers(values: Array) -> str:
    """A number, or the first few of a list."""
    flat = np.asarray(values, dtype=np.float64).reshape(-1)
    more = "; …" if tongue().decimal == COMMA else ", …"
    return listed(flat[:SHOWN]) + (more if flat.size > SHOWN else "")


def written(found: Findings) -> str:
    """The number as the person wrote it, on one line."""
    return shorten(" ".join(found.answer.text.split()), LONGEST)


def done(finding: Finding) -> str:
    """What was done, as a clause that goes on from "You"; more than one with "and" between."""
    return all_of([lowered(part) for part in _clauses(finding)])


def title(finding: Finding) -> str:
    """What was done, as a clause that stands alone."""
    first, *others = _clauses(finding)
    return all_of([first, *map(lowered, others)])


def _clauses(finding: Finding) -> list[str]:
    """What was done, and in brackets how."""
    return [
        f"{tr(part.title)} ({tr(way.detail)})" if way.detail else tr(part.title)
        for part, way in zip(finding.parts, finding.ways, strict=True)
    ]


def all_of(clauses: list[str]) -> str:
    """Clauses in one sentence."""
    said, *others = clauses
    for other in others:
        said = tr("{said} and {other}", said=said, other=other)
    return said


def lowered(text: str) -> str:
    """A clause inside a sentence; a letter that stands alone stays as it is."""
    return text if len(text) > 1 and not text[1].islower() else text[:1].lower() + text[1:]


def inside(text: str) -> str:
    """A name or a sentence inside another one: English makes its first word small.

    Not a number or a row's name; and in German a noun keeps its capital, as does a sentence that
    follows a colon.
    """
    first = text.split(" ", 1)[0]
    small = tongue().lang == CODES[0] and first.isalpha() and first.istitle()
    return lowered(text) if small else text


def short(found: Findings) -> bool:
    """Whether a finite number was written with fewer digits than tell ways apart."""
    finite = np.isfinite(found.answer.values).any()
    return bool(finite) and found.answer.fewest_digits < ENOUGH_DIGITS


def answer_key(case: Question) -> str:
    """The key of the step that gives the loss."""
    return ANSWERS[case.reduction]


def step_title(found: Findings) -> str:
    """The title of the step that the number was compared with; "" for the loss."""
    if found.step == answer_key(found.case):
        return ""
    return tr(rightly(found.case)[found.step].rule.title)


def gives(found: Findings) -> str:
    """What torch gives where the number was compared."""
    given, of = numbers(found.value), step_title(found)
    if of:
        return tr("Torch gives {numbers} for the step “{title}”.", numbers=given, title=of)
    return tr("Torch gives {numbers}.", numbers=given)


def reading(found: Findings) -> str:
    """How a number was read whose comma may have been meant otherwise; "" for all others."""
    read = found.answer
    if not read.doubtful:
        return ""
    if read.single:
        return tr(
            "Read as one number, {number}. If you mean a list, put spaces between its numbers.",
            number=numbers(read.values),
        )
    return tr(
        "Read as {count:,} numbers: {numbers}. If you mean others, put spaces between them, and a "
        "point before the decimals.",
        count=read.values.size,
        numbers=numbers(read.values),
    )


def tell(finding: Finding) -> str:
    """The statement that only someone who made this finding's mistakes agrees with."""
    return " ".join(prose(part.tell) for part in finding.parts)


def far(finding: Finding) -> str:
    """How far a finding's number is from the person's."""
    if not np.isfinite(np.asarray(finding.value, dtype=np.float64)).all():
        return tr("the same")
    if finding.units <= 0.5 + 1e-9:
        return tr("the same, rounded")
    return tr("{units} units of your last digit away", units=figure(finding.units, 1))
