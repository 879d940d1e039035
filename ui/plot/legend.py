"""The line above a chart that says what is drawn how."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Key:
    """A name with a sample of how it is drawn."""

    label: str
    concept: str
    style: str


def legend(keys: Sequence[Key]) -> str:
    """The names as a line of HTML; without any, nothing."""
    if not keys:
        return ""
    items = "".join(
        f"<span class='wce-plot-key{f' wce-{escape(key.concept)}' if key.concept else ''}'>"
        f"{_sample(key.style)}{escape(' '.join(key.label.split()))}</span>"
        for key in keys
    )
    return f"<div class='wce-plot-legend'>{items}</div>"


def _sample(style: str) -> str:
    if style in ("solid", "chain", "fine", "dash", "dots"):
        drawn = f"<path class='wce-plot-{style}' d='M2 6H34'/>"
    elif style in ("area", "full", "hatch"):
        return f"<span class='wce-plot-swatch wce-plot-{style}'></span>"
    else:
        hole = "<path class='wce-plot-hole' d='M18 6h0'/>" if style == "ring" else ""
        drawn = f"<path class='wce-plot-spot wce-plot-{escape(style)}' d='M18 6h0'/>{hole}"
    return f"<svg class='wce-plot-sample' viewBox='0 0 36 12'>{drawn}</svg>"
