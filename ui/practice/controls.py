"""What to practise: a topic, a mode, another item, and whether to guess first."""

import streamlit as st

from ce_core.practice import MODES, TOPICS
from ui import state
from ui.practice.items import after
from ui.view import View

TITLES = {topic.key: topic.title for topic in TOPICS}
# on paper there is nothing to press
PRINT = (
    "<style>@media print { .stApp :is(.stButton, .stCheckbox, .stForm) { display: none } }</style>"
)
SAYS = {topic.key: topic.says for topic in TOPICS}


def controls(view: View) -> None:
    """Choose the topic, the mode and the item; all of it is in the link."""
    st.html(PRINT)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Topic",
            list(TITLES),
            index=list(TITLES).index(view.topic),
            format_func=TITLES.__getitem__,
            key=state.key("topic"),
            on_change=_choose,
            args=("topic",),
            width=260,
        )
        st.segmented_control(
            "Mode",
            MODES,
            default=view.mode,
            format_func=str.capitalize,
            required=True,
            key=state.key("mode"),
            on_change=_choose,
            args=("mode",),
        )
        st.button("Another item", on_click=_another)
        st.toggle(
            "Guess first",
            value=view.predict,
            key=state.key("predict"),
            on_change=_choose,
            args=("predict",),
        )
    st.caption(f"{SAYS[view.topic]} This is item {view.seed}; each has its own numbers.")


def _choose(name: str) -> None:
    chosen = state.value(name)
    state.act()
    if chosen is not None:
        state.show(state.current().practising(**{name: chosen}))


def _another() -> None:
    view = state.current()
    state.show(view.practising(seed=after(view.seed)))
