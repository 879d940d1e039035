"""A class that weighs nothing beside a class that is ignored: alike, until something is smoothed.

Both rows cost 0 and add 0 to the mean's denominator. But a row of weight 0 keeps its share of the
smoothing, at the other classes' weights, and 0 times an infinite cost is nan.
"""

from dataclasses import dataclass

import numpy as np

from ce_core.case import Case
from ce_core.trace import Trace, run
from ce_core.words import Words, words

BACKGROUND = 2  # a class
ROW = 2  # the row whose target it is
CASE = Case([[1.8, 0.3, 0.6], [0.2, 1.4, 0.9], [0.7, 0.1, 2.0]], [0, 1, BACKGROUND], [1, 2, 1])
SMOOTHED = 0.1


@dataclass(frozen=True, eq=False)
class Silenced:
    """One batch, its background silenced in two ways.

    Attributes:
        title: what was changed in the batch.
        weightless: the trace with a weight of 0 for the background.
        ignored: the trace with `ignore_index` at the background.
    """

    title: Words
    weightless: Trace
    ignored: Trace


def silenced() -> tuple[Silenced, ...]:
    """The batch as it is, smoothed, and with the background's logit at minus infinity."""
    forbidden = CASE.logits.copy()
    forbidden[ROW, BACKGROUND] = -np.inf
    return (
        _both(words("as they are"), CASE),
        _both(
            words("label smoothing {part}", part=SMOOTHED), CASE.replace(label_smoothing=SMOOTHED)
        ),
        _both(words("the background's logit −∞ in its row"), CASE.replace(logits=forbidden)),
    )


def _both(title: Words, case: Case) -> Silenced:
    weight = case.inputs["weight"].copy()
    weight[BACKGROUND] = 0
    weightless = run(case.replace(weight=weight))
    return Silenced(title, weightless, run(case.replace(ignore_index=BACKGROUND)))
