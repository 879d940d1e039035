"""The two themes: the page, what stands on it, and the two forms that Streamlit and CSS read."""

import json
from dataclasses import dataclass
from pathlib import Path

from ui.palette.concepts import CONCEPTS

CONFIG = Path(__file__).parents[2] / ".streamlit/config.toml"
BEGIN = "# Made by `python -m ui.palette` from ui/palette: change it there."
END = "# The made part ends here."
LEAST = 10  # given fewer colours, Streamlit draws a go.Figure in Plotly's own ones, silently


@dataclass(frozen=True)
class Theme:
    """The colours of one theme that belong to no concept."""

    key: str
    page: str
    panel: str
    text: str  # a caption is text at 60 %: far enough from the page for 4.5:1 even so
    link: str
    primary: str
    border: str  # a field is known by its border, so it stands 3:1 off the page

    @property
    def dark(self) -> bool:
        """Whether this is the dark theme."""
        return self.key == "dark"


LIGHT = Theme("light", "#FFFFFF", "#F4F6FA", "#0F1522", "#244FB4", "#005DFC", "#838DA1")
# The primary colour stands on the page as text and below white marks; none gives 4.5:1 in both.
# This one gives it as text and 3:1 as a ground: right for ticks and sliders, not for primary
# buttons or the tags of a multiselect.
DARK = Theme("dark", "#0F1420", "#171E2E", "#E8ECF4", "#85B8F8", "#4C8DFF", "#65738F")

SHAPES = {
    "baseRadius": "0.375rem",
    "buttonRadius": "0.375rem",
    "headingFontSizes": ["2rem", "1.5rem", "1.25rem", "1.125rem", "1rem", "1rem"],
    "paddingTop": "1rem",
}


def series(theme: Theme) -> list[str]:
    """The colours of a chart's series: the concepts', then text and border as often as needed.

    A class has no colour, so no series beyond the concepts has one.
    """
    colours = [concept.colour(dark=theme.dark) for concept in CONCEPTS]
    while len(colours) < LEAST:
        colours += [theme.text, theme.border]
    return colours


def toml() -> str:
    """The theme as the lines of Streamlit's config.toml."""
    sections: dict[str, dict[str, object]] = {"theme": dict(SHAPES)}
    for theme in (LIGHT, DARK):
        sections[f"theme.{theme.key}"] = {
            "primaryColor": theme.primary,
            "backgroundColor": theme.page,
            "secondaryBackgroundColor": theme.panel,
            "textColor": theme.text,
            "codeTextColor": theme.text,
            "linkColor": theme.link,
            "borderColor": theme.border,
            "chartCategoricalColors": series(theme),
        }
    return "\n\n".join(
        "\n".join([f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in lines.items())])
        for name, lines in sections.items()
    )


def with_theme(config: str) -> str:
    """The text of config.toml with its made part made anew; without one, it is added at the end."""
    before, _, rest = config.partition(BEGIN)
    after = rest.partition(END)[2].lstrip("\n")
    parts = [before.rstrip("\n"), f"{BEGIN}\n{toml()}\n{END}", after]
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def css(selector: str = ":root, .stApp") -> str:
    """CSS variables: `--wce-c-logits`, a colour that follows the theme, and `--wce-m-logits`.

    `light-dark()` follows the color-scheme that Streamlit sets with its theme. The second is the
    concept's mark, to be used as a mask.

    Args:
        selector: what has them; a drawing that may stand on a page of its own brings them along.
    """
    lines = (
        f"--wce-c-{concept.key}: light-dark({concept.light}, {concept.dark}); "
        f"--wce-m-{concept.key}: {concept.mark.image};"
        for concept in CONCEPTS
    )
    return f"{selector} {{ {' '.join(lines)} }}"
