"""Which columns of a table are the two numbers and which is the label, and the rows they give."""

import re
from dataclasses import dataclass

from ui.lab.own.cells import is_missing, number
from ui.lab.own.table import MOST_LABELS, Table
from ui.messages import plain
from ui.paste import PasteError

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
            f"No column can be the label: it needs 2 to {MOST_LABELS} different values, as "
            "yes and no. Add a column that says the class of each row."
        )
    words = [k for k in labels if k not in numbers]
    named = [k for k in labels if LABEL.fullmatch(table.names[k].strip())]
    label = (named or words or labels)[-1]
    left = [k for k in numbers if k != label]
    if len(left) < 2:
        raise PasteError(
            f"Besides the label '{table.names[label]}' the table has "
            f"{'one column' if left else 'no column'} of numbers; two are needed, for the "
            "two directions of the picture."
        )
    return Chosen(left[0], left[1], label)


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
    shown = ", ".join(plain(name) for name in table.names[:8])
    return f"{table.rows:,} rows, columns {shown}{', …' if len(table.names) > 8 else ''}"
