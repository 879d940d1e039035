"""What the hand-in codes of a class say together: how far it got, and which slips came up."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ce_core.mistakes import MISTAKES
from ce_core.practice import TOPICS, CodeError, Report, read_code
from ce_core.practice.known import KNOWN

MOST = 500  # lines
WIDEST = 20_000  # characters of a line that are read: 500 codes beside each other
BETWEEN = re.compile(r"[\s,;:|\"'<>()]+")
SHORT = 8  # characters; a shorter word beside a name is no code
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute
TITLES = {mistake.key: mistake.title for mistake in MISTAKES} | {
    key: known.title for key, known in KNOWN.items()
}


@dataclass(frozen=True)
class Code:
    """A code that could be read, on its line, counted from 1."""

    line: int
    report: Report


@dataclass(frozen=True)
class Codes:
    """What was found in a text.

    Attributes:
        read: the codes, in order.
        unread: lines without a code, each with what is wrong.
        same: lines that hold the same code.
        beyond: how many lines were left out because there were too many.
    """

    read: tuple[Code, ...]
    unread: tuple[tuple[int, str], ...]
    same: tuple[tuple[int, ...], ...]
    beyond: int = 0

    @property
    def once(self) -> tuple[Code, ...]:
        """The codes, equal ones once."""
        first: dict[Report, Code] = {}
        for code in self.read:
            first.setdefault(code.report, code)
        return tuple(first.values())


@dataclass(frozen=True)
class Slip:
    """How often a slip came up in a topic."""

    title: str
    codes: int


@dataclass(frozen=True)
class Topic:
    """What a class did in a topic.

    Attributes:
        title: the topic's name.
        codes: how many were handed in.
        finished: those in which every number is right, or right from the person's own.
        right: such numbers.
        total: numbers to fill in.
        slips: the known slips, the commonest first.
    """

    title: str
    codes: int
    finished: int
    right: int
    total: int
    slips: tuple[Slip, ...]


def read_codes(text: str) -> Codes:
    """The codes in a text, line by line; names may stand beside them and are not kept."""
    read: list[Code] = []
    unread: list[tuple[int, str]] = []
    lines = [(k, line) for k, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for number, line in lines[:MOST]:
        try:
            read += [Code(number, report) for report in _in_line(line[:WIDEST])]
        except CodeError as problem:
            unread.append((number, str(problem)))
    places: dict[Report, list[int]] = {}
    for code in read:
        places.setdefault(code.report, []).append(code.line)
    same = tuple(tuple(found) for found in places.values() if len(found) > 1)
    return Codes(tuple(read), tuple(unread), same, max(len(lines) - MOST, 0))


def _in_line(line: str) -> tuple[Report, ...]:
    """The codes of a line: the whole of it, or those of its words that are one, each once.

    Raises:
        CodeError: there is none; it says what is wrong with the line.
    """
    try:
        return (read_code(line),)
    except CodeError as problem:
        found: dict[Report, None] = {}
        for word in BETWEEN.split(line):
            if len(word) >= SHORT:
                try:
                    found[read_code(word)] = None
                except CodeError as other:
                    problem = other if "-" in word else problem
        if not found:
            raise problem from None
        return tuple(found)


def tally(codes: Iterable[Code]) -> tuple[Topic, ...]:
    """The codes summed up by topic, the topic with most codes first."""
    by_topic: dict[str, list[Report]] = {}
    for code in codes:
        by_topic.setdefault(code.report.topic, []).append(code.report)
    titles = {topic.key: topic.title for topic in TOPICS}
    found = [_topic(titles[key], reports) for key, reports in by_topic.items()]
    return tuple(sorted(found, key=lambda topic: (-topic.codes, topic.title)))


def _topic(title: str, reports: list[Report]) -> Topic:
    counts = Counter(key for report in reports for key in dict.fromkeys(report.mistakes))
    slips = [Slip(slip_title(key), count) for key, count in counts.items()]
    return Topic(
        title,
        len(reports),
        sum(report.done == report.total for report in reports),
        sum(report.done for report in reports),
        sum(report.total for report in reports),
        tuple(sorted(slips, key=lambda slip: (-slip.codes, slip.title))),
    )


def slip_title(key: str) -> str:
    """A slip's name on the screen."""
    return TITLES.get(key) or f"A slip that only a newer version knows: {key}"


def as_csv(topics: Iterable[Topic]) -> bytes:
    """The tally for a spreadsheet, with the mark by which it knows UTF-8."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(("topic", "what", "codes", "of codes"))
    for topic in topics:
        table.writerow((harmless(topic.title), "Every number right", topic.finished, topic.codes))
        for slip in topic.slips:
            row = (harmless(topic.title), harmless(slip.title), slip.codes, topic.codes)
            table.writerow(row)
    return file.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The text so that a spreadsheet takes it for text, not for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def as_text(topics: Iterable[Topic]) -> str:
    """The tally as lines of text."""
    lines = []
    for topic in topics:
        lines.append(
            f"{topic.title}: {topic.codes} codes, {topic.finished} with every number right, "
            f"{topic.right} of {topic.total} numbers right"
        )
        lines += [f"  {slip.codes} of {topic.codes}: {slip.title}" for slip in topic.slips]
    return "\n".join(lines)
