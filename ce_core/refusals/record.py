"""One message of torch with what it means, and the parts that patterns are made of."""

from dataclasses import dataclass

from ce_core.arrays import type_names

# Every repetition has an upper bound, so that no text, however long, is walked through twice.
COUNT = r"\d{1,19}"
SHAPE = r"\[[\d,\s]{0,60}\]"
WORD = r"\w{1,40}"
NAME = rf"{WORD}(?:\.{WORD}){{0,3}}"
DEVICE = r"[a-z]{1,12}(?::\d{1,3})?"
FLOATS = r"(?:Float(?!8)|Double|Half|BFloat16)"
# The names are spelled out, so that the first half of a broken one is not taken for a name.
DTYPE = rf"(?:Float8_\w{{1,12}}|{'|'.join(type_names.values())}|BFloat16|ComplexHalf)"


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A message that torch raises, and how to mend what raised it.

    Attributes:
        key: its name in links.
        pattern: a regular expression for the part of the message that makes it known. Its named
            groups are what `meaning` and `remedy` speak of. A space outside of brackets stands
            for any white space, since a terminal may break the line there.
        title: what is wrong, in a few words.
        meaning: what torch found and what it wanted; {name} stands for a named group.
        remedy: what to write instead; {name} as in `meaning`.
        wrong: an expression of torch, F and nn that raises the message.
        right: the same expression, mended.
    """

    key: str
    pattern: str
    title: str
    meaning: str
    remedy: str
    wrong: str
    right: str


@dataclass(frozen=True)
class Recognised:
    """A message that was found in a text.

    Attributes:
        refusal: the row of the table.
        says: the meaning, with the numbers of this very message.
        remedy: what to do, likewise.
        quoted: the line in which the message stands, shortened where it is long.
    """

    refusal: Refusal
    says: str
    remedy: str
    quoted: str
