"""What goes on the worksheet: the case or exercises, which sheets, the paper, the language."""

from dataclasses import replace

import streamlit as st

from ce_core.practice import SEEDS, TOPICS
from ui import state
from ui.view import View
from ui.words import LANGUAGES
from ui.worksheet.making import language
from ui.worksheet.settings import KINDS, MOST_ITEMS, PAPERS

CASE, ITEMS = "case", "items"
FROM = {CASE: "My case", ITEMS: "Exercises"}
FEW = 3  # exercises to begin with
SHEETS = {"questions": "Questions", "faded": "Partly worked", "key": "Key"}
SIZES = {"a4": "A4", "letter": "US Letter"}
TITLES = {topic.key: topic.title for topic in TOPICS}


def choices(view: View) -> None:
    """All that is set about the worksheet; it is in the link."""
    st.segmented_control(
        "What is on it",
        [CASE, ITEMS],
        default=ITEMS if view.sheet.items else CASE,
        required=True,
        format_func=FROM.__getitem__,
        key=state.key("sheet-from"),
        on_change=_from,
    )
    if view.sheet.items:
        _exercises(view)
    st.pills(
        "Sheets",
        KINDS,
        selection_mode="multi",
        default=view.sheet.kinds,
        format_func=SHEETS.__getitem__,
        key=state.key("sheet-kinds"),
        on_change=_kinds,
    )
    with st.container(horizontal=True):
        st.segmented_control(
            "Paper",
            PAPERS,
            default=view.sheet.paper,
            required=True,
            format_func=SIZES.__getitem__,
            key=state.key("sheet-paper"),
            on_change=_set,
            args=("paper",),
        )
        st.segmented_control(
            "Language of the paper",
            [one.code for one in LANGUAGES],
            default=language(view),
            required=True,
            format_func={one.code: one.name for one in LANGUAGES}.__getitem__,
            key=state.key("sheet-lang"),
            on_change=_set,
            args=("lang",),
        )


def _exercises(view: View) -> None:
    with st.container(horizontal=True):
        st.selectbox(
            "Topic",
            list(TITLES),
            index=list(TITLES).index(view.topic),
            format_func=TITLES.__getitem__,
            key=state.key("sheet-topic"),
            on_change=_topic,
            width=220,
        )
        st.number_input(
            "How many",
            min_value=1,
            max_value=MOST_ITEMS,
            value=view.sheet.items,
            key=state.key("sheet-items"),
            on_change=_set,
            args=("items",),
            width=120,
        )
        st.number_input(
            "From number",
            min_value=0,
            max_value=SEEDS - 1,
            value=view.seed,
            key=state.key("sheet-seed"),
            on_change=_seed,
            width=140,
            help="Each number is an exercise, the same for everyone. Another number, other numbers "
            "to work with.",
        )


def _from() -> None:
    view, chosen = state.current(), state.value("sheet-from")
    if chosen:
        view = view.replace(sheet=replace(view.sheet, items=FEW if chosen == ITEMS else 0))
    state.show(view)


def _kinds() -> None:
    view, chosen = state.current(), state.value("sheet-kinds") or []
    kinds = tuple(kind for kind in KINDS if kind in chosen)
    if not kinds:  # nothing is no worksheet: the choice goes back to what it was
        state.refresh("sheet-kinds")
        kinds = view.sheet.kinds
    state.show(view.replace(sheet=replace(view.sheet, kinds=kinds)))


def _set(field: str) -> None:
    view, chosen = state.current(), state.value(f"sheet-{field}")
    if chosen is not None:
        view = view.replace(sheet=replace(view.sheet, **{field: chosen}))
    state.show(view)


def _topic() -> None:
    view, chosen = state.current(), state.value("sheet-topic")
    state.show(view.practising(topic=chosen) if chosen else view)


def _seed() -> None:
    view, chosen = state.current(), state.value("sheet-seed")
    state.show(view if chosen is None else view.practising(seed=int(chosen)))
