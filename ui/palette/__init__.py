"""One colour, letter and mark per concept, and all that is drawn in them.

`python -m ui.palette` writes the theme into .streamlit/config.toml.
"""

from ui.palette.charts import template
from ui.palette.concepts import CONCEPT, CONCEPTS, MEANING, Concept, concept_of
from ui.palette.letters import SYMBOLS, coloured
from ui.palette.theme import DARK, LIGHT, Theme, css

__all__ = [
    "CONCEPT",
    "CONCEPTS",
    "DARK",
    "LIGHT",
    "MEANING",
    "SYMBOLS",
    "Concept",
    "Theme",
    "coloured",
    "concept_of",
    "css",
    "template",
]
