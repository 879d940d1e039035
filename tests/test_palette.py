"""One colour per concept: readable on both themes, and on the letters that mean the concept."""

import re
import tomllib
from pathlib import Path

import pytest

from ce_core.rules import all_rules
from ui.palette import CONCEPTS, MEANING, SYMBOLS, coloured, concept_of, css

CONFIG = Path(__file__).parents[1] / ".streamlit/config.toml"
THEMES = tomllib.loads(CONFIG.read_text())["theme"]
ENOUGH = 4.6  # WCAG 2.2 asks for 4.5:1 for text; the rest is for rounding in a browser
RULES = all_rules()
INPUTS = ("logits", "target", "weight", "ignore_index", "label_smoothing")


def luminance(colour):
    """The relative luminance of "#RRGGBB" as WCAG 2.2 defines it."""
    parts = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return sum(f * x for f, x in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """The contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_formula():
    """Black on white is 21:1, and WCAG's well-known grey #767676 on white is 4.54:1."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.key)
def test_contrast(concept, theme, ground):
    """Each concept's colour can be read as text on the page and on a panel of both themes."""
    assert contrast(getattr(concept, theme), THEMES[theme][ground]) >= ENOUGH


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_differ(theme):
    """No two concepts share a colour."""
    assert len({getattr(concept, theme) for concept in CONCEPTS}) == len(CONCEPTS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.key}: {rule.title}")
def test_every_step_has_a_concept(rule):
    """Every step and everything a step reads belongs to a concept."""
    for name in (rule.key, *rule.reads):
        assert concept_of(name) in CONCEPTS


def test_no_concept_of_nothing():
    """What the table of meanings holds is an input or a step."""
    assert set(MEANING) == {rule.key for rule in RULES} | set(INPUTS)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.key}: {rule.title}")
def test_coloured(rule, dark):
    r"""A coloured formula is the formula: only known letters are wrapped, braces stay in pairs."""
    made = coloured(rule.formula, dark=dark)
    colours = [concept.dark if dark else concept.light for concept in CONCEPTS]
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", made):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0
    wrapped = re.findall(r"\\textcolor\{(#\w{6})\}\{(\\?[A-Za-z]+)", made)
    assert len(wrapped) == made.count(r"\textcolor")
    for colour, letter in wrapped:
        assert colour in colours
        assert letter in SYMBOLS
    # Taking the colours off again gives the formula back.
    plain = re.sub(r"\\textcolor\{#\w{6}\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}", r"\1", made)
    assert plain == rule.formula


@pytest.mark.parametrize(
    "formula",
    [
        r"\text{with } y",
        r"\log p_{i y_i}",
        r"\operatorname{softmax}(z)",
        r"\frac{\partial L}{\partial z_{ic}}",
        r"\max_c z_{ic}",
        r"\ell_i = -\log p_{i y_i}",
    ],
)
def test_words_are_not_letters(formula):
    """Letters inside of commands and words keep the colour of the text."""
    made = coloured(formula, dark=False)
    for command in re.findall(r"\\(?:text|operatorname)\{[^}]*\}|\\(?:log|frac|partial|max)", formula):
        assert command in made
    assert not re.search(r"\\[a-z]*\\textcolor", made)


def test_css():
    """The stylesheet has a variable for each concept, with its colour on both themes."""
    for concept in CONCEPTS:
        line = f"--wce-c-{concept.key}: light-dark({concept.light}, {concept.dark});"
        assert line in css()
