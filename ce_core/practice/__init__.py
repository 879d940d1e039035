"""Practice: endless exercises, each number checked from the person's own earlier numbers.

>>> from ce_core.practice import TOPICS, blanks, item
>>> exercise = item(7, "weighted_mean")
>>> blanks(exercise, "watch")
()
"""

from ce_core.practice.codes import read_code, write_code
from ce_core.practice.fading import blanks
from ce_core.practice.hinting import RUNGS, hint
from ce_core.practice.items import SEEDS, Item, item
from ce_core.practice.judging import Judgement, judge, tolerance
from ce_core.practice.reading import Reading, read
from ce_core.practice.reports import MARKS, CodeError, Report
from ce_core.practice.topics import MODES, TOPICS, Topic

__all__ = [
    "MARKS",
    "MODES",
    "RUNGS",
    "SEEDS",
    "TOPICS",
    "CodeError",
    "Item",
    "Judgement",
    "Reading",
    "Report",
    "Topic",
    "blanks",
    "hint",
    "item",
    "judge",
    "read",
    "read_code",
    "tolerance",
    "write_code",
]
