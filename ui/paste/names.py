"""The names of the classes, where a pasted text lists them: `classes = ["cat", "dog"]`."""

import re
from collections.abc import Callable
from dataclasses import replace

from .record import Pasted, PasteError

WORD = r"""(?:"[^"\\\n]*"|'[^'\\\n]*')"""
LIST = re.compile(
    rf"^[ \t]*(?:class(?:es|_names|_labels)|names)[ \t]*=[ \t]*[\[(]\s*"
    rf"({WORD}(?:\s*,\s*{WORD})*)\s*(?:,\s*)?[\])][ \t]*(?:#[^\n]*)?$",
    re.MULTILINE,
)


def with_names(text: str, read: Callable[[str], Pasted]) -> Pasted:
    """What is read of the text, its logits with the names that the text lists for their columns.

    Names that fit no logits are read as all else is, which says what is wrong with them.

    Args:
        text: may hold such a list, on lines of its own.
        read: reads a text that holds none.

    Raises:
        PasteError: as `read`.
    """
    found = LIST.search(text)
    if found is None:
        return read(text)
    lines = "\n" * found[0].count("\n")  # so that messages name the lines as they stand
    names = tuple(word[1:-1].strip() for word in re.findall(WORD, found[1]))
    try:
        pasted = read(text[: found.start()] + lines + text[found.end() :])
    except PasteError:
        return read(text)
    number = pasted.roles.get("logits")
    if number is None or pasted.tensors[number].values.shape[1:2] != (len(names),):
        return read(text)
    tensors = list(pasted.tensors)
    tensors[number] = replace(tensors[number], columns=names)
    return replace(pasted, tensors=tuple(tensors))
