"""Weighted cross-entropy, step by step: NumPy and the standard library alone.

>>> from ce_core import Case, run
>>> trace = run(Case(logits=[[3, 4], [6, 9]], target=[1, 0], weight=[0.4, 0.36]))
>>> round(float(trace.answer), 4)
1.7529
"""

from ce_core.binary import BinaryCase
from ce_core.case import Case
from ce_core.errors import CaseError, Hint
from ce_core.mistakes import Finding, Findings, Mistake, find_mistakes
from ce_core.nll import NLLCase
from ce_core.rule import Axes, Rule
from ce_core.trace import BinaryTrace, Step, Trace, run

__all__ = [
    "Axes",
    "BinaryCase",
    "BinaryTrace",
    "Case",
    "CaseError",
    "Finding",
    "Findings",
    "Hint",
    "Mistake",
    "NLLCase",
    "Rule",
    "Step",
    "Trace",
    "find_mistakes",
    "run",
]
