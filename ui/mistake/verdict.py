"""The answer at a glance: what the person's number is, in one card."""

from html import escape

import streamlit as st

from ce_core import BinaryTrace, Finding, Findings, Trace
from ui.mistake import account, words
from ui.view import View

LARGE = 16  # characters of a number that is written large


def card(number: str, headline: str, lines: list[str], tries: list[str] | None = None) -> None:
    """The number, large, what it is, and a few sentences."""
    said = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    listed = "".join(f"<li>{escape(line)}</li>" for line in tries or [])
    size = "wce-big" if len(number) <= LARGE else "wce-long"
    st.html(
        "<section class='wce-card wce-verdict' role='status'>"
        f"<p class='{size}'>{escape(number)}</p><h2>{escape(headline)}</h2>{said}"
        f"{f'<p>What to try next:</p><ul>{listed}</ul>' if listed else ''}</section>"
    )


def verdict(view: View, found: Findings, finding: Finding | None, *, said: bool) -> None:
    """What the number is: right, a mistake's, or nobody's."""
    number = words.written(found)
    if found.right:
        headline, line = account.rightness(found)
        remarks = [f"{one.mistake.see} {one.mistake.remedy}" for one in found]
        card(number, headline, [line, *remarks, account.nearer(found)])
    elif finding is None:
        headline, line, tries = account.nothing(found)
        card(number, headline, [found.note, line], tries)
    else:
        card(
            number,
            account.headline(found, finding, said=said),
            [
                found.note,
                account.advised(found, finding) if not said else "",
                account.account(found, finding, view.classes),
                account.sureness(found, finding, said=said),
            ],
        )


def nothing_asked(trace: Trace | BinaryTrace) -> None:
    """What torch gives, while there is no number to compare it with."""
    st.html(
        f"<p class='wce-asked'>For these numbers torch gives "
        f"<strong>{escape(words.numbers(trace.answer))}</strong>. "
        "Type what you got, and see which mistake gives exactly that.</p>"
    )
