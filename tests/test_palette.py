"""One colour per concept: readable, told apart by every eye, the same wherever it is drawn."""

import re
import tomllib
from itertools import combinations
from pathlib import Path

import plotly.graph_objects as go
import pytest
from coloraide import Color

from ce_core.rules import all_rules
from ui import legend
from ui.palette import (
    CONCEPTS,
    DARK,
    LIGHT,
    MEANING,
    SYMBOLS,
    coloured,
    concept_of,
    css,
    template,
    theme,
)

STYLE = Path(__file__).parents[1] / "ui/style.css"
CONFIG = theme.CONFIG.read_text(encoding="utf-8")
THEMES = tomllib.loads(CONFIG)["theme"]
ENOUGH = 4.6  # WCAG 2.2 asks for 4.5:1 for text; the rest is for rounding in a browser
TEXT, BORDER = 4.5, 3.0  # what WCAG 2.2 asks for: 1.4.3 for text, 1.4.11 for the edge of a field
CAPTION = 0.6  # how much of the text's colour Streamlit leaves to a caption

# The smallest difference (CIEDE2000) between two concepts, for each way to see them. Machado,
# Oliveira and Fernandes (2009) at severity 1 is the model by which the colours were chosen.
# Two older ones, Brettel, Vienot and Mollon (1997) and Vienot, Brettel and Mollon (1999), see
# people with tritanopia confuse more: logits and probabilities on light, weight and loss on dark.
# Their bounds hold what is there; letters and marks tell the concepts apart besides.
APART = {
    "all colours": (None, 17),
    "protan, Machado": (("protan", "machado"), 17),
    "deutan, Machado": (("deutan", "machado"), 17),
    "tritan, Machado": (("tritan", "machado"), 17),
    "protan, Brettel": (("protan", "brettel"), 17),
    "deutan, Brettel": (("deutan", "brettel"), 16),
    "tritan, Brettel": (("tritan", "brettel"), 11.5),
    "protan, Vienot": (("protan", "vienot"), 17),
    "deutan, Vienot": (("deutan", "vienot"), 17),
    "tritan, Vienot": (("tritan", "vienot"), 11.5),
}
# Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula: implementation notes,
# supplementary test data, and mathematical observations", Color Research and Application 30
# (2005), table 1, pairs 1, 17 and 25: L*a*b* twice, and the difference to four digits.
SHARMA = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
]
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


def over(colour, ground, share):
    """The colour that is seen when a share of one is laid over the ground."""
    parts = [
        round(share * int(colour[k : k + 2], 16) + (1 - share) * int(ground[k : k + 2], 16))
        for k in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02X}" for part in parts)


each_theme = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.key)
each_ground = pytest.mark.parametrize("ground", ["page", "panel"])


@each_ground
@each_theme
@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.key)
def test_contrast(concept, look, ground):
    """Each concept's colour can be read as text on the page and on a panel of both themes."""
    assert contrast(concept.colour(dark=look.dark), getattr(look, ground)) >= ENOUGH


@each_ground
@each_theme
def test_text_contrast(look, ground):
    """Text, captions, links and the primary colour can be read, and the edge of a field is seen."""
    below = getattr(look, ground)
    caption = over(look.text, below, CAPTION)
    for colour in (look.text, caption, look.link, look.primary):
        assert contrast(colour, below) >= TEXT
    assert contrast(look.border, below) >= BORDER


@pytest.mark.parametrize(("one", "other", "difference"), SHARMA)
def test_difference_formula(one, other, difference):
    """The library's CIEDE2000 gives the differences that were published to test programs with."""
    made = Color("lab-d65", one).delta_e(Color("lab-d65", other), method="2000")
    assert made == pytest.approx(difference, abs=5e-5)


def smallest(look, seen_by):
    """The two concepts that are hardest to tell apart, and by how much."""

    def seen(concept):
        colour = Color(concept.colour(dark=look.dark))
        if seen_by:
            deficiency, model = seen_by
            colour = colour.filter(deficiency, method=model)
        return colour.clip()

    return min(
        (seen(one).delta_e(seen(other), method="2000"), one.key, other.key)
        for one, other in combinations(CONCEPTS, 2)
    )


