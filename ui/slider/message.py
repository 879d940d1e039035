"""What the slider in the browser sends, read with care: anything at all may come from there."""

import math
from dataclasses import dataclass

MOST = 2**53  # messages; counted in the browser's numbers


@dataclass(frozen=True)
class Message:
    """A value of the slider.

    Attributes:
        value: from the slider's low to its high.
        n: which message of this slider it is, counted by the browser.
        final: whether the move has ended, so that the link follows.
    """

    value: float
    n: int
    final: bool


def received(sent: object, low: float, high: float, *, whole: bool = False) -> Message | None:
    """The message, its value brought into the limits; None where it is no message."""
    if not isinstance(sent, dict):
        return None
    value, n, final = _number(sent.get("value")), _number(sent.get("n")), sent.get("final")
    if value is None or n is None or not isinstance(final, bool):
        return None
    if not 0 < n < MOST or n != int(n):
        return None
    value = min(max(value, low), high)
    return Message(float(round(value)) if whole else value, int(n), final)


def _number(value: object) -> float | None:
    """A finite number, as the browser writes them; None for anything else."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    if isinstance(value, int) and abs(value) > MOST:
        return None
    return float(value) if math.isfinite(value) else None
