"""One sample whose class weighs more and more: its mean moves only if labels are smoothed.

The mean divides by the target's weight, which is a factor of the whole loss only while no other
class is asked for.
"""

from ce_core.case import Case
from ce_core.trace import run

LOGITS = (2.0, 1.0, 0.1)
WEIGHTS = (1.0, 5.0, 50.0)


def alone(weight: float, epsilon: float) -> float:
    """The mean loss of one sample of class 0 of three, which weighs this; the others weigh 1."""
    case = Case([LOGITS], [0], [weight, 1.0, 1.0], label_smoothing=epsilon)
    return float(run(case).answer)
