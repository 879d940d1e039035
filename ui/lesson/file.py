"""The lesson's file: the ledger's own script and style, the trace as JSON, and the page around."""

import json
from functools import cache
from html import escape
from pathlib import Path
from string import Formatter

from ce_core import CaseError
from ce_core.arrays import Array
from ce_core.presets import preset
from ui import legend, palette
from ui.hiding import hidden
from ui.ledger import fallback, files
from ui.ledger.payload import payload
from ui.ledger.teaching import Teaching, teaching
from ui.place import Place
from ui.view import View
from ui.words import tongue, tr, words

HERE = Path(__file__).parent


def lesson_html(
    view: View, at: Place, link: str = "", torch: dict[str, Array] | None = None
) -> str:
    """The whole file.

    Args:
        view: what is hidden, veiled and asked for.
        at: the trace, and the row and class to begin with.
        link: the address of the same place on the site; "" where no link can hold the case.
        torch: torch's own array for each step, if it has been asked.

    Raises:
        CaseError: the case has no row, or no class, to look at.
    """
    if not at.exists:
        raise CaseError(
            "logits",
            words("a lesson looks at one row"),
            words("this case has no row, or no class"),
            words("Choose an example, or add a row."),
        )
    step, shown = view.step or at.trace.steps[0].key, teaching(view)
    parts = {
        "lang": tongue().lang,
        "theme": view.lesson.theme,
        "title": escape(_title(view)),
        "style": _style(),
        "story": _story(view),
        "plain": _plain(at, shown),
        "legend": "" if hidden(view, "legend") else legend.draw(palette.CONCEPTS),
        "footer": _footer(link),
        "walk": _json(payload(at, step, view.term, torch, shown)),
        "script": _script(),
    }
    return _filled((HERE / "lesson.html").read_text(), parts)


def _filled(template: str, parts: dict[str, str]) -> str:
    """The template with its parts put in, once: a part that holds braces is left as it is."""
    made = ""
    for literal, field, *_ in Formatter().parse(template):
        made += literal + (parts[field] if field else "")
    return made


def _title(view: View) -> str:
    chosen = preset(view.preset)
    return tr(chosen.title) if chosen else tr("From the logits to the loss")


def _story(view: View) -> str:
    chosen = preset(view.preset)
    if chosen is None or hidden(view, "story"):
        return ""
    return f"<p>{escape(tr(chosen.story))} {escape(tr(chosen.notice))}</p>"


def _plain(at: Place, shown: Teaching) -> str:
    """Every step as tables, for where no script runs; the script takes them away."""
    return "".join(
        f"<h2>{number}. {escape(tr(step.rule.title))}</h2>{fallback.draw(at, step.key, shown)}"
        for number, step in enumerate(at.trace, start=1)
    )


def _footer(link: str) -> str:
    site = tr("Weighted cross-entropy, step by step")
    rights = tr("Text and figures: CC BY 4.0.")
    if not link:
        return f"<p>{escape(site)}. {escape(rights)}</p>"
    own = tr("Try it with your own numbers, and see torch check each step")
    return (
        f"<p><a href='{escape(link, quote=True)}'>{escape(own)}</a></p>"
        f"<p>{escape(site)}. {escape(rights)}</p>"
    )


def _json(walk: object) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(walk, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


@cache
def _style() -> str:
    return "\n".join([palette.css(), files.style(), (HERE / "lesson.css").read_text()])


@cache
def _script() -> str:
    return "\n".join([files.script(), (HERE / "lesson.js").read_text()])
