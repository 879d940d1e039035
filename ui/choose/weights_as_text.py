"""A weight as text: four decimals, and four digits where it is small."""

from ui.figures import digits, figure

SMALL = 0.1  # below, four decimals would cut digits off


def weight_text(value: float) -> str:
    """The weight for a table: 4.5556, 0.0001111, 2.439e−5."""
    return digits(value, 4) if 0 < abs(value) < SMALL else figure(value)
