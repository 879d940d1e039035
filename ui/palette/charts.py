"""The look of a Plotly figure on the light and on the dark theme.

A plain dict, so that a page without a chart does not import Plotly. Draw with `theme=None`:
Streamlit's own theme has an opaque ground and a grey for text that is too faint (3.7:1). A figure
keeps the colours it was sent with when the theme is switched; ui/style.css lets it follow.
"""

from typing import Any

from ui.palette.theme import DARK, LIGHT, series

FONT = '"Source Sans", sans-serif'  # the font that Streamlit brings along
CLEAR = "rgba(0,0,0,0)"
FAINT = 0.15  # a line of the grid guides the eye and is not read


def template(*, dark: bool) -> dict[str, Any]:
    """The template: the page shines through, text as on the page, series in concept colours."""
    theme = DARK if dark else LIGHT
    axis = {
        "color": theme.text,
        "linecolor": theme.border,
        "tickcolor": theme.border,
        "gridcolor": _faint(theme.text),
        "zerolinecolor": theme.border,
        "title": {"standoff": 12},
        "automargin": True,
    }
    return {
        "layout": {
            "colorway": series(theme),
            "font": {"family": FONT, "size": 14, "color": theme.text},
            "hoverlabel": {
                "bgcolor": theme.panel,
                "bordercolor": theme.border,
                "font": {"family": FONT, "color": theme.text},
            },
            "margin": {"l": 0, "r": 0, "t": 8, "b": 0},
            "paper_bgcolor": CLEAR,
            "plot_bgcolor": CLEAR,
            "xaxis": axis | {"showgrid": False, "zeroline": False, "showline": True},
            "yaxis": axis,
        }
    }


def _faint(colour: str) -> str:
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{FAINT})"
