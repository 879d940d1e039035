"""A rule is one step of the calculation, told four ways at once: formula, NumPy, torch, words."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from ce_core.arrays import Array


class Axes(Enum):
    """What there is one number of in a rule's output; "row" is a target position.

    For logits (N, C, d1, ..) an output with one number per class and row has that shape, one
    with a number per row has shape (N, d1, ..), and a single number has shape ().
    """

    CELL = "one number per class and row"
    ROW = "one number per row"
    ONE = "one number"


CELL, ROW, ONE = Axes.CELL, Axes.ROW, Axes.ONE

Function = Callable[..., Array]


@dataclass(frozen=True)
class Rule:
    """One step: `function` computes it, the rest says it.

    Attributes:
        key: the step's name in links, code and tables: the function's name.
        title: the step's name on the screen.
        formula: LaTeX for row i and class c.
        torch: the expression that gives the same array from the inputs and the earlier steps.
        axes: what there is one number of.
        numbers: the formula's right side as a template; each field is an input or an earlier
            step, `{exps:+}` is a sum over it and `{logits:,}` a list of it.
        sentence: what happened to row i and class c, as a template with the same fields.
        why: why the step is done, or what to notice.
        reads: the inputs and earlier steps it takes, in order.
    """

    key: str
    title: str
    formula: str
    torch: str
    axes: Axes
    numbers: str
    sentence: str
    why: str
    reads: tuple[str, ...]
    function: Function = field(repr=False)


def rule(
    title: str, formula: str, torch: str, axes: Axes, *, numbers: str, sentence: str
) -> Callable[[Function], Rule]:
    """Make a rule of a NumPy function: its name is the key, its parameters what it reads."""

    def make(function: Function) -> Rule:
        return Rule(
            key=function.__name__,
            title=title,
            formula=formula,
            torch=torch,
            axes=axes,
            numbers=numbers,
            sentence=sentence,
            why=" ".join((function.__doc__ or "").split()),
            reads=tuple(inspect.signature(function).parameters),
            function=function,
        )

    return make
