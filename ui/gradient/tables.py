"""A plain table of numbers as HTML: a head, a name before each line, and folds."""

from collections.abc import Sequence
from html import escape

FOLD = "⋮"


def table(
    caption: str,
    heads: Sequence[str],
    lines: Sequence[Sequence[str] | None],
    *,
    marked: int | None = None,
    concepts: Sequence[str] = (),
) -> str:
    """The table.

    Args:
        caption: what it shows.
        heads: the columns' names, the first that of the lines' names.
        lines: the cells of each line, its name first, as text; None is a fold.
        marked: which line is the one looked at.
        concepts: a concept for each column, "" for none; they take its colour.
    """
    inks = [f" wce-{concept}" if concept else "" for concept in concepts] or [""] * len(heads)
    head = "".join(
        f"<th scope='col' class='wce-ink{ink}'>{escape(name)}</th>"
        for name, ink in zip(heads, inks, strict=True)
    )
    body = "".join(_line(line, k == marked, len(heads)) for k, line in enumerate(lines))
    return (
        f"<div class='wce-scroll' tabindex='0' role='region' aria-label='{escape(caption)}'>"
        f"<table class='wce-lines'><caption><span>{escape(caption)}</span></caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _line(line: Sequence[str] | None, here: bool, columns: int) -> str:  # noqa: FBT001 - one of two looks
    if line is None:
        return f"<tr><td class='wce-fold' colspan='{columns}'>{FOLD}</td></tr>"
    name, *cells = line
    drawn = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    look = " class='wce-here'" if here else ""
    return f"<tr{look}><th scope='row'>{escape(name)}</th>{drawn}</tr>"
