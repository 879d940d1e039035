"""Cuts a text into tokens in one pass, and pairs its brackets.

Every repeat in the pattern is possessive: no text, however odd, makes it go back.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from ce_core.words import words

from .record import MAX_NUMBERS, PasteError

TOKEN = re.compile(
    r"""
    (?P<space>[^\S\n]++|\\\n)
  | (?P<comment>\#(?![ ]{0,9}(?:tensor|array)\()[^\n]*+)
  | (?P<line>\n|'''|\"\"\"|\#)
  | (?P<number>(?:\d[\d_]*+(?:\.[\d_]*+)?+|\.\d[\d_]*+)(?:[eE][+-]?+\d++)?+(?!\w))
  | (?P<string>(?<!\w)[rRbBfFuU]{0,2}+(?:'[^'\n]*+'|"[^"\n]*+"))
  | (?P<word>[^\W\d]\w*+)
  | (?P<junk>\w++)
  | (?P<angle><[A-Za-z][^<>\n]{0,80}+>)
  | (?P<dots>\.\.\.|…)
  | (?P<op>.)
    """,
    re.VERBOSE | re.DOTALL,
)
MAX_WORDS = 50_000
MAX_BRACKETS = 300_000
CLOSES = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists, for speed; `partner[i]` is the place of the matching bracket or -1."""

    source: str
    kind: list[str]
    text: list[str]
    start: list[int]
    partner: list[int]
    breaks: list[int]

    def line(self, at: int) -> int:
        """The line, from 1, on which the character `at` of the source stands."""
        return bisect_right(self.breaks, at)

    def gap(self, i: int) -> bool:
        """Whether something not kept, such as a space, stands before token i."""
        return i == 0 or self.start[i] > self.start[i - 1] + len(self.text[i - 1])


def tokenize(text: str, most: int = MAX_NUMBERS) -> Tokens:
    """All tokens but spaces, comments and the line ends inside brackets."""
    kinds, texts, starts = [], [], []
    numbers, others, brackets = 0, 0, 0
    for found in TOKEN.finditer(text):
        kind = found.lastgroup or "op"
        if kind in ("space", "comment"):
            continue
        numbers += kind == "number"
        if numbers > most:
            raise PasteError(
                words(
                    "The text holds more than {most:,} numbers, the most that a paste may hold. "
                    "Paste fewer rows, or upload a .csv or .npy file.",
                    most=most,
                )
            )
        if kind not in ("number", "line") and found[0] not in (",", "-", "+"):
            brackets += (bracket := found[0] in "[](){}")
            others += not bracket
            if others > MAX_WORDS or brackets > MAX_BRACKETS:
                raise PasteError(
                    words(
                        "The text has more than {words:,} words and signs, or more than "
                        "{brackets:,} brackets, besides its numbers. Paste only the tensors.",
                        words=MAX_WORDS,
                        brackets=MAX_BRACKETS,
                    )
                )
        kinds.append(kind)
        texts.append(found[0])
        starts.append(found.start())
    pairs = _pairs(texts, kinds)
    kept, inside, until = [], 0, -1
    for i in range(len(kinds)):
        if i >= until and i in pairs and pairs[i] > i:
            until = pairs[i]
        if kinds[i] == "line" and i < until:
            inside += 1
        else:
            kept.append(i)
    place = {old: new for new, old in enumerate(kept)} if inside else {i: i for i in pairs}
    breaks = [0, *(found.end() for found in re.finditer("\n", text))]
    return Tokens(
        text,
        [kinds[i] for i in kept],
        [texts[i] for i in kept],
        [starts[i] for i in kept],
        [place[pairs[i]] if i in pairs else -1 for i in kept],
        breaks,
    )


def _pairs(texts: list[str], kinds: list[str]) -> dict[int, int]:
    """Which bracket closes which, both ways; a bracket without its partner is left out."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    waiting = {"(": 0, "[": 0, "{": 0}
    for i, text in enumerate(texts):
        if kinds[i] != "op":
            continue
        if text in waiting:
            stack.append(i)
            waiting[text] += 1
        elif text in CLOSES and waiting[CLOSES[text]]:
            while True:
                opener = stack.pop()
                waiting[texts[opener]] -= 1
                if texts[opener] == CLOSES[text]:
                    break
            pairs[opener], pairs[i] = i, opener
    return pairs
