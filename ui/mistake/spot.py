"""One place in a calculation of any loss, and a step's words and formula with its numbers there."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

import numpy as np

from ce_core import BinaryCase, BinaryTrace, Case, Step, Trace
from ce_core.arrays import Array
from ce_core.rule import CELL, ONE, ROW, Axes
from ce_core.trace import as_rows
from ui.figures import figure, latex
from ui.place import row_label
from ui.view import letters
from ui.words import tr
from ui.words.numerals import prose

MOST_TERMS = 4  # of a sum in a formula: a phone has no room for more
CLASS_WORDS = ("class", "class_number")


@dataclass(frozen=True)
class Spot:
    """A row and a class of a trace, which may be a wrong one.

    Attributes:
        trace: the steps.
        names: the classes' names; () for a binary loss.
        row: the target position, or the element.
        column: the class.
    """

    trace: Trace | BinaryTrace
    names: tuple[str, ...]
    row: int
    column: int

    @property
    def case(self) -> Case | BinaryCase:
        """The trace's case."""
        return self.trace.case

    @property
    def row_name(self) -> str:
        """The row as torch indexes it."""
        return tr("row {row}", row=row_label(self.case, self.row))  # type: ignore[arg-type]

    def array(self, name: str) -> tuple[Array, Axes | None]:
        """An input or a step laid out in rows, and its axes; None for a number per class.

        Raises:
            KeyError: the trace has no such thing.
        """
        if name in self.trace:
            step = self.trace[name]
            return step.rows, step.rule.axes
        values = self.case.inputs[name]
        axes = self._axes(name)
        return (values if axes is None else as_rows(values, axes)), axes

    def _axes(self, name: str) -> Axes | None:
        if isinstance(self.case, BinaryCase):
            return ROW
        if name in ("logits", "given") or (name == "target" and self.case.soft):
            return CELL
        return {"target": ROW, "weight": None}.get(name, ONE)

    def number(self, name: str) -> float:
        """An input's or a step's number here."""
        values, axes = self.array(name)
        if axes is CELL:
            return float(values[self.row, self.column])
        if axes is ROW:
            return float(values[self.row])
        return float(values[self.column]) if values.ndim else float(values)

    def terms(self, name: str, makes: Axes) -> list[float]:
        """What a step that makes a number per row, or one, adds up or compares."""
        values, axes = self.array(name)
        if axes is CELL and makes is not ONE:
            values = values[self.row]
        return [float(value) for value in values.reshape(-1)]


def where(step: Step, other: Step, case: Case | BinaryCase) -> tuple[int, int]:
    """The row and class in which two outputs of one step are furthest apart.

    Of a number per class the targets' are looked at first: the others may not matter at all.
    """
    ours, theirs = step.rows, other.rows
    if step.rule.axes is ONE or ours.shape != theirs.shape or not ours.size:
        return 0, target_class(case, 0)
    apart = _apart(ours, theirs)
    if step.rule.axes is not CELL:
        row = int(apart.argmax())
        return row, target_class(case, row)
    targets = _target_classes(case, len(apart))
    wanted = apart[np.arange(len(apart)), targets]
    if wanted.any():
        row = int(wanted.argmax())
        return row, int(targets[row])
    row, column = divmod(int(apart.argmax()), apart.shape[1])
    return row, column


def _apart(ours: Array, theirs: Array) -> Array:
    """How far apart: 0 for equals but for rounding, inf where only one is finite."""
    same = np.isclose(ours, theirs, rtol=1e-12, atol=0, equal_nan=True)
    with np.errstate(all="ignore"):
        apart = np.abs(np.asarray(ours, dtype=np.float64) - theirs)
    made: Array = np.where(same, 0.0, np.where(np.isfinite(apart), apart, np.inf))
    return made


def _target_classes(case: Case | BinaryCase, rows: int) -> Array:
    """The class of every row's target, as `target_class` gives one."""
    if isinstance(case, BinaryCase) or not case.classes:
        return np.zeros(rows, dtype=np.int64)
    if case.soft:
        wanted: Array = np.nan_to_num(as_rows(case.inputs["target"], CELL)).argmax(axis=1)
        return wanted
    targets = case.target.reshape(-1)
    return np.where((targets >= 0) & (targets < case.classes), targets, 0)


def target_class(case: Case | BinaryCase, row: int) -> int:
    """The class of a row's target; the likeliest one of class probabilities."""
    if isinstance(case, BinaryCase) or not case.target.size or not case.classes:
        return 0
    if case.soft:
        return int(np.argmax(np.nan_to_num(as_rows(case.inputs["target"], CELL)[row])))
    target = int(case.target.reshape(-1)[row])
    return target if 0 <= target < case.classes else 0


def spot(trace: Trace | BinaryTrace, names: tuple[str, ...], at: tuple[int, int]) -> Spot:
    """A place in a trace; classes without names are letters."""
    case = trace.case
    if isinstance(case, BinaryCase):
        return Spot(trace, (), *at)
    fitting = names if len(names) == case.classes else letters(case.classes)
    return Spot(trace, fitting, *at)


def sentence(at: Spot, step: Step, template: str = "") -> str:
    """What the step did here, in the rule's words or others; its why where there is no number."""
    try:
        return "".join(_words(at, tr(template or step.rule.sentence)))
    except (KeyError, IndexError):  # no row, or a field that this kind of case has not
        return prose(step.rule.why)


def _words(at: Spot, template: str) -> Iterator[str]:
    for literal, field, spec, _ in Formatter().parse(template):
        yield literal
        if field is None:
            continue
        if field == "row":
            yield at.row_name.capitalize() if spec == "C" else at.row_name
        elif field in CLASS_WORDS:
            yield at.names[at.column]
        elif field == "classes":
            yield str(len(at.names))
        elif field == "kept":
            yield tr("it counts") if at.number(field) else tr("it does not count")
        else:
            yield figure(at.number(field))


def in_numbers(at: Spot, step: Step) -> str:
    """The formula's right side with numbers put in, as LaTeX; "" where that says no more."""
    try:
        return "".join(_numbers(at, step))
    except (KeyError, IndexError):
        return ""


def _numbers(at: Spot, step: Step) -> Iterator[str]:
    for literal, field, spec, _ in Formatter().parse(step.rule.numbers):
        yield literal
        if field is None:
            continue
        if field in ("row_number", "class_number"):
            yield str(at.row if field == "row_number" else at.column)
        elif spec in ("+", ","):
            yield _many(at.terms(field, step.rule.axes), spec)
        else:
            number = at.number(field)
            alone = not literal or literal.endswith(("(", "{", "[", ","))
            yield rf"({latex(number)})" if number < 0 and not alone else latex(number)


def _many(values: list[float], spec: str) -> str:
    shown = [latex(value) for value in values[:MOST_TERMS]]
    if len(values) > MOST_TERMS:
        shown[-1] = r"\dots"
        shown.append(latex(values[-1]))
    if spec == ",":
        return r",\ ".join(shown)
    return " + ".join(rf"({text})" if text.startswith("-") else text for text in shown) or "0"
