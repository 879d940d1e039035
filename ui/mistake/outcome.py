"""Headline and sentence for a number that is right, and for one that no known mistake gives."""

import numpy as np

from ce_core import BinaryCase, Findings
from ce_core.mistakes.find import MOST_ALONE, MOST_TOGETHER
from ui.figures import digits
from ui.mistake.search import size
from ui.mistake.words import done, gives, numbers, short, step_title, written
from ui.words import tr

MORE_DIGITS = 8  # what float32 holds


def rightness(found: Findings) -> tuple[str, str]:
    """Headline and sentence for a number that is right."""
    given, torch_s = written(found), numbers(found.value)
    if found.note:
        return tr("{number} is right", number=given), tr(found.note)
    if found.found and found.found[0].key == "rounding":
        return tr("{number} is right but for rounding", number=given), gives(found)
    if short(found) and given != torch_s:
        return tr("{number} is right, as far as it goes", number=given), gives(found)
    step = step_title(found)
    said = (
        tr("It is what torch gives for the step “{title}”.", title=step)
        if step
        else tr("It is what torch gives.")
    )
    more = "" if found.value.size > 1 else digits(float(found.value.item()), MORE_DIGITS)
    finite = bool(np.isfinite(found.value).all() and found.value.any())
    if more and finite and found.answer.fewest_digits < MORE_DIGITS:
        said = f"{said} {tr('With more digits: {number}.', number=more)}"
    return tr("{number} is right", number=given), said


def nearer(found: Findings) -> str:
    """What gives a number exactly that is right but for rounding; "" where nothing does."""
    if not found.nearer:
        return ""
    return tr(
        "Exactly {number} is what comes out if you {clause}. More digits would tell.",
        number=written(found),
        clause=done(found.nearer[0]),
    )


def nothing(found: Findings) -> tuple[str, str, list[str]]:
    """Headline, sentence and what to try, for a number that no known mistake gives."""
    given, count = written(found), size(found.case)
    if count > MOST_ALONE:
        tried = tr(
            "Known mistakes are tried on up to {most:,} numbers, this has {count:,}.",
            most=MOST_ALONE,
            count=count,
        )
        return (
            tr("{number} is not what torch gives", number=given),
            f"{gives(found)} {tried}",
            [tr("Take a few rows of it: the same mistake shows there.")],
        )
    return tr("No known mistake gives {number}", number=given), gives(found), _tries(found, count)


def _tries(found: Findings, count: int) -> list[str]:
    """What may lead to the mistake all the same."""
    tries = []
    if count > MOST_TOGETHER:
        tries.append(
            tr(
                "This case has {count:,} numbers, and two mistakes at once are tried up to "
                "{most:,}: take fewer rows.",
                count=count,
                most=MOST_TOGETHER,
            )
        )
    if np.isfinite(found.answer.values).all() and found.answer.fewest_digits < 5:
        tries.append(tr("Give all the digits that you have."))
    if not isinstance(found.case, BinaryCase):
        tries.append(tr("Look at the target: is each row’s class the one that you mean?"))
    return [
        *tries,
        tr("Look at the reduction, the weights and what your numbers are, below."),
        tr(
            "Paste the lines that made your number under Numbers, so that nothing is typed wrongly."
        ),
    ]
