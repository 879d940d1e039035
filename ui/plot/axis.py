"""An axis: its title, its limits, and ticks at round numbers."""

import math
from dataclasses import dataclass

from ui.figures import MINUS
from ui.words.speaking import COMMA, tongue

FAR = 1e6  # percent; a mark that far outside is as good as at infinity
WIDEST = 1e300  # limits further apart cannot be subtracted
CLOSEST = 1e-12  # of the limits: closer ones differ by rounding, and no tick fits between them
TINIEST = 1e-300
PLAIN = (1e-4, 1e6)  # steps between which a tick is written without a power of ten

Ticks = tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Axis:
    """A title, two limits, and ticks.

    Attributes:
        title: what is measured, with its unit.
        low: the value at the left or at the bottom.
        high: the value at the right or at the top.
        ticks: (value, text) pairs; None chooses round numbers.
    """

    title: str
    low: float
    high: float
    ticks: Ticks | None = None

    @property
    def limits(self) -> tuple[float, float]:
        """Two finite limits, the first below the second, whatever was given."""
        low, high = float(self.low), float(self.high)
        if not (math.isfinite(low) and math.isfinite(high)):
            return 0.0, 1.0
        low, high = sorted(min(max(end, -WIDEST), WIDEST) for end in (low, high))
        apart = high - low > max(CLOSEST * max(-low, high), TINIEST)
        return (low, high) if apart else (low - 0.5, high + 0.5 + abs(high) * 1e-9)

    def place(self, value: float) -> float:
        """Where a value stands, in percent from low to high; far outside it is cut off."""
        low, high = self.limits
        percent = 100 * (float(value) / (high - low) - low / (high - low))
        return percent if math.isnan(percent) else min(max(percent, -FAR), FAR)

    def holds(self, value: float) -> bool:
        """Whether the value lies within the limits, a rounding aside."""
        return -1e-6 <= self.place(value) <= 100 + 1e-6

    def marked(self, most: int = 6) -> Ticks:
        """The ticks to draw: those given that lie within, or round ones, at most so many."""
        if self.ticks is None:
            return nice(*self.limits, most)
        return tuple((value, text) for value, text in self.ticks if self.holds(value))


def nice(low: float, high: float, most: int = 6) -> Ticks:
    """Ticks at multiples of 1, 2 or 5 times a power of ten, at most so many."""
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    for lead in (1, 2, 5, 10, 20):
        step = lead * power
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < most:
            break
    return tuple((k * step, _written(k * step, step)) for k in range(first, last + 1))


def _written(value: float, step: float) -> str:
    if PLAIN[0] <= step and abs(value) < PLAIN[1]:
        places = max(0, -math.floor(math.log10(step) + 1e-9))
        text = f"{value:,.{places}f}".replace(",", "\u202f")
    else:
        mantissa, _, exponent = f"{value:.6g}".partition("e")
        text = f"{mantissa}e{int(exponent)}" if exponent else mantissa
    text = (text if float(value) else "0").replace("-", MINUS)
    return text.replace(".", ",") if tongue().decimal == COMMA else text
