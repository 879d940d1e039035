"""A target drawn as columns of two parts: what the target keeps, and what all classes share."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from ui.figures import figure
from ui.words import tr


def stack(
    names: Sequence[str],
    kept: Sequence[float],
    shared: Sequence[float],
    q: Sequence[float],
    *,
    alt: str,
) -> None:
    """Draw the columns, each with its number above and its class below.

    Args:
        names: of the classes.
        kept: the lower part of each column, 0 or more.
        shared: the upper part, 0 or more.
        q: both together.
        alt: what the picture shows, for whoever does not see it.
    """
    top = max(1.0, *q)
    columns = "".join(
        f"<div><div class='wce-column'><b>{figure(value)}</b>"
        f"<i class='wce-shared' style='height:{100 * above / top:.2f}%'></i>"
        f"<i style='height:{100 * below / top:.2f}%'></i></div>"
        f"<span title='{escape(name)}'>{escape(name)}</span></div>"
        for name, below, above, value in zip(names, kept, shared, q, strict=True)
    )
    by_target = escape(tr("kept by the target, (1 − ε) · y"))
    by_all = escape(tr("shared by all classes, ε / C"))
    st.html(
        f"<div role='img' aria-label='{escape(alt)}'><div aria-hidden='true'>"
        f"<div class='wce-stack-key'><span><i></i>{by_target}</span>"
        f"<span><i class='wce-shared'></i>{by_all}</span></div>"
        f"<div class='wce-scroll'><div class='wce-stack'>{columns}</div></div></div></div>"
    )
