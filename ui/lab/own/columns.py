"""Which columns of a table are the two numbers and which is the label, and the rows they give."""

import re
from dataclasses import dataclass

from ce_core.words import Words, words
from ui.lab.naming import named
from ui.lab.own.cells import is_missing, number
from ui.lab.own.table import MOST_LABELS, Table
from ui.messages import plain
from ui.paste import PasteError
from ui.words import tr

LABEL = re.compile(r"(?i)label|target|class|species|outcome|y|kind|type|category")


@dataclass(frozen=True)
class Chosen:
    """The places of the two columns of numbers and of the label, in a table."""

    across: int
    up: int
    label: int


@dataclass(frozen=True)
class Rows:
    """The rows that are whole: points and labels, and how many lacked a value."""

    points: tuple[tuple[float, float], ...]
    labels: tuple[str, ...]
    left_out: int


def guessed(table: Table) -> Chosen:
    """The likeliest choice: a label by its name or the last one there is, then the first numbers.

    Raises:
        PasteError: there are not two columns of numbers and a label.
    """
    labels, numbers = table.labelling, table.numeric
    if not labels:
        raise PasteError(
            words(
                "No column can be the label: it needs 2 to {most} different values, as yes and no. "
                "Add a column that says the class of each row.",
                most=MOST_LABELS,
            )
        )
    texts = [k for k in labels if k not in numbers]
    called = [k for k in labels if LABEL.fullmatch(table.names[k].strip())]
    label = (called or texts or labels)[-1]
    left = [k for k in numbers if k != label]
    if len(left) < 2:
        raise PasteError(_too_few(table.names[label], left))
    return Chosen(left[0], left[1], label)


def _too_few(label: str, left: list[int]) -> Words:
    if left:
        return words(
            "Besides the label '{label}' the table has one column of numbers; two are needed, for "
            "the two directions of the picture.",
            label=label,
        )
    return words(
        "Besides the label '{label}' the table has no column of numbers; two are needed, for the "
        "two directions of the picture.",
        label=label,
    )


def rows(table: Table, chosen: Chosen) -> Rows:
    """The rows in which both numbers and the label stand."""
    points, labels = [], []
    across, up = (table.columns[k] for k in (chosen.across, chosen.up))
    for first, second, label in zip(across, up, table.columns[chosen.label], strict=True):
        x, y = number(first), number(second)
        if x is not None and y is not None and not is_missing(label):
            points.append((x, y))
            labels.append(label)
    return Rows(tuple(points), tuple(labels), table.rows - len(points))


def described(table: Table) -> str:
    """The table in a few words: "150 rows, columns length, width, kind"."""
    shown = ", ".join(plain(named(name)) for name in table.names[:8])
    more = ", …" if len(table.names) > 8 else ""
    return tr("{count:,} rows, columns {names}", count=table.rows, names=f"{shown}{more}")
