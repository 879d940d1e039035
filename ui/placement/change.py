"""Callbacks' one act on this page: another setting of it, in a changed view."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ui.view import View


def changed(view: View, **settings: Any) -> View:  # noqa: ANN401 - any field of Placement
    """The view with some of the page's settings changed."""
    return view.replace(placement=replace(view.placement, **settings))


def taking(field: str) -> Callable[[View, float], View]:
    """What a slider of that setting does with its value."""

    def take(view: View, value: float) -> View:
        return changed(view, **{field: value})

    return take
