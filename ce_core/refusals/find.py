"""Finds a message of torch in anything that a person pastes."""

import re
from functools import cache

from ce_core.case import Case
from ce_core.refusals.record import Recognised, Refusal
from ce_core.refusals.relate import on_this_page
from ce_core.refusals.table import REFUSALS
from ce_core.refusals.words import told
from ce_core.words import joined

MOST = 1_000_000  # characters that are looked at
NARROWEST = 20  # a terminal does not break lines that are shorter
AROUND = 80  # characters of the line that are quoted on each side of the message
NUMBERS = re.compile(r"[\d\s.,+\-eE()\[\]]{1000,}")  # no message has so many without a word

PLAIN_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("−–‐‑", "-"),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"),  # without width, so deleted
    }
)
COLOURS = re.compile(r"\x1b\[[\d;]{0,20}[A-Za-z]")
ESCAPED = re.compile(r"\\(['\"])")
SPACE_OR_CLASS = re.compile(r" |\[(?:\\.|[^\]\\])*\]|\\.", re.DOTALL)


def recognise(text: str, case: Case | None = None) -> Recognised | None:
    """The message of torch that stands in the text, explained; None if none is known.

    Args:
        text: a message with or without its exception's name, a traceback, or any text round one.
            Of several messages the last is taken: Python prints the error that was raised last.
            Of more than a million characters only the last million are read.
        case: the case on the page; `says` then ends with how it compares.
    """
    lines = _lines(NUMBERS.sub(_ends, text[-MOST:]))
    found = _find("\n".join(lines), glued=False) or _find(_glue(lines), glued=True)
    if found is None:
        return None
    refusal, match = found
    groups = match.groupdict()
    says = told(refusal.meaning, groups)
    beside = on_this_page(refusal, case) if case is not None else ""
    return Recognised(
        refusal=refusal,
        says=joined([says, beside]),
        remedy=told(refusal.remedy, groups),
        quoted=_line_around(match),
    )


def _ends(numbers: re.Match[str]) -> str:
    """Where a long array begins and ends; what stands between would only take time."""
    return f"{numbers[0][:AROUND]} … {numbers[0][-AROUND:]}"


def _lines(text: str) -> list[str]:
    """The lines that hold something, in plain signs, with single spaces, without frames."""
    text = ESCAPED.sub(r"\1", COLOURS.sub("", text.translate(PLAIN_SIGNS)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    lines = (line.removeprefix("> ").strip(" │┃|") for line in lines)
    return [line for line in lines if line]


def _glue(lines: list[str]) -> str:
    """The lines as one text: a long one may have been broken in the middle of a word."""
    return "".join(line if len(line) >= NARROWEST else f"{line}\n" for line in lines)


def _find(text: str, *, glued: bool) -> tuple[Refusal, re.Match[str]] | None:
    """The last message in the text; of two at the same place that of the earlier row."""
    best: tuple[Refusal, re.Match[str]] | None = None
    for refusal in REFUSALS:
        for match in _compiled(refusal.pattern, glued=glued).finditer(text):
            if best is None or match.start() > best[1].start():
                best = refusal, match
    return best


@cache
def _compiled(pattern: str, *, glued: bool) -> re.Pattern[str]:
    """The pattern, in which a space also stands for a line's end; glued, for nothing as well."""
    space = "[ \n]?" if glued else "[ \n]"
    return re.compile(
        SPACE_OR_CLASS.sub(lambda part: space if part[0] == " " else part[0], pattern), re.ASCII
    )


def _line_around(match: re.Match[str]) -> str:
    """The line of the match; of a long line only what stands near the match."""
    text, (start, end) = match.string, match.span()
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    head, tail = max(first, start - AROUND), min(last, end + AROUND)
    line = text[head:tail].replace("\n", " ")
    return f"{'…' if head > first else ''}{line}{'…' if tail < last else ''}"
