"""Formulas in colour: each letter belongs to a concept.

KaTeX in Streamlit knows no classes and no variables, so a formula holds the colours of one theme.
"""

import re

from ui.palette.concepts import CONCEPT

SYMBOLS = {
    "z": "logits",
    "m": "logits",
    "s": "logits",
    "e": "probs",
    "S": "probs",
    "p": "probs",
    "y": "target",
    "k": "target",
    "q": "target",
    r"\varepsilon": "target",
    "w": "weight",
    "W": "weight",
    "a": "weight",
    "t": "loss",
    "L": "loss",
    r"\ell": "loss",
}
SUBSCRIPT = r"(?:_(?:\{(?:[^{}]|\{[^{}]*\})*\}|[a-z]))?"
LETTER = re.compile(
    r"\\(?:text|operatorname)\{[^}]*\}|(?:\\varepsilon|\\ell(?![a-z]))"
    + SUBSCRIPT
    + r"|\\[A-Za-z]+|"
    r"(?<![A-Za-z_])[zmsSepykqwWatL](?![A-Za-z])" + SUBSCRIPT
)


def coloured(formula: str, *, dark: bool) -> str:
    """A LaTeX formula with each letter in the colour of its concept."""

    def paint(found: re.Match[str]) -> str:
        text = found[0]
        letter = text.split("_")[0]
        if letter not in SYMBOLS:
            return text
        return rf"\textcolor{{{CONCEPT[SYMBOLS[letter]].colour(dark=dark)}}}{{{text}}}"

    return LETTER.sub(paint, formula)
