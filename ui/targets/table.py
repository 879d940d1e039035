"""A plain table of texts, which scrolls by itself where it is wide."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

STYLE = Path(__file__).parent / "targets.css"


def style() -> None:
    """The look of the page's tables and stacks; called once, before they are drawn."""
    st.html(STYLE)


def table(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    foot: Sequence[str] = (),
    words: Sequence[int] = (),
) -> None:
    """Draw a table; the first column names the row, and texts are shown as they are.

    Args:
        caption: what the table shows.
        head: a title for each column.
        rows: the texts of each row.
        foot: a last row that sums up the others.
        words: the columns that hold words and begin at the left, beside the first one.
    """
    st.html(table_html(caption, head, rows, foot=foot, words=words))


def table_html(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    foot: Sequence[str] = (),
    words: Sequence[int] = (),
) -> str:
    """The table as HTML."""
    titles = "".join(
        f"<th scope='col'{_left(k, words)}>{escape(title)}</th>" for k, title in enumerate(head)
    )
    lines = "".join(_line(row, words) for row in rows)
    end = f"<tfoot>{_line(foot, words)}</tfoot>" if foot else ""
    return (
        # it can be scrolled by the keyboard, too
        f"<div class='wce-scroll' tabindex='0' role='region' aria-label='{escape(caption)}'>"
        f"<table class='wce-targets'><caption>{escape(caption)}</caption>"
        f"<thead><tr>{titles}</tr></thead><tbody>{lines}</tbody>{end}</table></div>"
    )


def _line(row: Sequence[str], words: Sequence[int]) -> str:
    first, *others = (escape(text) for text in row)
    cells = "".join(f"<td{_left(k, words)}>{text}</td>" for k, text in enumerate(others, start=1))
    return f"<tr><th scope='row'>{first}</th>{cells}</tr>"


def _left(k: int, words: Sequence[int]) -> str:
    return " class='wce-words'" if k in words else ""
