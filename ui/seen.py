"""A text that anybody may have sent, on one line, with a mark for what cannot be seen.

A carriage return ends a line of Markdown as a newline does, and two of them end whatever stands
before them, so that the rest of a text would be markup. A sign that turns the writing around
would turn around the page's own words after it.
"""

import re

BREAKS = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]")
# Control signs, signs without a width, signs that turn the writing around, halves of a surrogate
# pair, which no message can carry. The two joiners that scripts and emoji need are left.
UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
MARK = "\ufffd"


def one_line(text: str) -> str:
    """The text on one line."""
    return UNSEEN.sub(MARK, BREAKS.sub(" ", text))


def is_seen(text: str) -> bool:
    """Whether the text is one line of what can be seen."""
    return text == one_line(text)
