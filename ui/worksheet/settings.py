"""What is set about the worksheet."""

from dataclasses import dataclass

from ui.notation import NotationError
from ui.parameter import choice, count, setting
from ui.words.speaking import CODES

PAPERS = ("a4", "letter")
MOST_ITEMS = 20
QUESTIONS, FADED, ANSWERED = KINDS = ("questions", "faded", "key")


@dataclass(frozen=True)
class Sheet:
    """What is printed.

    Attributes:
        paper: the size of the paper.
        items: how many practice items are on it, made from the view's topic and seed onwards;
            0 is the case on the screen.
        kinds: which sheets are printed, in the order of `KINDS`.
        lang: the language of the paper, by its code; "" is the one that the person asks for.
    """

    paper: str = PAPERS[0]
    items: int = 0
    kinds: tuple[str, ...] = KINDS
    lang: str = ""


def _kinds(text: str) -> tuple[str, ...]:
    asked = text.split(",")
    unknown = [kind for kind in asked if kind not in KINDS]
    if unknown:
        raise NotationError(f"the sheets are {', '.join(KINDS)}, with commas between them")
    return tuple(kind for kind in KINDS if kind in asked)


PARAMETERS = (
    setting("sheet", "paper", choice(*PAPERS)),
    setting("sheet", "items", count(0, MOST_ITEMS)),
    setting("sheet", "kinds", _kinds, ",".join, name="sheets"),
    setting("sheet", "lang", choice(*CODES), name="paper_lang"),
)
