"""Weighted cross-entropy, step by step: NumPy and the standard library alone.

>>> from ce_core import Case, run
>>> trace = run(Case(logits=[[3, 4], [6, 9]], target=[1, 0], weight=[0.4, 0.36]))
>>> round(float(trace.answer), 4)
1.7529
"""

from ce_core.case import Case
from ce_core.errors import CaseError, Hint
from ce_core.rule import Axes, Rule
from ce_core.trace import Step, Trace, run

__all__ = ["Axes", "Case", "CaseError", "Hint", "Rule", "Step", "Trace", "run"]
