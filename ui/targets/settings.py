"""What a person sets on the targets' page, and how a link says it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ce_core.targets.scene import IGNORED, LETTERS, SCENE
from ce_core.targets.versions import WAYS
from ce_core.words import words
from ui.notation import NotationError, read_number, write_number
from ui.parameter import Parameter, choice, count, number, setting

if TYPE_CHECKING:
    from ui.view import View

HEAVIEST = 1e6  # a weight that can be set here
MOST_RATIO = 200.0
MOST_IGNORED = 20  # rows that can be left out here
RUN = re.compile(rf"(\d{{0,3}})([{LETTERS}{IGNORED}])")


@dataclass(frozen=True)
class Painting:
    """What is set on the targets' page.

    Attributes:
        way: which other way of smoothing stands beside torch's, as a place in `WAYS`.
        ratio: how much heavier the other class is in the example of smoothing with weights.
        epsilon: the smoothing of that example.
        ignored: rows of the case that are left out for a look.
        mask: the picture's target, a letter per pixel.
        brush: the letter that is painted with.
        pixel_weight: the weights of the picture's three classes.
    """

    way: int = 0
    ratio: float = 99.0
    epsilon: float = 0.1
    ignored: tuple[int, ...] = ()
    mask: str = SCENE
    brush: str = LETTERS[-1]
    pixel_weight: tuple[float, ...] = (1.0,) * len(LETTERS)


def write_mask(mask: str) -> str:
    """Runs of a letter as their length and the letter: "AAAAAB" is "5AB"."""
    runs = re.finditer(r"(.)\1*", mask)
    return "".join((str(len(run[0])) if len(run[0]) > 1 else "") + run[1] for run in runs)


def read_mask(text: str) -> str:
    """The mask of so many runs.

    Raises:
        NotationError: it is not made of lengths and letters, or not of the picture's size.
    """
    if not re.fullmatch(rf"(?:{RUN.pattern})+", text) or len(text) > 2 * len(SCENE):
        raise NotationError(words("it must be lengths and letters, as in 36A12B"))
    mask = "".join(run[2] * int(run[1] or 1) for run in RUN.finditer(text))
    if len(mask) != len(SCENE):
        size = {"count": len(mask), "whole": len(SCENE)}
        raise NotationError(
            words("it is {count:,} pixels long, and the picture has {whole}", **size)
        )
    return mask


def is_mask(mask: object) -> bool:
    """Whether this is a mask of the picture's size."""
    return isinstance(mask, str) and len(mask) == len(SCENE) and set(mask) <= {*LETTERS, IGNORED}


def read_weights(text: str) -> tuple[float, ...]:
    """The weights of the picture's classes."""
    values = tuple(map(read_number, text.split(",")))
    if len(values) != len(LETTERS) or not all(0 <= value <= HEAVIEST for value in values):
        raise NotationError(
            words(
                "it must be {count} numbers from 0 to {most:,.0f} with commas between them",
                count=len(LETTERS),
                most=HEAVIEST,
            )
        )
    return values


def write_weights(values: tuple[float, ...]) -> str:
    """The weights with commas between them."""
    return ",".join(map(write_number, values))


def left_out(view: "View") -> tuple[int, ...]:
    """The rows left out for a look that the case has."""
    rows = view.case.target.size if not view.case.soft else 0
    return tuple(row for row in view.painting.ignored if row < rows)


def _write_ignored(view: "View") -> str | None:
    return ",".join(map(str, left_out(view))) or None


def _take_ignored(view: "View", text: str) -> "View":
    rows = min(view.case.target.size if not view.case.soft else 0, MOST_IGNORED)
    names = text.split(",")
    known = [name for name in names if re.fullmatch(r"\d{1,3}", name) and int(name) < rows]
    if len(known) != len(names):
        raise NotationError(
            words("it must be rows from 0 to {last}", last=rows - 1)
            if rows
            else words("it needs targets that are class numbers")
        )
    chosen = tuple(sorted({int(name) for name in known}))
    return changed(view, ignored=chosen)


def changed(view: "View", **settings: object) -> "View":
    """The view with something else set on the targets' page."""
    held = {name: getattr(view.painting, name) for name in Painting.__dataclass_fields__}
    return view.replace(painting=Painting(**{**held, **settings}))


PARAMETERS = (
    setting("painting", "way", count(0, len(WAYS) - 1)),
    setting("painting", "ratio", number(1, MOST_RATIO), write_number),
    setting("painting", "epsilon", number(0, 1), write_number),
    Parameter("ignored", _write_ignored, _take_ignored),
    setting("painting", "mask", read_mask, write_mask),
    setting("painting", "brush", choice(*LETTERS, IGNORED)),
    setting("painting", "pixel_weight", read_weights, write_weights),
)
