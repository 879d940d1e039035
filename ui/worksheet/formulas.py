"""A formula as a tree that the page setter draws, and as a line of text that is read aloud.

LaTeX becomes MathML, and MathML plain lists: `["mi", "p"]`, `["msub", [base, below]]`. So a
formula reaches the paper as data, and nothing of it is ever run.
"""

import re
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert

from ui.figures import MINUS
from ui.palette import CONCEPT, SYMBOLS

Node = list[Any]
NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
COMMA = "{,}"  # the decimal comma as TeX has it
GREEK = {"ε": r"\varepsilon", "ℓ": r"\ell"}  # as the palette writes them
SPACES = ("mspace", "mtext")
OPENING = ("(", "[", ",", "=")  # what a number may begin after
SPOKEN = {"∑": "sum", "·": "times", "∂": "d", "∞": "infinity"}


@lru_cache(maxsize=4096)
def _parsed(latex: str) -> Node:
    root = ET.fromstring(convert(latex.replace(COMMA, ".")))  # noqa: S314 - from our own source
    sign = "," if COMMA in latex else "."
    return ["mrow", _signed([_node(child, sign) for child in root])]


def _node(element: ET.Element, sign: str) -> Node:
    tag, text = element.tag.removeprefix(NAMESPACE), element.text or ""
    if tag in ("mi", "mo", "mn", "mtext"):
        if tag == "mn":
            text = text.replace(".", sign)
        return [tag, text.replace("\\_", "_").replace("\xa0", " ")]
    if tag == "mspace":
        return [tag, float(element.get("width", "0em").removesuffix("em"))]
    return [tag, _signed([_node(child, sign) for child in element])]


def _signed(nodes: list[Node]) -> list[Node]:
    """The nodes with each minus that begins a number made a part of it."""
    made: list[Node] = []
    for node in nodes:
        before = made[-2] if len(made) > 1 else None
        begins = before is None or before[0] in SPACES or before[1] in OPENING
        if node[0] == "mn" and made and made[-1] == ["mo", MINUS] and begins:
            made[-1] = ["mn", MINUS + node[1]]
        else:
            made.append(node)
    return made


def formula(latex: str) -> dict[str, Any]:
    """The formula for the page setter: its tree, and what is read aloud instead."""
    tree = _parsed(latex)
    return {"tree": tree, "alt": spoken(tree)}


def spoken(node: Node) -> str:
    """The formula as one line: p_ic = (e_ic) / (S_i)."""
    return re.sub(r"\s+", " ", _say(node)).strip()


def _say(node: Node) -> str:
    tag, inside = node
    if tag == "mspace":
        return " "
    if isinstance(inside, str):
        word = SPOKEN.get(inside, inside)
        return f" {word} " if tag == "mo" and inside not in "()[]," else word
    parts = [_say(child) for child in inside]
    if tag == "mfrac":
        return f"({parts[0].strip()}) / ({parts[1].strip()})"
    if tag in ("msub", "munder"):
        return f"{parts[0].rstrip()}_{parts[1].strip()} "
    if tag in ("msup", "mover"):
        return f"{parts[0].rstrip()}^({parts[1].strip()}) "
    if tag in ("msubsup", "munderover"):
        return f"{parts[0].rstrip()}_{parts[1].strip()}^({parts[2].strip()}) "
    return "".join(parts)


def colours() -> dict[str, str]:
    """Letter -> the colour of its concept; all are dark enough for grey print."""
    written = {latex: sign for sign, latex in GREEK.items()}
    return {
        written.get(letter, letter): CONCEPT[key].colour(dark=False)
        for letter, key in SYMBOLS.items()
    }
