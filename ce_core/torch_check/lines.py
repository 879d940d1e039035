"""The Python that a check runs, as lines: what is shown is what is run."""

import re
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - the name that torch's users know

from ce_core.arrays import Array
from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.nll import NLLCase
from ce_core.trace import ANSWERS, BinaryTrace, Trace

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
        code = _compiled(self.expression, self.name)
        value: torch.Tensor = eval(code, names)  # noqa: S307 - our own constants, see above
        return value


@lru_cache(maxsize=256)  # there are fewer lines; those of an answer differ by its options
def _compiled(expression: str, name: str) -> CodeType:
    return compile(expression, name, "eval")


def inputs(case: Case | BinaryCase, device: str, dtype: torch.dtype) -> Names:
    """What the lines read: torch, F, and the case's arguments with their own shapes."""

    def floating(array: Array) -> torch.Tensor:
        return torch.tensor(array, dtype=dtype, device=device)

    names: Names = {"torch": torch, "F": F}
    if isinstance(case, BinaryCase):
        return names | {name: floating(array) for name, array in case.inputs.items()}
    weight = np.ones(case.classes) if case.weight is None else case.weight
    return names | {
        first(case): floating(case.logits),
        "target": floating(case.target) if case.soft else torch.tensor(case.target, device=device),
        "weight": floating(weight),
        "ignore_index": case.ignore_index,
        "label_smoothing": floating(np.asarray(case.label_smoothing)),
    }


def first(case: Case | BinaryCase) -> str:
    """The name of the first argument: logits, or given where those are probabilities already."""
    if isinstance(case, BinaryCase):
        return "logits" if case.holds == "logits" else "given"
    return "given" if isinstance(case, NLLCase) else "logits"


def batch(case: Case | BinaryCase) -> tuple[Line, ...]:
    """Makes (C,) logits a batch of one, since the steps are written for (N, C)."""
    if isinstance(case, BinaryCase) or not case.single:
        return ()
    logits = Line(first(case), f"{first(case)}.unsqueeze(0)")
    bare = case.soft or case.target.ndim == 0
    return (logits, Line("target", "target.unsqueeze(0)")) if bare else (logits,)


def steps(trace: Trace | BinaryTrace) -> tuple[Line, ...]:
    """One line for each step of the trace."""
    return tuple(Line(step.key, step.rule.torch) for step in trace)


def function_of(case: Case | BinaryCase) -> str:
    """The function of torch that answers the case."""
    if isinstance(case, BinaryCase):
        ending = "_with_logits" if case.holds == "logits" else ""
        return f"F.binary_cross_entropy{ending}"
    return "F.nll_loss" if isinstance(case, NLLCase) else "F.cross_entropy"


def answer(case: Case | BinaryCase) -> Line:
    """The function itself, on the tensors with the shapes they came in."""
    undone = {line.name for line in batch(case)}
    given, target = (f"{name}[0]" if name in undone else name for name in (first(case), "target"))
    weight = "" if case.weight is None else "weight=weight, "
    reduction = f"reduction={case.reduction!r}"
    if isinstance(case, BinaryCase):
        weight += "" if case.pos_weight is None else "pos_weight=pos_weight, "
        options = f"{weight}{reduction}"
    elif isinstance(case, NLLCase):
        given += ".log()" if case.holds == "probs" else ""
        options = f"{weight}ignore_index=ignore_index, {reduction}"
    else:
        smoothing = "label_smoothing=float(label_smoothing)"
        options = f"{weight}ignore_index=ignore_index, {smoothing}, {reduction}"
    return Line(ANSWER, f"{function_of(case)}({given}, {target}, {options})")


def script(trace: Trace | BinaryTrace, device: str = "cpu", dtype: str = "float64") -> str:
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
            *tensors(case),
            *made_batch,
            "",
            *(
                f"# torch refuses: {line}" if line.name in refused else str(line)
                for line in steps(trace)
            ),
            "",
            str(answer(case)),
            *([] if by_hand in refused else [f'print("step by step:   ", {by_hand})']),
            f'print("{function_of(case)}: ", {ANSWER})',
            "",
        ]
    )


def _refused(trace: Trace | BinaryTrace) -> set[str]:
    """The lines that torch cannot run because there is no class; what it says is in the check."""
    refused: set[str] = set()
    if isinstance(trace.case, BinaryCase) or trace.case.classes:
        return refused
    names = inputs(trace.case, "cpu", torch.float64)
    for line in (*batch(trace.case), *steps(trace)):
        try:
            names[line.name] = line.run(names)
        except (RuntimeError, IndexError, ValueError, NameError):
            refused.add(line.name)
    return refused


def tensors(case: Case | BinaryCase) -> list[str]:
    """The lines that make the inputs."""
    floating = "dtype=dtype, device=device"
    if isinstance(case, BinaryCase):
        whole = 2 * case.given.size <= LITERALS
        return [_tensor(name, array, floating, whole=whole) for name, array in case.inputs.items()]
    whole = case.logits.size + case.target.size <= LITERALS
    weight = (
        f"weight = torch.ones({case.classes}, {floating})  # no weights: each class weighs 1"
        if case.weight is None
        else _tensor("weight", case.weight, floating, whole=whole)
    )
    target = floating if case.soft else "dtype=torch.int64, device=device"
    smoothing = _tensor("label_smoothing", np.asarray(case.label_smoothing), floating, whole=whole)
    return [
        _tensor(first(case), case.logits, floating, whole=whole),
        _tensor("target", case.target, target, whole=whole),
        weight,
        f"ignore_index = {case.ignore_index}",
        *([] if isinstance(case, NLLCase) else [smoothing]),
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
