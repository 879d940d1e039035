"""The numbers that a sentence of ours holds as text, with the decimal sign of the page."""

import re

from ui.words.speaking import COMMA, tongue
from ui.words.translate import localised, tr

# 0.36 and 41,000; not what stands after "=", which is code
NUMBER = re.compile(r"(?<![\w=.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?!\w|[.,]\d)")


def prose(text: str) -> str:
    """A story, a question or a title as the page says it, the numbers in it too."""
    said = tr(text)
    if tongue().decimal != COMMA:
        return said
    return NUMBER.sub(lambda number: localised(number[0]), said)
