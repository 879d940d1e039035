"""A slider that moves the page while it is dragged, with a field to type the same number in."""

from ui.slider.component import slider

__all__ = ["slider"]
