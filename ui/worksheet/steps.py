"""One step on paper: its formula, its numbers to fill in or to read, and one of them worked."""

from dataclasses import dataclass, replace

from ce_core import Step, Trace
from ce_core.rule import CELL, ONE
from ce_core.trace import ANSWERS
from ui.figures import latex
from ui.mistake.spot import Spot, in_numbers
from ui.place import Place, in_words
from ui.words import tr
from ui.words.formulas import formula_words
from ui.worksheet.grids import Grid, row_name, step_grids


@dataclass(frozen=True)
class Work:
    """A step as a worksheet has it, with everything that its key says.

    Attributes:
        key: the step's.
        title: its name.
        formula: LaTeX.
        grids: its numbers.
        where: the row and the class that are worked; "" for a single number.
        worked: the numbers put in, and what comes out, as LaTeX; "" where that says no more.
        sentence: the same in words.
        why: why it is done.
    """

    key: str
    title: str
    formula: str
    grids: tuple[Grid, ...]
    where: str
    worked: str
    sentence: str
    why: str


def case_steps(trace: Trace) -> tuple[str, ...]:
    """The steps from the logits to what torch returns; which rows count, if that is a question."""
    keys = trace.keys[: trace.keys.index(ANSWERS[trace.case.reduction]) + 1]
    all_count = "kept" in trace and bool(trace["kept"].output.all())
    return tuple(key for key in keys if key != "kept" or not all_count)


def work(at: Place, key: str) -> Work:
    """The step of that key, worked at the place."""
    step = at.trace[key]
    return Work(
        key=key,
        title=tr(step.rule.title),
        formula=formula_words(step.rule.formula.partition(r"\quad")[0]),
        grids=step_grids(at.trace, step, at.names),
        where=_where(at, step),
        worked=_worked(at, step),
        sentence=in_words(at, step),
        why=" ".join(tr(step.rule.why).split()),
    )


def _where(at: Place, step: Step) -> str:
    if step.rule.axes is ONE:
        return ""
    row = row_name(at.case, at.row)
    if step.rule.axes is CELL:
        return tr("{row}, class {name}", row=row, name=at.name(at.column))
    return row


def _worked(at: Place, step: Step) -> str:
    counted = step.rule.numbers.replace("{classes}", str(at.case.classes))
    counting = replace(step, rule=replace(step.rule, numbers=counted))
    numbers = in_numbers(Spot(at.trace, at.names, at.row, at.column), counting)
    result = latex(at.number(step.key, at.column))
    return f"{numbers} = {result}" if numbers and numbers != result else ""
