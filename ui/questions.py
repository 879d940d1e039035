"""The questions of the threads, as ways to the pages that answer them."""

from urllib.parse import parse_qsl

import streamlit as st

from ce_core.claims import THREADS
from ce_core.questions import Question, asked_in
from ui import state
from ui.words import tr
from ui.words.numerals import prose

ARROW = ":material/arrow_forward:"
KEPT = ("device", "dtype")  # where torch runs is the reader's, whatever they ask
HALVES = (THREADS[:3], THREADS[3:])  # about as many questions each


def questions() -> None:
    """Every question as a link that leads to its numbers, by thread."""
    kept = {name: text for name, text in state.query().items() if name in KEPT}
    with st.container(key="questions"):
        for column, half in zip(st.columns(2, gap="large"), HALVES, strict=True):
            for thread in half:
                column.markdown(f"**{tr(thread.title)}**")
                for one in asked_in(thread.key):
                    column.page_link(
                        f"pages/{one.page}.py",
                        label=prose(one.asks),
                        icon=ARROW,
                        query_params=kept | parameters(one),
                    )


def parameters(one: Question) -> dict[str, str]:
    """The parameters of the link that answers a question."""
    return dict(parse_qsl(one.query))
