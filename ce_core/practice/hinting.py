"""A hint has four rungs: the rule, the formula, the numbers put in, the value."""

from collections.abc import Mapping
from string import Formatter

from ce_core.practice.cells import Cell, cells
from ce_core.practice.cells import cell as cell_of
from ce_core.practice.following import read_by
from ce_core.practice.items import Item
from ce_core.practice.judging import Marking, marking
from ce_core.practice.precision import same
from ce_core.practice.wording import figure, latex
from ce_core.rule import CELL, Rule
from ce_core.words import Words, joined, told, words

RUNGS = 4
EMPTY = r"\square"  # a cell that is still to be filled
IS_TARGET = r"[\,c = y_i\,]"
SAYS_IS_TARGET = (
    r"[\,c = y_i\,] = 1 \text{ where class } c \text{ is the target, else } 0"  # Iverson's bracket
)
SAYS_COUNTS = r"k_i = 0 \text{ where the target is ignore\_index, else } 1"


def hint(item: Item, typed: Mapping[str, str], cell: str, rung: int) -> str:
    """One rung of the ladder.

    Args:
        item: the exercise.
        typed: as for `judge`; their own numbers are put in, and a box where a text is "".
        cell: the id of the cell that is asked about.
        rung: 1 says the rule in words, 2 is its formula and 3 that with the numbers, both LaTeX; 4
            says the value, and what it comes to from their own numbers if that differs. In a row
            that is ignored, 1 to 3 say that instead.

    Raises:
        ValueError: the exercise has no such cell, or the ladder no such rung.
    """
    at = cell_of(item.trace, cell)
    rule = item.trace[at.key].rule
    theirs = marking(item, tuple(sorted(typed.items())))
    ignored = _is_ignored(item, at)
    if rung == 1:
        says = _takes_no_part(item, at) if ignored else told(rule.why)
        return words("{title}. {says}", title=told(rule.title), says=says)
    if rung == 2:
        return (
            _two_lines(item.trace["kept"].rule.formula, SAYS_COUNTS) if ignored else _formula(rule)
        )
    if rung == 3:
        return _with_numbers(theirs, at, rule)
    if rung == RUNGS:
        return _value(theirs, at)
    raise ValueError(f"rung is {rung}, must be 1 to {RUNGS}")


def _is_ignored(item: Item, cell: Cell) -> bool:
    """Whether the cell is 0 since its row is ignored; up to the log-softmax all rows are alike."""
    keys = item.trace.keys
    if cell.row is None or "kept" not in keys or keys.index(cell.key) <= keys.index("kept"):
        return False
    return not item.trace["kept"].output[cell.row]


def _takes_no_part(item: Item, cell: Cell) -> Words:
    return words(
        "Row {row} is ignored, because its target, {ignored}, equals ignore_index: it takes "
        "no part, whatever its logits are.",
        row=cell.row,
        ignored=figure(item.case.ignore_index),
    )


def _formula(rule: Rule) -> str:
    """The rule's formula, and what the bracket in it means."""
    return _two_lines(rule.formula, SAYS_IS_TARGET) if IS_TARGET in rule.formula else rule.formula


def _two_lines(first: str, second: str) -> str:
    return rf"\begin{{array}}{{l}} {first} \\ {second} \end{{array}}"


def _value(theirs: Marking, cell: Cell) -> Words:
    value = cell.of(theirs.item.trace)
    says = words("It is {value}.", value=figure(value))
    own = [result.value for result in theirs.own.results(cell)]
    if any(same(result, value) for result in own):
        return says
    theirs_is = words("From your own earlier numbers it comes to {value}.", value=figure(own[0]))
    return joined([says, theirs_is])


def _with_numbers(theirs: Marking, cell: Cell, rule: Rule) -> str:
    """The formula's right side with numbers in the places of the letters."""
    case, row = theirs.item.case, cell.row
    if _is_ignored(theirs.item, cell):
        return rf"y_{{{row}}} = {case.ignore_index} = \text{{ignore\_index}}"
    text = ""
    for literal, field, spec, _ in Formatter().parse(rule.numbers):
        text += literal
        if field is not None:
            text += _filled(theirs, cell, field, spec or "", text)
    return text


def _filled(theirs: Marking, cell: Cell, field: str, spec: str, before: str) -> str:
    """One field: a number, or all that are added (+) or listed (,)."""
    item = theirs.item
    words = {"row_number": cell.row, "class_number": cell.column, "classes": item.case.classes}
    if field in words:
        return str(words[field])
    parts = [_text(theirs, one) for one in _places(theirs, cell, field, spec)]
    if spec == "+":
        return " + ".join([parts[0], *(_bracketed(part) for part in parts[1:])])
    if spec == ",":
        return ", ".join(parts)
    after_sign = before.rstrip().endswith(("-", "+", r"\cdot"))
    return _bracketed(parts[0]) if after_sign else parts[0]


def _places(theirs: Marking, cell: Cell, field: str, spec: str) -> list[Cell]:
    """The cells that a field stands for; those of an input are cells of it, too."""
    trace = theirs.item.trace
    if field in trace:
        rules = {step.key: step.rule for step in trace}
        if spec:
            return [one for one in read_by(cell, rules, trace) if one.key == field]
        axes = rules[field].axes
        column = cell.column if axes is CELL else None
        return [
            one for one in cells(trace, field) if one == Cell(field, _row_of(one, cell), column)
        ]
    shape = theirs.item.case.inputs[field].shape
    if len(shape) == 2:
        columns = range(shape[1]) if spec else (cell.column,)
        return [Cell(field, cell.row, column) for column in columns]
    if field == "weight":
        return [Cell(field, None, cell.column)]
    return [Cell(field, cell.row if shape else None)]


def _row_of(one: Cell, cell: Cell) -> int | None:
    return None if one.row is None else cell.row


def _text(theirs: Marking, cell: Cell) -> str:
    """A cell's number as they typed it, as it is given, or an empty box."""
    trace = theirs.item.trace
    if cell.key not in trace:
        return latex(cell.at(theirs.item.case.inputs[cell.key]))
    if cell not in theirs.readings:
        return latex(cell.of(trace))
    value = theirs.readings[cell].value
    return EMPTY if value is None else latex(value)


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text
