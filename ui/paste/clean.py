"""Takes off what surrounds code when it is copied: prompts, fences, quote marks, typeset signs.

Every line stays on its line, so that messages can name it.
"""

import re
from urllib.parse import unquote_plus

SIGNS = {
    **dict.fromkeys(map(ord, "\u2212\u2012\u2013\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d"), '"'),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000`"), " "),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff")),
    **dict.fromkeys(map(ord, "\u2028\u2029\x0b\x0c\x85"), "\n"),
    ord("\uff0c"): ",",
    ord("\uff1b"): ";",
    ord("\uff1a"): ":",
}
PLAIN = frozenset("0123456789-+[")  # a line of numbers carries nothing to take off
FENCE = re.compile(r"\s*(?:```|~~~)")
PROMPT = re.compile(r"(?:>>> ?|\s*In ?\[[\d ]{0,6}\]: ?|\s*Out ?\[[\d ]{0,6}\]: ?)")
CONTINUED = re.compile(r"(?:\.\.\.(?: |$)|\s*\.\.\.: ?)")
QUOTE = re.compile(r"\s?> ?(?!>)")
SMILEY = re.compile(r"(?<!\S)[:;][-']?[()]{1,9}(?!\S)")
PRINTED_COMMENT = re.compile(r"\s*# ?(?=\s{0,9}(?:tensor|array)\()")
LINK = ("logits=", "target=", "weight=")


def clean(text: str) -> str:
    """The same text, line for line, as a person would have typed it into a file."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(SIGNS)
    if "&" in text and len(text.split(maxsplit=1)) == 1:
        parameters = text.strip().rpartition("?")[2].split("&")
        if any(parameter.startswith(LINK) for parameter in parameters):
            link = unquote_plus("\n".join(parameters))
            return re.sub(r"^reduction=(\w+)", r"reduction='\1'", link, flags=re.MULTILINE)
    lines, prompted, depth = [], False, 0
    for raw in text.split("\n"):
        if not raw or raw[0] in PLAIN:
            lines.append(raw)
            continue
        line, prompted = _unprompted(raw, prompted=prompted)
        if FENCE.match(line):
            line = ""
        comment = PRINTED_COMMENT.match(line)
        if comment or (depth > 0 and line.lstrip().startswith("#")):
            line = line.replace("#", " ", 1)
            depth = max(depth, 0) + sum(map(line.count, "([")) - sum(map(line.count, ")]"))
        else:
            depth = 0
        lines.append(SMILEY.sub(" ", line) if "(" in line or ")" in line else line)
    return "\n".join(lines)


def _unprompted(line: str, *, prompted: bool) -> tuple[str, bool]:
    """The line without its prompt, and whether a continuation prompt may follow."""
    if quote := QUOTE.match(line):
        line = line[quote.end() :]
    if prompt := PROMPT.match(line):
        return line[prompt.end() :], True
    if prompted and (prompt := CONTINUED.match(line)):
        return line[prompt.end() :], True
    return line, False
