"""The words of the site in each of its languages; `tr` says a text in the page's own."""

from ce_core.words import Words, joined, words
from ui.words.scripts import script_words
from ui.words.speaking import (
    CODES,
    COMMA,
    DECIMALS,
    LANGUAGES,
    Language,
    Tongue,
    complete,
    follow,
    speaking,
    tongue,
)
from ui.words.translate import localised, tr

__all__ = [
    "CODES",
    "COMMA",
    "DECIMALS",
    "LANGUAGES",
    "Language",
    "Tongue",
    "Words",
    "complete",
    "follow",
    "joined",
    "localised",
    "script_words",
    "speaking",
    "tongue",
    "tr",
    "words",
]
