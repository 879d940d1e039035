"""What a teacher chooses about a lesson, in the order in which one thinks of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from ce_core.practice import MODES, SEEDS, TOPICS
from ce_core.rules import rules_for
from ui import state
from ui.practice.items import made
from ui.targets.page import TITLES as TARGETS
from ui.teach.place import TITLES, WITH_BLANKS, blanks, hideable
from ui.teach.settings import HEIGHTS, PAGES, SHOWN, THEMES
from ui.teach.taking import (
    set_blank,
    set_class,
    set_exercise,
    set_hidden,
    set_lesson,
    set_row,
    set_view,
)
from ui.view import View, positions, step_keys
from ui.words import LANGUAGES, complete

PARTS: Mapping[str, Mapping[str, str]] = {
    "targets": TARGETS,
    "check": {"agreement": "Every step", "floats": "Where floating point breaks"},
    "choose": {"schemes": "Every scheme", "pos_weight": "One output: pos_weight"},
}
WITH_ROWS = ("steps", "targets", "gradient", "check", "placement")
WITH_CLASS = ("steps", "gradient", "check")
GUESSES = ("steps", "practice")
MANY = 30  # classes in a list; more are chosen by number
Options = Sequence[Any]
Take = Callable[[str, str], None]


def choices(view: View) -> None:
    """All choices; each of them is in the link of the builder."""
    page = view.lesson.page
    _select("Page", "page", PAGES, page, TITLES, set_lesson)
    if page in SHOWN:
        part = view.lesson.shows if view.lesson.shows in SHOWN[page] else SHOWN[page][0]
        _select("Part", f"shows-{page}", SHOWN[page], part, PARTS[page], set_lesson)
    if page == "steps":
        _step(view)
    if page == "practice":
        _exercise(view)
    if page in WITH_ROWS:
        _row(view)
    _left_out(view)
    if page in WITH_BLANKS and not (page == "practice" and view.mode != "complete"):
        _blank(view)
    if page in GUESSES:
        st.toggle(
            "Ask for a guess first",
            help="Before a number is shown, the reader is asked what it will be, and may pass.",
            value=view.predict,
            key=state.key("teach-predict"),
            on_change=set_view,
            args=("predict", "teach-predict"),
        )
    _frame(view)


def _select(
    label: str, name: str, options: Options, now: object, names: Mapping[str, str], take: Take
) -> None:
    """A list to choose one from; its key holds the options, so that others start it over."""
    key = f"teach-{name}"
    st.selectbox(
        label,
        options,
        index=list(options).index(now),
        format_func=lambda one: names.get(one, str(one)),
        key=state.key(key),
        on_change=take,
        args=(name.partition("-")[0], key),
    )


def _step(view: View) -> None:
    keys = step_keys(view.case)
    titles = {
        rule.key: f"{number}. {rule.title}"
        for number, rule in enumerate(rules_for(view.case), start=1)
    }
    now = view.step if view.step in keys else keys[0]
    _select("Step", f"step-{','.join(keys)}", keys, now, titles, set_view)


def _exercise(view: View) -> None:
    topics = {topic.key: topic.title for topic in TOPICS}
    _select("Topic", "topic", list(topics), view.topic, topics, set_exercise)
    left, right = st.columns([2, 3])
    with left:
        st.number_input(
            "Item",
            min_value=0,
            max_value=SEEDS - 1,
            value=view.seed,
            key=state.key("teach-seed"),
            on_change=set_exercise,
            args=("seed", "teach-seed"),
            help="Each number is an item of its own; everybody with this link gets the same one.",
        )
    with right:
        _segments("Mode", "mode", MODES, view.mode, str.capitalize, set_exercise)


def _row(view: View) -> None:
    rows, classes = positions(view.case), view.case.classes
    with_class = view.lesson.page in WITH_CLASS and classes > 1
    if rows < 2 and not with_class:
        return
    left, right = st.columns(2)
    if rows > 1:
        name = f"teach-row-{rows}"
        left.number_input(
            f"Row, 0 to {rows - 1:,}",
            min_value=0,
            max_value=rows - 1,
            value=min(view.row, rows - 1),
            key=state.key(name),
            on_change=set_row,
            args=(name,),
        )
    if with_class and classes <= MANY:
        names = {"": "The target", **{str(k): name for k, name in enumerate(view.classes)}}
        now = "" if view.column is None else str(view.column)
        key = f"teach-class-{view.case.digest}-{view.row}"
        right.selectbox(
            "Class",
            list(names),
            index=list(names).index(now),
            format_func=names.__getitem__,
            key=state.key(key),
            on_change=set_class,
            args=(key,),
        )


def _left_out(view: View) -> None:
    parts = {part.key: part.title for part in hideable(view.lesson.page)}
    key = f"teach-hide-{view.lesson.page}"
    st.multiselect(
        "Left out of the page",
        list(parts),
        default=[key for key in view.hide if key in parts],
        format_func=parts.__getitem__,
        placeholder="Nothing",
        key=state.key(key),
        on_change=set_hidden,
        args=(key, tuple(parts)),
    )


def _blank(view: View) -> None:
    practice = view.lesson.page == "practice"
    case = made(view.seed, view.topic).trace.case if practice else view.case
    titles = {rule.key: rule.title for rule in rules_for(case)}
    keys = blanks(view)
    key = f"teach-blank-{','.join(keys)}"
    st.multiselect(
        "Left to the reader",
        keys,
        default=[key for key in keys if key in view.blank],
        format_func=lambda one: titles.get(one, one),
        placeholder="As the item has it" if practice else "Nothing",
        help="The numbers of these steps stay covered until the reader asks for them.",
        key=state.key(key),
        on_change=set_blank,
        args=(key,),
    )


def _frame(view: View) -> None:
    """Theme, height and language of the lesson."""
    lesson = view.lesson
    with st.container(horizontal=True):
        _segments("Theme", "theme", THEMES, lesson.theme, str.capitalize, set_lesson)
        heights = [int(height) for height in HEIGHTS]
        _segments("Height of the frame", "height", heights, lesson.height, str, set_lesson)
        spoken = {one.code: one.name for one in LANGUAGES if complete(one.code, lesson.page)}
        if len(spoken) > 1:
            now = view.lang if view.lang in spoken else next(iter(spoken))
            _segments("Language", "lang", list(spoken), now, spoken.__getitem__, set_view)


def _segments(
    label: str, name: str, options: Options, now: object, shown: Callable[[Any], str], take: Take
) -> None:
    key = f"teach-{name}"
    st.segmented_control(
        label,
        options,
        default=now,
        required=True,
        format_func=shown,
        key=state.key(key),
        on_change=take,
        args=(name, key),
    )
