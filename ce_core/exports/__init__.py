"""A trace to take along: as a notebook, as a program, and as a table of all its numbers.

>>> from ce_core import Case, run
>>> from ce_core.exports import program
>>> trace = run(Case(logits=[[3, 4], [6, 9]], target=[1, 0], weight=[0.4, 0.36]))
>>> "mean_loss = sum_loss / denominator" in program(trace)
True

What is written needs NumPy and torch to run, and nothing of this package.
"""

from ce_core.exports.cells import MOST_NUMBERS, Cell, cells
from ce_core.exports.notebook import notebook
from ce_core.exports.program import program
from ce_core.exports.table import table

__all__ = ["MOST_NUMBERS", "Cell", "cells", "notebook", "program", "table"]
