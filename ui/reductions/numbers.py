"""Numbers on their way to the browser: each with its text, all its digits, and what made it."""

from collections.abc import Sequence
from typing import Any

from ui.figures import DECIMALS, column, figure, full
from ui.words import tr

LITTLE = 0.01


class Numbers:
    """A book of numbers by name; the same name in two places is the same number, and lights up."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.book: dict[str, dict[str, Any]] = {}
        self.values: dict[str, float] = {}

    def add(
        self,
        key: str,
        value: object,
        called: str,
        *,
        made: str,
        concept: str = "",
        of: Sequence[str] = (),
    ) -> str:
        """Enter a number and give the name it goes by.

        Args:
            key: its name in this book.
            value: the number, or an array of shape () with it.
            called: what it is, for the card and for the ear: "weight of row 0".
            made: what made it, in words.
            concept: the key of the concept whose colour and mark it takes; "" is none.
            of: the names of the numbers it was made from.
        """
        number = float(value)  # type: ignore[arg-type]
        self.book[self.prefix + key] = {
            "text": shown(number),
            "full": full(number),
            "called": called,
            "made": made,
            "concept": concept,
            "of": list(of),
        }
        self.values[self.prefix + key] = number
        return self.prefix + key

    def align(self, names: Sequence[str]) -> None:
        """Give numbers that stand below each other texts in which the points line up."""
        values = [self.values[name] for name in names]
        if any(0 < abs(value) < LITTLE for value in values):
            return  # decimals enough for the smallest would be too many for the others
        for name, cell in zip(names, column(values), strict=True):
            self.book[name]["cell"] = cell

    def text(self, name: str) -> str:
        """The number as it is shown."""
        text: str = self.book[name]["text"]
        return text


def shown(value: float) -> str:
    """A number for a sentence, with more decimals where four would leave it one or two digits.

    A quotient of 0.0001 and 0.0002 would otherwise be shown as 0.6357.
    """
    small = 0 < abs(value) < LITTLE
    return figure(value, decimals=7 if small else DECIMALS)


def divided_by(book: Numbers, above: str, below: str) -> str:
    """A quotient in words, of two numbers of the book."""
    return tr("{above} divided by {below}", above=book.text(above), below=book.text(below))


def times(one: str, other: str) -> str:
    """A product in words, with the second factor in brackets where it is negative."""
    return f"{one} × {f'({other})' if other.startswith('−') else other}"
