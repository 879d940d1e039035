"""A formula as text of an SVG: letters with their indices lowered, fractions with a stroke."""

from dataclasses import dataclass
from functools import cache
from html import escape
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert

SPACED = "=−+⋅·≠"
LARGE = ("∑", "max")
SMALL, DROP = 0.7, 0.25  # of the size: an index, and how far it stands below


@dataclass(frozen=True)
class Bit:
    """A piece of text, how many indices deep it stands (above the line: negative), its slant."""

    text: str
    level: int
    slanted: bool = False


@cache
def bits(latex: str) -> tuple[Bit, ...]:
    """The formula as pieces of text, in order."""
    root = ET.fromstring(convert(latex))  # noqa: S314 - made from our own source
    return tuple(_bits(root, 0))


def _bits(element: ET.Element, level: int) -> list[Bit]:
    tag = element.tag.rpartition("}")[2]
    if tag in ("msub", "munder"):
        base = _bits(element[0], level)
        space = [Bit("\u2009", level)] if base[-1].text in LARGE else []
        return [*base, *_bits(element[1], level + 1), *space]
    if tag == "msup":
        return _bits(element[0], level) + _bits(element[1], level - 1)
    if tag == "mfrac":
        above, below = (_whole(_bits(part, level)) for part in element)
        return [*above, Bit(" / ", level), *below]
    if tag == "mspace":
        return [Bit("  " if element.get("width") == "1em" else "", level)]
    if len(element):
        return [bit for part in element for bit in _bits(part, level)]
    text = (element.text or "").replace("\\_", "_")
    text = text.replace("-", "−") if tag == "mo" else text
    if tag == "mo" and text in SPACED:
        text = f" {text} "
    elif text == "log":
        text += "\u2009"
    return [Bit(text, level, slanted=tag == "mi" and len(text) == 1)]


def _whole(inside: list[Bit]) -> list[Bit]:
    """In brackets, if something in it could be taken for another part of the fraction."""
    if not any(bit.text.strip() in tuple(SPACED + "∑") for bit in inside):
        return inside
    return [Bit("(", inside[0].level), *inside, Bit(")", inside[0].level)]


def tspans(latex: str, size: float) -> str:
    """The formula as the inside of an SVG text element of that size."""
    said, before = "", 0.0
    for bit in bits(latex):
        place = DROP * size * bit.level * (1 if bit.level > 0 else 1.4)
        font = size * SMALL if bit.level else size
        slant = ' font-style="italic"' if bit.slanted else ""
        said += (
            f'<tspan dy="{place - before:.1f}" font-size="{font:.1f}"{slant}>'
            f"{escape(bit.text)}</tspan>"
        )
        before = place
    return said
