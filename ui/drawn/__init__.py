"""Parts of a page that are drawn in the browser, by code that travels once."""

from ui.drawn.part import Part, part

__all__ = ["Part", "part"]
