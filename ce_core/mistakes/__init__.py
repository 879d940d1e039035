"""Mistakes people make with cross-entropy, and which of them gives a person's number.

>>> from ce_core import Case, find_mistakes
>>> case = Case([[3, 4], [6, 9]], [1, 0], [0.4, 0.36])
>>> find_mistakes(case, "0.6662")[0].title
'Divided by the number of samples'
>>> find_mistakes(case, "1.7529").right
True
"""

from ce_core.mistakes.answer import Answer, read_answer
from ce_core.mistakes.catalogue import MISTAKES, mistake
from ce_core.mistakes.find import find_mistakes
from ce_core.mistakes.finding import Finding, Findings
from ce_core.mistakes.hidden import Hidden
from ce_core.mistakes.record import Mistake, Question, Slot, Way, first_difference
from ce_core.mistakes.reductions import BY_HAND, DIVIDED_BY_BATCH_SIZE, by_count

__all__ = [
    "BY_HAND",
    "DIVIDED_BY_BATCH_SIZE",
    "MISTAKES",
    "Answer",
    "Finding",
    "Findings",
    "Hidden",
    "Mistake",
    "Question",
    "Slot",
    "Way",
    "by_count",
    "find_mistakes",
    "first_difference",
    "mistake",
    "read_answer",
]
