"""Formulas for the exercise: LaTeX as MathML, each letter in its concept's colour."""

import re
from functools import lru_cache
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert

from ui.palette import SYMBOLS
from ui.words.speaking import COMMA as DECIMAL_COMMA
from ui.words.speaking import tongue

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
MINUS, CLOSING = ("-", "−"), (")", "]")
COMMA = re.compile(r"(\d)</mn><mrow><mo>&#x0002C;</mo></mrow><mn>(\d)")  # 0{,}5 is one number
POINT = re.compile(r"(?<=\d)\.(?=\d)")
GREEK = {"ε": r"\varepsilon", "ℓ": r"\ell"}  # as the palette writes them


@lru_cache(maxsize=2048)
def mathml(latex: str) -> str:
    """The formula as MathML; its letters have the classes that the drawing colours."""
    ET.register_namespace("", NAMESPACE)
    root = ET.fromstring(COMMA.sub(r"\1,\2", convert(latex)))  # noqa: S314 - our own source
    root.set("displaystyle", "true")
    for element in root.iter():
        _mark_signs(element)
        text = element.text or ""
        if element.tag.endswith("}mtext"):
            element.text = text.replace("\\_", "_")
        concept = SYMBOLS.get(GREEK.get(text, text))
        if element.tag.endswith("}mi") and concept:
            element.set("class", f"c-{concept}")
    return ET.tostring(root, encoding="unicode")


def with_sign(latex: str) -> str:
    """The formula with the decimal sign of the page in its numbers, and lists of them parted."""
    if tongue().decimal != DECIMAL_COMMA:
        return latex
    return POINT.sub("{,}", latex.replace(", ", "; "))


def _mark_signs(parent: ET.Element) -> None:
    """A minus after another operator belongs to its number, and stands close to it."""
    before = None
    for element in parent:
        after_operator = (
            before is not None and before.tag.endswith("}mo") and before.text not in CLOSING
        )
        if element.text in MINUS and (before is None or after_operator):
            element.set("form", "prefix")
        before = element
