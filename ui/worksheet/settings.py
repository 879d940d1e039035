"""What is set about the worksheet."""

from dataclasses import dataclass

from ui.parameter import choice, count, setting

PAPERS = ("a4", "letter")
MOST_ITEMS = 20


@dataclass(frozen=True)
class Sheet:
    """What is printed.

    Attributes:
        paper: the size of the paper.
        items: how many practice items are on it, made from the view's topic and seed onwards;
            0 is the case on the screen.
    """

    paper: str = PAPERS[0]
    items: int = 0


PARAMETERS = (
    setting("sheet", "paper", choice(*PAPERS)),
    setting("sheet", "items", count(0, MOST_ITEMS)),
)
