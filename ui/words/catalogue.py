"""The translations of a language, read from its folder: one .po file an area of the site.

In a .po file `msgid` is the English text as the code has it and `msgstr` is what is said instead.
"""

from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def catalogue(lang: str) -> dict[str, str]:
    """English text -> the text in the language, from all its files; {} for English."""
    said: dict[str, str] = {}
    for path in sorted((HERE / lang).glob("*.po")):
        said |= _read(path)
    return said


def _read(path: Path) -> dict[str, str]:
    from babel.messages.pofile import read_po  # only who reads another language waits for it

    with path.open("rb") as file:
        messages = read_po(file, locale=path.parent.name)
    return {
        message.id: message.string
        for message in messages
        if isinstance(message.id, str) and isinstance(message.string, str)
        if message.id and message.string  # the file's own header has no id
    }
