"""Tables of the section: each cell a number, and a word with an icon where it broke."""

from collections.abc import Sequence
from html import escape
from math import isinf, isnan

import streamlit as st

from ui.figures import figure
from ui.words import tr

BROKEN = "⚠"


def cell(text: str, word: str = "", *, broken: bool = False, span: int = 1) -> str:
    """A cell of numbers, so many columns wide; a broken one has an icon, and its word below."""
    icon = f"{BROKEN} " if broken else ""
    kind = "wce-number wce-broken" if broken else "wce-number"
    said = f"<br><small>{escape(word)}</small>" if word else ""
    wide = f" colspan='{span}'" if span > 1 else ""
    return f"<td class='{kind}'{wide}>{icon}{escape(text)}{said}</td>"


def number(value: float, word: str = "", *, span: int = 1) -> str:
    """A cell with a number; nan and inf are broken, and say why if nobody else does."""
    value = float(value)
    broken = isnan(value) or isinf(value)
    return cell(figure(value), word or word_for(value), broken=broken, span=span)


def word_for(value: float) -> str:
    """What an infinite number or nan means."""
    if isnan(value):
        return tr("not a number")
    if isinf(value):
        return tr("too large") if value > 0 else tr("log of 0")
    return ""


def line(name: str, cells: Sequence[str], code: str = "") -> str:
    """A row of a table: its name, the code that makes it, its cells."""
    below = f"<br><small><code>{escape(code)}</code></small>" if code else ""
    return f"<tr><th scope='row'>{escape(name)}{below}</th>{''.join(cells)}</tr>"


def table(caption: str, heads: Sequence[str], lines: Sequence[str]) -> None:
    """Draw a table that scrolls where it is too wide."""
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in heads)
    st.html(
        f"<div class='wce-scroll' tabindex='0' role='region' aria-label='{escape(caption)}'>"
        "<table class='wce-check wce-floats'>"
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )
