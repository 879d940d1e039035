"""A rule's formula and its numbers as MathML, cut into the same columns and linked.

The two lines stand above each other term by term. A letter carries `data-key`, the input or step
it stands for; a number is an `mn` with `data-key`, filled in by the ledger; a sum or a list of
many numbers is an `mrow` with `data-many` ("+" or ",").
"""

import re
from dataclasses import dataclass
from functools import cache
from string import Formatter
from xml.etree import ElementTree as ET

from latex2mathml.converter import convert

from ce_core import Rule
from ui.words.formulas import formula_words

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
OPERATORS = {"−", "+", "⋅", "·"}
# letter -> what it may stand for; the first that the rule reads or makes
LETTERS = {
    "z": ("logits",),
    "m": ("row_max",),
    "s": ("shifted",),
    "e": ("exps",),
    "S": ("partition",),
    "p": ("log_probs", "target_log_prob", "probs"),
    "y": ("target",),
    "k": ("kept",),
    "q": ("target_dist",),
    "ε": ("label_smoothing",),
    "w": ("sample_weight", "weight"),
    "W": ("denominator",),
    "N": ("denominator",),
    "a": ("share",),
    "ℓ": ("nll",),
    "t": ("weighted_terms",),
    "L": ("losses", "sum_loss", "mean_loss"),
}
WORDS = ("row_number", "class_number", "classes")  # fields that are no input or step


@dataclass(frozen=True)
class Equation:
    """The left side, and the right side in symbols and in numbers, column by column, as MathML."""

    left: str
    symbols: tuple[str, ...]
    numbers: tuple[str, ...]


def equation(rule: Rule) -> Equation:
    """The rule's equation, its words in the language of the page.

    Where the line of symbols and the line of numbers differ in shape, each is one column.
    """
    return _made(rule, formula_words(rule.formula))


@cache
def _made(rule: Rule, formula: str) -> Equation:
    left, equals, right = formula.partition(" = ")
    if not equals:
        left, right = "", formula
    symbols = _columns(_linked(right, rule))
    numbers = _columns(_with_fields(rule.numbers))
    if len(symbols) != len(numbers):
        symbols, numbers = ["".join(symbols)], ["".join(numbers)]
    made = "".join(_columns(_linked(left, rule))) if left else ""
    return Equation(made, tuple(symbols), tuple(numbers))


def _parsed(latex: str) -> ET.Element:
    root = ET.fromstring(convert(latex))  # noqa: S314 - made from our own source
    for element in root.iter():
        element.tag = element.tag.removeprefix(NAMESPACE)
        if element.tag == "mtext":
            element.text = (element.text or "").replace("\\_", "_")
    return root


def _linked(latex: str, rule: Rule) -> ET.Element:
    """The formula with `data-key` on each letter that stands for an input or a step."""
    root, known = _parsed(latex), (rule.key, *rule.reads)
    parents = {child: parent for parent in root.iter() for child in parent}
    for letter in list(root.iter("mi")):
        meanings = LETTERS.get(letter.text or "", ())
        parent = parents[letter]
        base = parent.tag == "msub" and parent[0] is letter
        if letter.text == "L":  # with an index a loss of the sum, without one the mean
            meanings = ("losses", "sum_loss") if base else ("mean_loss",)
        key = next((meaning for meaning in meanings if meaning in known), None)
        subscripted = any(
            above.tag == "msub" and above[0] is not letter for above in _above(letter, parents)
        )
        if key and (base or not subscripted):
            (parent if base else letter).set("data-key", key)
    return root


def _above(element: ET.Element, parents: dict[ET.Element, ET.Element]) -> list[ET.Element]:
    found = []
    while element in parents:
        element = parents[element]
        found.append(element)
    return found


def _with_fields(template: str) -> ET.Element:
    """The numbers' template with an empty element for each field."""
    latex = ""
    fields: list[tuple[str, str]] = []
    for literal, field, spec, _ in Formatter().parse(template):
        latex += literal
        if field is not None:
            latex += rf"\text{{@{len(fields)}}}"
            fields.append((field, spec or ""))
    root = _parsed(latex)
    for element in root.iter("mtext"):
        found = re.fullmatch(r"@(\d+)", element.text or "")
        if found:
            field, many = fields[int(found[1])]
            element.text = None
            element.tag = "mrow" if many else "mn"
            element.set("data-word" if field in WORDS else "data-key", field)
            if many:
                element.set("data-many", many)
    return root


def _columns(root: ET.Element) -> list[str]:
    """The terms and the operators between them, outside of brackets, in order."""
    columns: list[str] = [""]
    depth = 0
    for element in root[0]:
        text = element.text or ""
        if element.tag == "mo" and text in "([":
            depth += 1
        if element.tag == "mo" and text in ")]":
            depth -= 1
        drawn = ET.tostring(element, encoding="unicode")
        if element.tag == "mo" and text in OPERATORS and not depth and columns[-1]:
            columns += [drawn, ""]
        else:
            columns[-1] += drawn
    return columns
