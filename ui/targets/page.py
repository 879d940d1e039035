"""The parts of the targets' page."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.parts import open_part
from ui.targets.layouts import axes
from ui.targets.leaving import leaving
from ui.targets.painting import painting
from ui.targets.smoothing import smoothing
from ui.targets.table import style
from ui.targets.weighing import weighing
from ui.targets.writing import writing
from ui.view import View
from ui.words import words


@dataclass(frozen=True)
class Part:
    """A part of the page: its key in links, its name, and what draws it."""

    key: str
    title: str
    draw: Callable[[View], None]


PARTS = (
    Part("smoothing", words("Smoothing"), smoothing),
    Part("weights", words("Smoothing and weights"), weighing),
    Part("kinds", words("Numbers or probabilities"), writing),
    Part("ignored", words("Ignored rows"), leaving),
    Part("pixels", words("Pixels"), painting),
    Part("axes", words("Axes"), axes),
)
TITLES = {part.key: part.title for part in PARTS}


def parts(view: View) -> None:
    """The choice of a part, and that part."""
    style()
    chosen = open_part(view, TITLES)
    next(part for part in PARTS if part.key == chosen).draw(view)
