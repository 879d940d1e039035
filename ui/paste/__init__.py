"""Reads what a person pastes, code, prints, tables or prose, into tensors; it runs nothing."""

from ce_core.words import words

from .clean import SIGNS, clean
from .finish import finish, from_table
from .names import with_names
from .old_torch import modernise
from .record import MAX_NUMBERS, MAX_TEXT, Pasted, PasteError, Tensor
from .snippet import Snippet
from .table import read_table, split_header

__all__ = ["MAX_NUMBERS", "MAX_TEXT", "SIGNS", "PasteError", "Pasted", "Tensor", "read"]


def read(text: str) -> Pasted:
    """The tensors, options and guessed roles in a text of any kind.

    Args:
        text: at most MAX_TEXT characters that hold at most MAX_NUMBERS numbers.

    Raises:
        PasteError: nothing can be read, or what stands there contradicts itself.
    """
    if len(text) > MAX_TEXT:
        raise PasteError(
            words(
                "The text has {count:,} characters, at most {most:,} can be pasted. "
                "Paste fewer rows, or upload a .csv or .npy file.",
                count=len(text),
                most=MAX_TEXT,
            )
        )
    text = modernise(clean(text))
    if table := split_header(text.split("\n")):
        header, lines = table
        return from_table(read_table(lines, header=header))
    return with_names(text, _read)


def _read(text: str) -> Pasted:
    snippet = Snippet(text)
    snippet.read()
    return finish(snippet)
