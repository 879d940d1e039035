"""A short code tells a teacher what was worked and how it went, and nothing about the person.

Its characters are: the version, the number of characters, the report, and three that check it.
"""

from collections.abc import Iterable, Mapping, Sequence

from ce_core.practice import alphabet
from ce_core.practice.fading import blanks
from ce_core.practice.items import Item
from ce_core.practice.judging import Judgement, Verdict
from ce_core.practice.numbered import NUMBERED
from ce_core.practice.reports import MARKS, MOST_SLIPS, CodeError, Report, pack, unpack
from ce_core.words import words

VERSION = 1
AROUND = 2 + alphabet.CHECKS  # characters besides the report
GROUP = 4
BETWEEN = " -\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\t\r\n"  # what may stand between groups


def write_code(
    item: Item,
    mode: str,
    steps: Sequence[str],
    judgements: Mapping[str, Judgement],
    hints: Mapping[str, int] | None = None,
    mistakes: Iterable[str] = (),
) -> str:
    """The code to hand in: at most 34 characters, in groups of four.

    Args:
        item: the exercise.
        mode: as in `blanks`.
        steps: as in `blanks`.
        judgements: cell ids with what was said of them last; those not there are empty.
        hints: cell ids with the highest rung asked for.
        mistakes: keys of slips that came up on the way, besides those still there.
    """
    cells = blanks(item, mode, steps)
    verdicts = {cell: judgements.get(cell, Judgement("empty")).verdict for cell in cells}
    asked = {cell for cell, rung in (hints or {}).items() if rung > 0}
    marks: dict[str, str] = {}
    for cell, verdict in verdicts.items():
        key = cell.partition("/")[0]
        marks[key] = max(marks.get(key, MARKS[0]), _mark(verdict, cell in asked), key=MARKS.index)
    still = (judgements[cell].mistake for cell in cells if cell in judgements)
    slips = tuple(dict.fromkeys(key for key in (*mistakes, *still) if key in NUMBERED))
    return to_code(
        Report(
            seed=item.seed,
            topic=item.topic,
            mode=mode,
            done=sum(verdict in ("correct", "follows") for verdict in verdicts.values()),
            total=len(cells),
            marks=tuple(marks.items()),
            mistakes=slips[:MOST_SLIPS],
        )
    )


def _mark(verdict: Verdict, hinted: bool) -> str:  # noqa: FBT001 - one yes or no
    if verdict in ("correct", "follows"):
        return "hint" if hinted else verdict
    return "not yet" if verdict == "unreadable" else verdict


def to_code(report: Report) -> str:
    """A report as its code."""
    body = alphabet.to_digits(pack(report))
    digits = alphabet.with_check([VERSION, len(body) + AROUND, *body])
    text = "".join(alphabet.SIGNS[digit] for digit in digits)
    return "-".join(text[k : k + GROUP] for k in range(0, len(text), GROUP))


def read_code(text: str) -> Report:
    """What a code tells; small letters, spaces and dashes do not matter.

    Raises:
        CodeError: the text is no such code; it says what is wrong.
    """
    plain = text.translate(dict.fromkeys(map(ord, BETWEEN))).upper()
    if not plain:
        raise CodeError(
            words("There is no code in it. Paste what stands at the end of a practice.")
        )
    for sign in plain:
        if sign not in alphabet.SIGNS:
            raise CodeError(
                words(
                    "'{sign}' is in no code: codes have the digits 2 to 9 and the letters without "
                    "I, L and O.",
                    sign=sign,
                )
            )
    if not AROUND <= len(plain) <= alphabet.LONGEST:
        raise CodeError(
            words(
                "It has {count} characters; codes have {least} to {most}.",
                count=len(plain),
                least=AROUND,
                most=alphabet.LONGEST,
            )
        )
    digits = [alphabet.SIGNS.index(sign) for sign in plain]
    if digits[1] != len(digits):
        raise CodeError(
            words(
                "It has {count} characters and says that it has {said}: some are missing, too "
                "many or mistyped.",
                count=len(digits),
                said=digits[1],
            )
        )
    if not alphabet.is_sound(digits):
        raise CodeError(words("It is damaged: a character is mistyped, or two changed places."))
    if digits[0] != VERSION:
        raise CodeError(
            words(
                "It is of version {found}; this page reads version {read}.",
                found=digits[0],
                read=VERSION,
            )
        )
    body = digits[2 : -alphabet.CHECKS]
    if body[:1] == [0]:
        raise CodeError(words("It begins with a needless character, so no practice page made it."))
    return unpack(alphabet.to_number(body))
