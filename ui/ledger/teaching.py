"""How a walk is shown to a class: what is left out, and what is asked before it is shown."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ui.view import View


@dataclass(frozen=True)
class Teaching:
    """What a teacher set for the walk.

    Attributes:
        hide: the parts that are not drawn at all, as `hide=` calls them.
        blank: the steps whose numbers wait until they are asked for.
        predict: whether each number is to be guessed before it is shown.
        present: whether a room looks at it: large, the question before its answer.
        framed: whether it stands in a frame of a course page, which it then fits.
    """

    hide: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    predict: bool = False
    present: bool = False
    framed: bool = False

    def veils(self, keys: Sequence[str], step: str, at: str) -> bool:
        """Whether the step's numbers are kept back when a page opens at the step `at`."""
        comes = keys.index(step) >= keys.index(at)
        asked = self.predict or self.present or "result" in self.hide
        return step in self.blank or (asked and comes)

    def withheld(self, keys: Sequence[str], at: str) -> Sequence[str]:
        """The steps whose numbers nobody can come to, so that they need not be sent."""
        alone = "result" in self.hide and "stepping" in self.hide
        return keys[keys.index(at) :] if alone else ()

    def as_json(self) -> dict[str, Any]:
        """What the drawing code is told."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }


OPEN = Teaching()  # nothing left out, nothing asked


def teaching(view: View, *, framed: bool = False) -> Teaching:
    """What the view says of it."""
    return Teaching(view.hide, view.blank, view.predict, view.present, framed)
