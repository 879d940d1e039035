"""What a line of bare numbers looks like."""

import re

NUMBER = r"[-+]?+(?:(?:\d[\d_]*+(?:\.[\d_]*+)?+|\.\d[\d_]*+)(?:[eE][-+]?+\d++)?+|nan|inf|NaN|Inf)"
LINE = re.compile(rf"[\s|]*+{NUMBER}(?:[\s,;|]++{NUMBER})*+[\s,;|]*+")
CELL = re.compile(NUMBER)


def is_numeric(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether the line, or a part of it, holds numbers and separators only."""
    return LINE.fullmatch(text, start, len(text) if end is None else end) is not None
