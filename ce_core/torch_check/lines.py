"""The Python that a check runs, as lines: what is shown is what is run."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.trace import ANSWERS, Trace

LITERALS = 2_000  # more numbers than this are not read by anyone, so a placeholder stands there
SHORT = 100  # an array of up to this many is written out all the same

ANSWER = "answer"

Names = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One assignment: `name = expression`."""

    name: str
    expression: str

    def __str__(self) -> str:
        return f"{self.name} = {self.expression}"

    @property
    def reads(self) -> frozenset[str]:
        """The words of the expression, and so all names that it may read."""
        return frozenset(re.findall(r"\w+", self.expression))

    def run(self, names: Names) -> torch.Tensor:
        """The expression's value, given the values of earlier names.

        The text is a constant of this package (a rule's torch text, or a line written below);
        nothing that a person typed ever gets here.
        """
        code = compile(self.expression, self.name, "eval")
        value: torch.Tensor = eval(code, names)  # noqa: S307 - our own constants, see above
        return value


def inputs(case: Case, device: str, dtype: torch.dtype) -> Names:
    """What the lines read: torch, F, and the case's arguments with their own shapes."""
    weight = np.ones(case.classes) if case.weight is None else case.weight

    def floating(array: Array) -> torch.Tensor:
        return torch.tensor(array, dtype=dtype, device=device)

    return {
        "torch": torch,
        "F": F,
        "logits": floating(case.logits),
        "target": floating(case.target) if case.soft else torch.tensor(case.target, device=device),
        "weight": floating(weight),
        "ignore_index": case.ignore_index,
        "label_smoothing": floating(np.asarray(case.label_smoothing)),
    }


def batch(case: Case) -> tuple[Line, ...]:
    """Makes (C,) logits a batch of one, since the steps are written for (N, C)."""
    if not case.single:
        return ()
    logits = Line("logits", "logits.unsqueeze(0)")
    bare = case.soft or case.target.ndim == 0
    return (logits, Line("target", "target.unsqueeze(0)")) if bare else (logits,)


def steps(trace: Trace) -> tuple[Line, ...]:
    """One line for each step of the trace."""
    return tuple(Line(step.key, step.rule.torch) for step in trace)


def answer(case: Case) -> Line:
    """`F.cross_entropy` itself, on the tensors with the shapes they came in."""
    undone = {line.name for line in batch(case)}
    logits, target = (f"{name}[0]" if name in undone else name for name in ("logits", "target"))
    weight = "" if case.weight is None else "weight=weight, "
    return Line(
        ANSWER,
        f"F.cross_entropy({logits}, {target}, {weight}ignore_index=ignore_index, "
        f"label_smoothing=float(label_smoothing), reduction={case.reduction!r})",
    )


def script(trace: Trace, device: str = "cpu", dtype: str = "float64") -> str:
    """The Python that `check` runs, complete, to copy and run elsewhere.

    Args:
        trace: its rules give the lines, its case the numbers.
        device: a torch device's name.
        dtype: one of `DTYPES`.

    Returns:
        The text. Cases of more than 2,000 numbers have a placeholder, with the shape, for each
        large tensor.
    """
    case = trace.case
    made_batch = [f"{line}  # a batch of one" for line in batch(case)]
    refused = _refused(trace)
    by_hand = ANSWERS[case.reduction]
    return "\n".join(
        [
            "import torch",
            "import torch.nn.functional as F",
            "",
            f'device, dtype = "{device}", torch.{dtype}',
            *_tensors(case),
            *made_batch,
            "",
            *(
                f"# torch refuses: {line}" if line.name in refused else str(line)
                for line in steps(trace)
            ),
            "",
            str(answer(case)),
            *([] if by_hand in refused else [f'print("step by step:   ", {by_hand})']),
            f'print("F.cross_entropy: ", {ANSWER})',
            "",
        ]
    )


def _refused(trace: Trace) -> set[str]:
    """The lines that torch cannot run because there is no class; what it says is in the check."""
    refused: set[str] = set()
    if trace.case.classes:
        return refused
    names = inputs(trace.case, "cpu", torch.float64)
    for line in (*batch(trace.case), *steps(trace)):
        try:
            names[line.name] = line.run(names)
        except (RuntimeError, IndexError, ValueError, NameError):
            refused.add(line.name)
    return refused


def _tensors(case: Case) -> list[str]:
    """The lines that make the inputs."""
    whole = case.logits.size + case.target.size <= LITERALS
    floating = "dtype=dtype, device=device"
    weight = (
        f"weight = torch.ones({case.classes}, {floating})  # no weights: each class weighs 1"
        if case.weight is None
        else _tensor("weight", case.weight, floating, whole=whole)
    )
    target = floating if case.soft else "dtype=torch.int64, device=device"
    return [
        _tensor("logits", case.logits, floating, whole=whole),
        _tensor("target", case.target, target, whole=whole),
        weight,
        f"ignore_index = {case.ignore_index}",
        _tensor("label_smoothing", np.asarray(case.label_smoothing), floating, whole=whole),
    ]


def _tensor(name: str, array: Array, made: str, *, whole: bool) -> str:
    if not array.size:
        return f"{name} = torch.empty({array.shape}, {made})"
    if whole or array.size <= SHORT:
        return f"{name} = torch.tensor({_literal(array.tolist())}, {made})"
    return f"{name} = ...  # your {array.shape} tensor, {made}"


def _literal(values: Any) -> str:  # noqa: ANN401 - what tolist() gives
    """The nested lists as Python text, with torch's names for what has no literal."""
    if isinstance(values, list):
        return f"[{', '.join(map(_literal, values))}]"
    text = repr(values)
    return text.replace("nan", "torch.nan").replace("inf", "torch.inf")
