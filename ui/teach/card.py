"""What the picture of a lesson says: a title, a formula, a small table, a sentence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ce_core import Step
from ce_core.practice import TOPICS
from ce_core.rule import CELL, ONE, ROW
from ui.compute import traced
from ui.figures import column, figure
from ui.header import summary
from ui.ledger.teaching import teaching
from ui.matrix import chosen
from ui.place import Place, axes_of, in_words, place, row_label
from ui.teach.place import TITLES, WITHOUT_CASE, lesson_view
from ui.view import View, positions
from ui.words import tr

LINES, COLUMNS = 8, 4  # of the table, besides its names
INPUTS = {"logits": "Logits", "target": "Target", "weight": "Class weights"}
LEFT = "?"  # what the reader is to find
FOLD = ("…",)
ENDS = (".", "?", "!")  # of a sentence
SITE = "Weighted cross-entropy, step by step"


@dataclass(frozen=True)
class Card:
    """What the picture of a lesson says.

    Attributes:
        title: the step, or the page.
        formula: LaTeX, or "".
        heads: what stands above the columns of the table, the names' first.
        lines: the table's rows; the first text of each is its name.
        facts: single numbers, each with its name.
        sentence: the step in words.
    """

    title: str
    formula: str = ""
    heads: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    facts: tuple[str, ...] = ()
    sentence: str = ""

    @property
    def alt(self) -> str:
        """The picture in words, on one line."""
        parts = [self.title, *((self.sentence,) if self.sentence else self.facts)]
        return one_line(" ".join(part if part.endswith(ENDS) else f"{part}." for part in parts))


def card(view: View) -> Card:
    """The card of a lesson, in the language of whoever calls.

    Args:
        view: the builder's view.
    """
    seen, page = lesson_view(view), view.lesson.page
    if page == "practice":
        topic = next(topic for topic in TOPICS if topic.key == seen.topic)
        return Card(f"{TITLES[page]}: {topic.title}", facts=(topic.says, f"Item {seen.seed:,}"))
    if page in WITHOUT_CASE:
        return Card(TITLES[page])
    if not positions(seen.case) or not seen.case.classes:
        return Card(TITLES[page], facts=(summary(seen),))
    at = place(traced(seen.case), seen)
    if page == "steps":
        step = at.trace[seen.step or at.trace.steps[0].key]
        return _of_step(at, step, seen)
    return _of_case(at, TITLES[page], seen)


def title(view: View) -> str:
    """Names the lesson on one line: a frame's title for whoever cannot see it."""
    seen, page = lesson_view(view), view.lesson.page
    said: str = TITLES[page]
    if page == "steps" and positions(seen.case) and seen.case.classes:
        at = place(traced(seen.case), seen)
        rule = at.trace[seen.step or at.trace.steps[0].key].rule
        said = tr(rule.title)
        if rule.axes is CELL:
            said = tr("{step}, class {name}", step=said, name=at.name(at.column))
    return one_line(f"{said}: {tr(SITE)}")


def one_line(text: str) -> str:
    """The text on one line, without signs that cannot be seen."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _of_step(at: Place, step: Step, view: View) -> Card:
    rule, hide = step.rule, view.hide
    names = (*rule.reads, step.key)
    left = _left(at, names, view)
    axes = _table_axes(at, names)
    columns = tuple(name for name in names if _in_table(at, name, axes))[-COLUMNS:]
    drawn = bool(columns) and "table" not in hide
    facts = (name for name in names if name not in columns)
    return Card(
        tr(rule.title),
        "" if "formula" in hide else rule.formula,
        ("", *(_title(at, name) for name in columns)) if drawn else (),
        _lines(at, axes, columns, left) if drawn else (),
        tuple(_facts(at, facts, left)),
        "" if left or "sentence" in hide else tr(in_words(at, step)),
    )


def _left(at: Place, names: Iterable[str], view: View) -> frozenset[str]:
    """The steps whose numbers the lesson keeps back when it opens."""
    keys, shown = at.trace.keys, teaching(view)
    now = view.step or keys[0]
    return frozenset(name for name in names if name in keys and shown.veils(keys, name, now))


def _lines(
    at: Place, axes: object, columns: Sequence[str], left: frozenset[str]
) -> tuple[tuple[str, ...], ...]:
    """The table's rows: the first ones, the one looked at, the last."""
    count, focus = (at.case.classes, at.column) if axes is CELL else (positions(at.case), at.row)
    rows = chosen(count, LINES, focus)
    kept = [k for k in rows if k is not None]
    shown = [
        [LEFT] * len(kept) if name in left else _numbers(at, name, axes, kept) for name in columns
    ]
    table = dict(zip(kept, zip(*shown, strict=True), strict=True))
    return tuple(FOLD if k is None else (_name(at, axes, k), *table[k]) for k in rows)


def _table_axes(at: Place, names: Sequence[str]) -> object:
    """What the table has a row for: a class, or a sample; ONE where it has no rows."""
    kinds = [axes_of(at.trace, name) for name in names]
    if CELL in kinds:
        return CELL
    return ROW if ROW in kinds and names[-1] in at.trace and kinds[-1] is ONE else ONE


def _in_table(at: Place, name: str, axes: object) -> bool:
    kind = axes_of(at.trace, name)
    return (kind is axes and axes is not ONE) or (kind is None and axes is CELL)


def _numbers(at: Place, name: str, axes: object, kept: Sequence[int]) -> list[str]:
    rows = at.rows(name)
    if axes is CELL and rows.ndim == 2:
        rows = rows[at.row]
    return column(float(rows[k]) for k in kept)


def _name(at: Place, axes: object, k: int) -> str:
    if axes is CELL:
        return at.name(k)
    return tr("row {number}", number=row_label(at.case, k))


def _title(at: Place, name: str) -> str:
    if name in at.trace:
        return tr(at.trace[name].rule.title)
    return tr(INPUTS[name]) if name in INPUTS else name


def _facts(at: Place, names: Iterable[str], left: frozenset[str]) -> Iterator[str]:
    for name in names:
        if name == "weight" or axes_of(at.trace, name) is CELL:
            continue
        value = LEFT if name in left else figure(at.number(name, at.column))
        yield f"{_title(at, name)}: {value}"


def _of_case(at: Place, heading: str, view: View) -> Card:
    """The case itself: its first rows, each with its target."""
    rows = chosen(positions(at.case), LINES, at.row)
    kept = [k for k in rows if k is not None]
    classes = range(min(at.case.classes, COLUMNS if at.case.soft else COLUMNS - 1))
    table = {k: column(float(at.rows("logits")[k, c]) for c in classes) for k in kept}
    targets = () if at.case.soft else (tr("Target"),)
    lines = tuple(
        ("…",) if k is None else (_name(at, ROW, k), *table[k], *(_target(at, k) for _ in targets))
        for k in rows
    )
    heads = (tr("Logits"), *(at.name(c) for c in classes), *targets)
    return Card(heading, "", heads, lines, (summary(view),))


def _target(at: Place, row: int) -> str:
    return at.name(int(at.case.target.reshape(-1)[row]))