@each_theme
@pytest.mark.parametrize("eye", APART)
def test_concepts_told_apart(eye, look):
    """Any two concepts differ in colour on the same theme, also for eyes that see fewer colours."""
    seen_by, bound = APART[eye]
    assert smallest(look, seen_by) >= (bound,)


def test_theme_on_disk():
    """The theme in .streamlit/config.toml is the one that `python -m ui.palette` makes."""
    assert theme.with_theme(CONFIG) == CONFIG
    for look in (LIGHT, DARK):
        assert THEMES[look.key]["backgroundColor"] == look.page


@pytest.mark.parametrize(
    "config",
    ["", "[server]\nheadless = true\n", CONFIG, f'{CONFIG}\n[mapbox]\ntoken = "none"\n'],
    ids=["empty", "no theme yet", "ours", "more behind"],
)
def test_theme_made(config):
    """Making the theme keeps every other setting, and a second time changes nothing."""
    made = theme.with_theme(config)
    before, after = tomllib.loads(config), tomllib.loads(made)
    assert after.pop("theme") == THEMES
    before.pop("theme", None)
    assert after == before
    assert theme.with_theme(made) == made


@each_theme
def test_series(look):
    """Charts have the concepts' colours first, and as many as Streamlit wants to take them."""
    colours = theme.series(look)
    assert colours[: len(CONCEPTS)] == [c.colour(dark=look.dark) for c in CONCEPTS]
    assert len(colours) >= 10


@each_theme
def test_chart(look):
    """A figure takes the template: see-through, in the theme's text and series."""
    layout = go.Figure(layout={"template": template(dark=look.dark)}).layout.template.layout
    assert layout.paper_bgcolor == layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert layout.font.color == layout.xaxis.color == layout.yaxis.color == look.text
    assert list(layout.colorway) == theme.series(look)


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.key)
def test_letters_and_marks(concept):
    """A concept's letters mean it in formulas, and the stylesheet has its colour and its mark."""
    style = STYLE.read_text(encoding="utf-8")
    assert concept.letters
    assert all(SYMBOLS[letter] == concept.key for letter in concept.letters)
    assert f".wce-{concept.key} {{ --wce-ink: var(--wce-c-{concept.key}); }}" in style
    assert f".wce-mark-{concept.key} {{" in style
    assert [other.mark for other in CONCEPTS].count(concept.mark) == 1


def test_mark_can_be_sent():
    """A mark is a CSS image without a "<", at which Streamlit drops the whole stylesheet."""
    for concept in CONCEPTS:
        assert f"--wce-m-{concept.key}: {concept.mark.image};" in css()
    assert "<" not in css()


def test_no_other_colours():
    """Every colour that is written elsewhere, as a value to fall back on, is one of these."""
    ours = {c.light for c in CONCEPTS} | {c.dark for c in CONCEPTS}
    ours |= {value for look in (LIGHT, DARK) for value in vars(look).values()}
    own = Path(theme.__file__).parent
    for path in STYLE.parent.rglob("*.*"):
        if path.suffix in {".py", ".css", ".js", ".html"} and own not in path.parents:
            written = re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))
            assert {colour.upper() for colour in written} <= ours, path


def test_legend():
    """The legend has each concept's letters and name once, and is a list with a name."""
    made = legend.draw(CONCEPTS)
    assert made.startswith("<ul class='wce-legend' role='list' aria-label=")
    for concept in CONCEPTS:
        assert made.count(f"{concept.classes}'>{', '.join(concept.letters)}<") == 1
        assert made.count(f" {concept.name}</li>") == 1


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
    for command in re.findall(
        r"\\(?:text|operatorname)\{[^}]*\}|\\(?:log|frac|partial|max)", formula
    ):
        assert command in made
    assert not re.search(r"\\[a-z]*\\textcolor", made)


def test_css():
    """The stylesheet has a variable for each concept, with its colour on both themes."""
    for concept in CONCEPTS:
        line = f"--wce-c-{concept.key}: light-dark({concept.light}, {concept.dark});"
        assert line in css()
