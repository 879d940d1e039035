"""Counts that a person typed or pasted: a row, a column, "cat: 9000", a dict, a table with names.

A separator of thousands is taken for one only where it can be nothing else; otherwise the text is
refused with both ways to write it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ce_core import CaseError
from ce_core.weighting import MAX_CLASSES
from ce_core.words import words
from ui.choose.naming import told_apart
from ui.notation import shorten

MAX_TEXT = 200_000
SPACES = "\u00a0\u2009\u202f'’_"  # between thousands these can mean nothing else
# Repeats are possessive or bounded, so that no text, however odd, makes a pattern go back far.
GROUPED = re.compile(r"\d{1,3}(?:,\d{3}){1,8}")
NUMBER = re.compile(
    r"[-+\u2212]?(?:\d++(?:\.\d*+)?+(?:e[-+]?\d++)?+|\.\d++|nan|inf)", re.IGNORECASE
)
PARTING = ",;|:=" + "".join(filter(str.isspace, map(chr, range(0x3001))))
LAST = re.compile(
    rf"(?<=[\s,;|:=])({GROUPED.pattern}|{NUMBER.pattern})\s*+[,;|]?+\s*+$", re.IGNORECASE
)
FIRST = re.compile(rf"({GROUPED.pattern}|{NUMBER.pattern})\s++(\D.*)", re.IGNORECASE)
EDGE = " \t|,;\"'"
PAIR = re.compile(
    r"\s*+(?:'([^'\n]*+)'\s*+|\"([^\"\n]*+)\"\s*+|([^:=,;\n]++))[:=]\s*+"
    rf"({GROUPED.pattern}(?!\d)|{NUMBER.pattern})[^\S\n]*+(?:[,;\n]|$)",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\|?\s*+(\d{1,9}+)(?:\s*+[;|]\s*+|\s++|,\s*+)(\d++)\s*+\|?")
CELLS = re.compile(r"[,;|]\s++|\s++(?:[,;|]\s++)?+|[;|]")
SHELLS = re.compile(r"\b(?:Counter|dict|array|tensor|OrderedDict|np|torch|numpy)\b\.?")
TAILS = re.compile(r"(?:,\s*)?\b(?:dtype|device|Name|Length)\s*[:=]\s*[\w.:'\"]*")
REMEDY = words("Write them like 9000, 41000, or one class a line like cat: 9000.")


@dataclass(frozen=True)
class Typed:
    """Counts from a text: the names that stood with them, or (), and what was decided."""

    counts: tuple[float, ...]
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read(text: str) -> Typed:
    """The counts in a text.

    Raises:
        CaseError: there is none, or one that can be read in two ways.
    """
    if len(text) > MAX_TEXT:
        raise _fault(
            words("it must be at most {most:,} characters", most=MAX_TEXT),
            words("the text has {count:,} characters", count=len(text)),
        )
    lines = _lines(text)
    if not lines:
        raise _fault(words("at least one count must stand there"), words("no count was found"))
    found = _pairs(lines) or _in_turn(lines) or _named(lines) or _plain(lines)
    if len(found.counts) > MAX_CLASSES:
        raise _fault(
            words("at most {most:,} classes can be weighed here", most=MAX_CLASSES),
            words("there are {count:,} counts", count=len(found.counts)),
        )
    return found


def _lines(text: str) -> list[str]:
    """The lines that hold something, without code around the numbers."""
    text = re.sub(rf"(?<=\d)[{SPACES}](?=\d{{3}})", "", text)
    text = re.sub(r"[\[\](){}]", " ", TAILS.sub(" ", SHELLS.sub(" ", text)))
    kept = [line.strip().strip(",;") for line in re.split(r"[\r\n]+", text)]
    return [line for line in kept if line and not re.fullmatch(r"[-=+|:\s]+", line)]


def _pairs(lines: list[str]) -> Typed | None:
    """Every count behind a name and ":" or "="; None where the text is not like that."""
    text, at, found = "\n".join(lines), 0, []
    while at < len(text):
        pair = PAIR.match(text, at)
        if pair is None:
            return None
        found.append((next(filter(None, pair.group(1, 2, 3)), ""), pair[4]))
        at = pair.end()
    return _with_names(found)


def _in_turn(lines: list[str]) -> Typed | None:
    """A name and a count in turn on one line: cat, 9000, dog, 41000; or 9000 cats, 41000 dogs."""
    if len(lines) > 1:
        return None
    cells = [cell.strip(EDGE) for cell in re.split(r"[,;|\t]+", lines[0])]
    if any(map(FIRST.fullmatch, cells)) or len(cells) < 4 or len(cells) % 2:
        return _count_first(cells)
    pairs = list(zip(cells[::2], cells[1::2], strict=True))
    fits = all(_is_name(name) and NUMBER.fullmatch(count) for name, count in pairs)
    return _with_names(pairs) if fits else None


def _count_first(cells: list[str]) -> Typed | None:
    """A count and then a name in every cell, as `sort | uniq -c` prints them."""
    pairs = [FIRST.fullmatch(cell) for cell in cells]
    fits = all(pair and _is_name(pair[2]) for pair in pairs)
    return _with_names((pair[2], pair[1]) for pair in pairs if pair) if fits else None


def _named(lines: list[str]) -> Typed | None:
    """A name and then a count on every line; a first line without a number is a heading."""
    rows = lines if re.search(r"\d", lines[0]) or len(lines) == 1 else lines[1:]
    pairs = [_name_and_count(line) for line in rows]
    if not all(pair and _is_name(pair[0]) for pair in pairs):
        return _count_first(rows) or _numbered(rows)
    return _with_names(pair for pair in pairs if pair)


def _name_and_count(line: str) -> tuple[str, str] | None:
    """What stands before the number at the end of a line, and the number."""
    found = LAST.search(line)
    return (line[: found.start()].rstrip(PARTING).strip(EDGE), found[1]) if found else None


def _is_name(text: str) -> bool:
    """Whether the text has a letter and is not only numbers, such as nan or 1e4."""
    parts = [part for part in re.split(r"[,;|\s]+", text) if part]
    return bool(re.search(r"[^\W\d]", text)) and not all(map(NUMBER.fullmatch, parts))


def _numbered(rows: list[str]) -> Typed | None:
    """A class number and then its count on every line: 0 9000, 1 41000, in any order."""
    pairs = [NUMBERED.fullmatch(row) for row in rows]
    if len(rows) < 2 or not all(pairs):
        return None
    numbers = sorted(int(pair[1]) for pair in pairs if pair)
    if numbers not in (list(range(len(rows))), list(range(1, len(rows) + 1))):
        return None
    found = _with_names((pair[1], pair[2]) for pair in pairs if pair)
    return Typed(
        found.counts, found.names, (words("The first number of each line was read as a class."),)
    )


def _with_names(pairs: Iterable[tuple[str, str]]) -> Typed:
    found = [(name.strip(), _number(text, alone=True)) for name, text in pairs]
    if not all(re.fullmatch(r"\d{1,9}", name) for name, _ in found):
        return Typed(tuple(count for _, count in found), told_apart([name for name, _ in found]))
    ordered = sorted(found, key=lambda pair: int(pair[0]))
    notes = (
        () if ordered == found else (words("The classes were put in the order of their numbers."),)
    )
    counts = tuple(count for _, count in ordered)
    return Typed(counts, told_apart([name for name, _ in ordered]), notes)


def _plain(lines: list[str]) -> Typed:
    """Numbers alone, in rows or in a column."""
    if all(GROUPED.fullmatch(line) for line in lines):
        return _grouped(lines)
    column = len(lines) > 1 and all(re.fullmatch(r"\d{1,3}(?: \d{3})*", line) for line in lines)
    doubtful = [line for line in lines if column or re.search(r"[,;]", line)]
    spaced = re.search(r"\b\d{1,3} \d{3}\b", "\n".join(doubtful))
    if spaced:
        raise CaseError(
            "counts",
            words("a space must part either classes or thousands"),
            words("'{text}' can be one number or two", text=spaced[0]),
            words(
                "Write {one}, or {several}.",
                one=spaced[0].replace(" ", ""),
                several=spaced[0].replace(" ", ", "),
            ),
        )
    cells = [cell for line in lines for cell in CELLS.split(line) if cell]
    if any("," in cell for cell in cells) and not all(
        GROUPED.fullmatch(c) for c in cells if "," in c
    ):
        cells = [part for cell in cells for part in cell.split(",") if part]
    elif any("," in cell for cell in cells) and len(cells) == 1:
        return _grouped(cells)
    return Typed(tuple(_number(cell, alone=len(cells) > 1) for cell in cells))


def _grouped(lines: list[str]) -> Typed:
    """Lines like 12,852: thousands where one part begins with 0, which no count does."""
    if any(re.search(r",0", line) for line in lines):
        counts = tuple(float(line.replace(",", "")) for line in lines)
        return Typed(counts, (), (words("Commas were read as separators of thousands."),))
    if len(lines) == 1 and lines[0].count(",") != 1 and len(lines[0].split(",")[0]) == 3:
        return Typed(tuple(float(cell) for cell in lines[0].split(",")))
    one, several = lines[0].replace(",", ""), lines[0].replace(",", ", ")
    raise CaseError(
        "counts",
        words("a comma must part either classes or thousands"),
        words("'{text}' can be one number or several", text=shorten(lines[0])),
        words(
            "Write {one}, or {several} with a space.", one=shorten(one), several=shorten(several)
        ),
    )


def _number(text: str, *, alone: bool) -> float:
    if alone and GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not NUMBER.fullmatch(text):
        raise _fault(
            words("each count must be a whole number"),
            words("'{text}' is no count", text=shorten(text)),
        )
    return float(text.replace("\u2212", "-"))


def _fault(rule: str, found: str) -> CaseError:
    return CaseError("counts", rule, found, REMEDY)
