"""The step as plain tables, which show where the browser could not draw the ledger."""

from collections.abc import Iterable
from html import escape

from ui import matrix
from ui.ledger.teaching import Teaching
from ui.place import Place, in_words
from ui.words import tr


def draw(at: Place, step: str, shown: Teaching) -> str:
    """The sentence and the tables as HTML, without what is left out.

    What waits until it is asked for stands behind a press; what nobody is to see is not in it.
    """
    read, made = matrix.sheets(at, at.trace[step])
    veiled = [sheet for sheet in read if sheet.key in shown.blank]
    if not veiled and not shown.veils(at.trace.keys, step, step):
        known = _sentence(at, step, shown) + _tables(at, (*read, made), shown)
        return f"<div class='wce-fallback'>{known}</div>"
    asked = f"<p>{escape(tr(at.trace[step].rule.title))}: ?</p>"
    asked += _tables(at, (sheet for sheet in read if sheet.key not in shown.blank), shown)
    if "result" not in shown.hide:
        known = _sentence(at, step, shown) + _tables(at, (*veiled, made), shown)
        asked += f"<details><summary>{escape(tr('Show it'))}</summary>{known}</details>"
    return f"<div class='wce-fallback'>{asked}</div>"


def _sentence(at: Place, step: str, shown: Teaching) -> str:
    said = "" if "sentence" in shown.hide else escape(in_words(at, at.trace[step]))
    return f"<p>{said}</p>" if said else ""


def _tables(at: Place, sheets: Iterable[matrix.Sheet], shown: Teaching) -> str:
    if "table" in shown.hide:
        return ""
    drawn = "".join(matrix.draw(sheet, at.row, at.column) for sheet in sheets)
    return f"<div class='wce-flow'>{drawn}</div>"
