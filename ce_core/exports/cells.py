"""The cells of a notebook that goes through a trace: formula, NumPy and torch, and their check."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from ce_core.arrays import Array
from ce_core.case import Case
from ce_core.errors import CaseError
from ce_core.exports.sources import as_torch, helpers, statements
from ce_core.trace import ANSWERS, Step, Trace
from ce_core.words import words

MOST_NUMBERS = 20_000  # of logits and target, written out; some 400 kB of text

CHECK = '''\
def check(name, by_hand, by_torch):
    """Stop where NumPy and torch differ; else say by how much at most."""
    by_hand = np.asarray(by_hand, dtype=np.float64)
    by_torch = by_torch.detach().double().numpy().reshape(by_hand.shape)
    np.testing.assert_allclose(by_hand, by_torch, rtol=1e-9, atol=1e-12, err_msg=name)
    apart = np.abs(by_hand - by_torch)[np.isfinite(by_hand)].max(initial=0)
    print(f"{name}: NumPy and torch agree, largest difference {apart:.1e}")'''


class Kind(Enum):
    """What a cell holds."""

    TEXT = "markdown"
    CODE = "code"


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook.

    Attributes:
        kind: prose or code.
        text: Markdown with LaTeX between dollar signs, or Python.
    """

    kind: Kind
    text: str


def cells(trace: Trace, names: tuple[str, ...] = (), link: str = "") -> tuple[Cell, ...]:
    """The cells, in order; they run from top to bottom with NumPy and torch alone.

    Args:
        trace: its case's numbers are written out, its rules give the steps.
        names: the classes' names.
        link: the address of the same case on the site, if it is to be named.

    Raises:
        CaseError: more numbers than are written out, or no class at all, which torch refuses.
    """
    case = trace.case
    _writable(case)
    came_from = f"\n\nThe same numbers, to step through: <{link}>" if link else ""
    rules = [step.rule for step in trace]
    made = [
        Cell(Kind.TEXT, f"# Weighted cross-entropy, step by step{came_from}"),
        Cell(Kind.CODE, _imports()),
        Cell(Kind.TEXT, "## The numbers"),
        Cell(Kind.CODE, _inputs(case, names)),
        Cell(Kind.TEXT, "What torch says at once; every step below leads there."),
        Cell(Kind.CODE, _answer(case)),
        Cell(Kind.CODE, "\n\n\n".join(part for part in (CHECK, helpers(rules)) if part)),
        Cell(Kind.CODE, _tensors(case)),
    ]
    known = [*case.inputs]
    for number, step in enumerate(trace, start=1):
        made += [Cell(Kind.TEXT, _says(number, step)), Cell(Kind.CODE, _does(step, known))]
        known.append(step.key)
    end = f'check("F.cross_entropy", {ANSWERS[case.reduction]}, answer)'
    return (*made, Cell(Kind.TEXT, "## The answer"), Cell(Kind.CODE, end))


def _writable(case: Case) -> None:
    size = case.logits.size + case.target.size
    if size > MOST_NUMBERS:
        raise CaseError(
            "logits",
            words("a notebook holds up to {most:,} of them", most=MOST_NUMBERS),
            words("logits and target have {size:,} numbers", size=size),
            words("Take fewer rows, or save the table of all numbers instead."),
        )
    if not case.classes:
        raise CaseError(
            "logits",
            words("torch needs at least one class"),
            words("logits have no class"),
            words("Add a class."),
        )


def _imports() -> str:
    return (
        "import numpy as np\nimport torch\nimport torch.nn.functional as F\n\n"
        'np.seterr(all="ignore")  # overflow gives inf and 0/0 gives nan, as in torch'
    )


def _inputs(case: Case, names: tuple[str, ...]) -> str:
    weight = np.ones(case.classes) if case.weight is None else case.weight
    whole = "" if case.soft else ", dtype=np.int64"
    lines = [
        f"logits = {_array(case.logits)}",
        f"target = {_array(case.target, whole)}",
        f"weight = {_array(weight)}" + ("  # none: each class weighs 1" * (case.weight is None)),
        f"ignore_index = np.array({case.ignore_index})",
        f"label_smoothing = np.array({_number(case.label_smoothing)})",
    ]
    if names:
        lines.append(f"classes = {list(names)!r}")
    return "\n".join(lines)


def _array(array: Array, dtype: str = "") -> str:
    if not array.size:
        return f"np.empty({array.shape}{dtype})"
    rows = _rows(array.tolist(), array.ndim)
    return f"np.array({rows}{dtype or ', dtype=np.float64'})"


def _rows(values: object, depth: int) -> str:
    if not isinstance(values, list):
        return _number(values)
    inner = [_rows(value, depth - 1) for value in values]
    if depth < 2:
        return f"[{', '.join(inner)}]"
    return "[\n    " + ",\n    ".join(part.replace("\n", "\n    ") for part in inner) + ",\n]"


def _number(value: object) -> str:
    text = repr(value)
    return f"np.{text}" if text in ("nan", "inf") else text.replace("-inf", "-np.inf")


def _answer(case: Case) -> str:
    weight = "" if case.weight is None else "    weight=torch.tensor(weight),\n"
    return (
        "answer = F.cross_entropy(\n    torch.tensor(logits),\n    torch.tensor(target),\n"
        f"{weight}    ignore_index=int(ignore_index),\n"
        f"    label_smoothing=float(label_smoothing),\n    reduction={case.reduction!r},\n)\nanswer"
    )


def _tensors(case: Case) -> str:
    lines = []
    if case.single:
        lines.append("logits = logits[None]  # a batch of one")
        lines.append(f"target = target.reshape({'1, -1' if case.soft else '1'})")
    lines += [f"{name}_torch = torch.tensor({name})" for name in case.inputs]
    return "\n".join(lines)


def _says(number: int, step: Step) -> str:
    return f"## {number}. {step.rule.title}\n\n$${step.rule.formula}$$\n\n{step.rule.why}"


def _does(step: Step, known: list[str]) -> str:
    torch_line = f"{step.key}_torch = {as_torch(step.rule.torch, known)}"
    by_hand = statements(step.rule)
    return f'{by_hand}\n{torch_line}\ncheck("{step.key}", {step.key}, {step.key}_torch)\n{step.key}'
