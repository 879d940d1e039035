"""What the loss does to the logits: the gradient taken apart, measured, walked down, weighed.

>>> from ce_core import Case, run
>>> from ce_core.descent import pulls
>>> trace = pulls(run(Case(logits=[[3, 4], [6, 9]], target=[1, 0], weight=[0.4, 0.36])))
>>> [round(float(share), 4) for share in trace["factor"].rows]
[0.4737, 0.5263]
"""

from ce_core.descent.alone import Part, alone
from ce_core.descent.nudge import SIZES, Nudge, nudges
from ce_core.descent.pulls import pulls
from ce_core.descent.trail import MOST_STEPS, Trail, descend
from ce_core.descent.weighing import Effect, effects, heavier

__all__ = [
    "MOST_STEPS",
    "SIZES",
    "Effect",
    "Nudge",
    "Part",
    "Trail",
    "alone",
    "descend",
    "effects",
    "heavier",
    "nudges",
    "pulls",
]
