"""The list of claims on a page: one block, which the browser folds and filters by itself."""

from pathlib import Path

import streamlit as st

from ui.claims.block import ordered, rules, switches, unfolding
from ui.words import tongue, tr

THREAD = {"placement": "001"}
STYLE = (Path(__file__).parent / "claims.css").read_text(encoding="utf-8")


def claims(page: str = "") -> None:
    """What was claimed in the threads: verdict, why, and the numbers that show it.

    Args:
        page: the page it stands on; the claims of its thread are shown first.
    """
    now = tongue()
    st.html(_block(THREAD.get(page, ""), now.lang, now.decimal))


@st.cache_data(max_entries=8, show_spinner=False)
def _block(thread: str, lang: str, decimal: str) -> str:  # noqa: ARG001 - what it is written in
    """The whole list; every experiment is run once for it."""
    claims = "".join(map(unfolding, ordered()))
    return (
        f"<section class='wce-claims' aria-label='{tr('Claims, checked')}'>"
        f"<style>{STYLE}{rules()}</style>"
        f"{switches(thread)}<p class='wce-nothing'>{tr('This thread has no such claim.')}</p>"
        f"{claims}</section>"
    )
