"""Texts with numbers in them one after another, parted so that a decimal comma is not a part."""

from collections.abc import Iterable

from ui.words import tongue
from ui.words.speaking import COMMA


def joined_texts(texts: Iterable[str]) -> str:
    """The texts with commas between them; with semicolons where their numbers have commas."""
    return ("; " if tongue().decimal == COMMA else ", ").join(texts)
