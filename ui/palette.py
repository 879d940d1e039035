"""One colour per concept, on light and on dark, and which concept a number belongs to."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Concept:
    """What a number is: its name and its colour on both themes."""

    key: str
    name: str
    light: str
    dark: str


CONCEPTS = (
    Concept("logits", "logits", "#005DFC", "#B3CFFF"),
    Concept("probs", "probabilities", "#0B6553", "#29A38B"),
    Concept("target", "target", "#9B6008", "#FFDB26"),
    Concept("weight", "weight", "#410057", "#D659FF"),
    Concept("loss", "loss", "#701A00", "#F45F31"),
)
CONCEPT = {concept.key: concept for concept in CONCEPTS}

# input or step -> concept; the gradient is a change of the logits and takes their colour
MEANING = {
    "logits": "logits",
    "row_max": "logits",
    "shifted": "logits",
    "exps": "probs",
    "partition": "probs",
    "probs": "probs",
    "log_probs": "probs",
    "target": "target",
    "ignore_index": "target",
    "label_smoothing": "target",
    "kept": "target",
    "target_dist": "target",
    "target_log_prob": "probs",
    "nll": "loss",
    "weight": "weight",
    "sample_weight": "weight",
    "denominator": "weight",
    "share": "weight",
    "weighted_terms": "loss",
    "losses": "loss",
    "sum_loss": "loss",
    "mean_loss": "loss",
    "gradient": "logits",
}
# the letters of the formulas
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


def concept_of(key: str) -> Concept:
    """The concept that an input or a step belongs to."""
    return CONCEPT[MEANING[key]]


def coloured(formula: str, *, dark: bool) -> str:
    """A LaTeX formula with each letter in the colour of its concept."""

    def paint(found: re.Match[str]) -> str:
        text = found[0]
        letter = text.split("_")[0]
        if letter not in SYMBOLS:
            return text
        concept = CONCEPT[SYMBOLS[letter]]
        return rf"\textcolor{{{concept.dark if dark else concept.light}}}{{{text}}}"

    return LETTER.sub(paint, formula)


def css() -> str:
    """The colours as CSS variables that follow the theme: `var(--wce-c-logits)` and so on.

    `light-dark()` follows the color-scheme that Streamlit sets with its theme.
    """
    lines = (
        f"--wce-c-{concept.key}: light-dark({concept.light}, {concept.dark});"
        for concept in CONCEPTS
    )
    return ":root, .stApp { " + " ".join(lines) + " }"
