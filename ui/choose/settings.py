"""What a person sets about how weights are chosen, and how a link says it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ce_core.weighting import MAX_CLASSES, SCHEMES
from ce_core.weighting.counts import MAX_COSTS, MAX_IMAGES, MOST
from ce_core.words import words
from ui.choose.naming import join, names_fault, split
from ui.notation import NotationError, read_number, write_number
from ui.parameter import Parameter, choice, number, setting

if TYPE_CHECKING:
    from ui.view import View

Table = tuple[tuple[float, ...], ...]

MOST_IN_LINK = 1_500  # numbers
MOST_LETTERS = 4_000  # of names


@dataclass(frozen=True)
class Choosing:
    """How weights are chosen.

    Attributes:
        counts: the number of samples of each class.
        counted: the names of those classes; () for A, B, C, ...
        beta: of the effective number of samples, 0 to 1.
        costs: what each wrong answer costs, a row for each true class; () where none are given.
        images: the counts of each class in each image, a row for each image; () likewise.
        scheme: the key of the scheme that is looked at.
    """

    counts: tuple[int, ...] = (9_000, 41_000)
    counted: tuple[str, ...] = ()
    beta: float = 0.999
    costs: Table = ()
    images: Table = ()
    scheme: str = "balanced"


def read_counts(text: str) -> tuple[int, ...]:
    """Counts as a link writes them."""
    cells = text.split(",", MAX_CLASSES)
    if len(cells) > MAX_CLASSES:
        raise NotationError(words("at most {most:,} classes can be weighed here", most=MAX_CLASSES))
    return tuple(_count(cell) for cell in cells)


def _count(cell: str) -> int:
    value = read_number(cell)
    if not (0 <= value <= MOST and value == int(value)):
        raise NotationError(words("a count is a whole number from 0 on"))
    return int(value)


def _write_counts(counts: tuple[int, ...]) -> str:
    return ",".join(map(str, counts))


def read_rows(text: str) -> Table:
    """A table of numbers as a link writes it: rows by ";", numbers by ","."""
    rows = text.split(";", MAX_IMAGES)
    if len(rows) > MAX_IMAGES or len(text) > MOST_LETTERS * 4:
        raise NotationError(
            words("it has more than {most:,} rows, or is too long", most=MAX_IMAGES)
        )
    table = tuple(tuple(read_number(cell) for cell in row.split(",")) for row in rows)
    if not all(0 <= cell <= MOST for row in table for cell in row):
        raise NotationError(words("all its numbers must be from 0 on"))
    return table


def write_rows(table: Table) -> str:
    """The table as a link writes it."""
    return ";".join(",".join(map(write_number, row)) for row in table)


def _fitting(name: str, what: str, *, square: bool) -> Parameter:
    """The parameter of a table whose rows must be as long as there are counts."""
    plain = setting("choosing", name, read_rows, write_rows)

    def write(view: "View") -> str | None:
        table: Table = getattr(view.choosing, name)
        few = sum(map(len, table)) <= MOST_IN_LINK
        return plain.write(view) if table and few else None

    def take(view: "View", text: str) -> "View":
        table, classes = read_rows(text), len(view.choosing.counts)
        wrong = any(len(row) != classes for row in table)
        if wrong or (square and (len(table) != classes or classes > MAX_COSTS)):
            raise NotationError(words(what, count=classes))
        return plain.take(view, text)

    return Parameter(name, write, take)


def _take_counted(view: "View", text: str) -> "View":
    names = split(text)
    fault = names_fault(names, len(view.choosing.counts))
    if fault:
        raise NotationError(fault)
    return _COUNTED.take(view, text)


def _write_counted(view: "View") -> str | None:
    text = join(view.choosing.counted)
    told = _COUNTS.write(view) is not None or view.choosing.counts == Choosing.counts
    return text if text and told and len(text) <= MOST_LETTERS else None


def _few_counts(view: "View") -> str | None:
    return None if len(view.choosing.counts) > MOST_IN_LINK else _ALL_COUNTS.write(view)


_ALL_COUNTS = setting("choosing", "counts", read_counts, _write_counts)
_COUNTS = Parameter("counts", _few_counts, _ALL_COUNTS.take)
_COUNTED = setting("choosing", "counted", split, join)
PARAMETERS = (
    _COUNTS,
    Parameter("counted", _write_counted, _take_counted),
    setting("choosing", "beta", number(0, 1), write_number),
    _fitting("costs", "{count} counts need {count} rows of {count} costs", square=True),
    _fitting("images", "{count} counts need {count} counts in each row", square=False),
    setting("choosing", "scheme", choice(*(scheme.key for scheme in SCHEMES))),
)
