"""The answer at a glance: what the person's number is, in one card."""

from html import escape

import streamlit as st

from ce_core import BinaryTrace, Finding, Findings, Trace
from ui.mistake import outcome, words
from ui.mistake.account import account
from ui.mistake.sureness import advised, headline, sureness
from ui.view import View
from ui.words import tr
from ui.words.numerals import prose

LARGE = 16  # characters of a number that is written large


def card(number: str, headline: str, lines: list[str], tries: list[str] | None = None) -> None:
    """The number, large, what it is, and a few sentences."""
    said = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    listed = "".join(f"<li>{escape(line)}</li>" for line in tries or [])
    next_ = escape(tr("What to try next:"))
    size = "wce-big" if len(number) <= LARGE else "wce-long"
    st.html(
        "<section class='wce-card wce-verdict' role='status'>"
        f"<p class='{size}'>{escape(number)}</p><h2>{escape(headline)}</h2>{said}"
        f"{f'<p>{next_}</p><ul>{listed}</ul>' if listed else ''}</section>"
    )


def verdict(view: View, found: Findings, finding: Finding | None, *, said: bool) -> None:
    """What the number is: right, a mistake's, or nobody's."""
    number, reading = words.written(found), words.reading(found)
    note = tr(found.note) if found.note else ""
    if found.right:
        headed, line = outcome.rightness(found)
        remarks = [f"{prose(one.mistake.see)} {prose(one.mistake.remedy)}" for one in found]
        card(number, headed, [reading, line, *remarks, outcome.nearer(found)])
    elif finding is None:
        headed, line, tries = outcome.nothing(found)
        card(number, headed, [reading, note, line], tries)
    else:
        card(
            number,
            headline(found, finding, said=said),
            [
                reading,
                note,
                advised(found, finding) if not said else "",
                account(found, finding, view.classes),
                sureness(found, finding, said=said),
            ],
        )


def nothing_asked(trace: Trace | BinaryTrace) -> None:
    """What torch gives, while there is no number to compare it with."""
    said = tr(
        "For these numbers torch gives {numbers}. Type what you got, and see which mistake gives "
        "exactly that.",
        numbers=f"<strong>{escape(words.numbers(trace.answer))}</strong>",
    )
    st.html(f"<p class='wce-asked'>{said}</p>")
