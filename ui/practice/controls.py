"""What to practise: a topic, a mode, another item, and whether to guess first."""

import streamlit as st

from ce_core.practice import MODES, TOPICS
from ui import state
from ui.practice.items import after
from ui.view import View
from ui.words import tr, words

MODE_TITLES = {
    "watch": words("Watch"),
    "complete": words("Complete"),
    "solve": words("Solve"),
}
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
            tr("Topic"),
            list(TITLES),
            index=list(TITLES).index(view.topic),
            format_func=lambda key: tr(TITLES[key]),
            key=state.key("topic"),
            on_change=_choose,
            args=("topic",),
            width=260,
        )
        st.segmented_control(
            tr("Mode"),
            MODES,
            default=view.mode,
            format_func=lambda mode: tr(MODE_TITLES[mode]),
            required=True,
            key=state.key("mode"),
            on_change=_choose,
            args=("mode",),
        )
        st.button(tr("Another item"), on_click=_another)
        st.toggle(
            tr("Guess first"),
            value=view.predict,
            key=state.key("predict"),
            on_change=_choose,
            args=("predict",),
        )
    says = tr(SAYS[view.topic])
    st.caption(f"{says} {tr('This is item {seed}; each has its own numbers.', seed=view.seed)}")


def _choose(name: str) -> None:
    chosen = state.value(name)
    state.act()
    if chosen is not None:
        state.show(state.current().practising(**{name: chosen}))


def _another() -> None:
    view = state.current()
    state.show(view.practising(seed=after(view.seed)))
