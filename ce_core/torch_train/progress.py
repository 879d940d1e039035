"""What is told while a plan is trained."""

from collections.abc import Callable
from dataclasses import dataclass

from ce_core.lab import Results


@dataclass(frozen=True)
class Progress:
    """Where training is: `step` of `steps`, `seconds` so far, `left` as far as can be guessed."""

    step: int
    steps: int
    seconds: float
    left: float
    results: Results


Told = Callable[[Progress], bool]
