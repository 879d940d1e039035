"""Own numbers in: options, a table to edit, a text to paste, a file, an example."""

import streamlit as st

from ce_core import CaseError
from ce_core.case import REDUCTIONS
from ce_core.presets import PRESETS, preset
from ui import state
from ui.editor import editor
from ui.header import share, summary
from ui.intake import paste, upload
from ui.messages import STOP, explain, hints
from ui.view import View


def numbers(view: View, *, open_at_start: bool = False) -> None:
    """The case in one line, its options, and the ways to change it."""
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line:
        reduction(view)
        share(view)
    with st.expander(f"Numbers: {summary(view)}", expanded=open_at_start, key="numbers"):
        edit, pasted, uploaded, examples = st.tabs(["Edit", "Paste", "Upload", "Examples"])
        with edit:
            editor(view)
        with pasted:
            paste()
        with uploaded:
            upload()
        with examples:
            example(view)
        options(view)
    hints(view)


def reduction(view: View) -> None:
    """None, sum or mean."""
    st.segmented_control(
        "reduction",
        REDUCTIONS,
        default=view.case.reduction,
        required=True,
        key=state.key("reduction"),
        on_change=_option,
        args=("reduction",),
    )


def options(view: View) -> None:
    """Label smoothing and ignore_index."""
    left, right = st.columns(2)
    left.number_input(
        "label_smoothing",
        max_value=1.0,
        min_value=0.0,
        value=view.case.label_smoothing if view.case.smooths else 0.0,
        step=0.05,
        format="%g",
        key=state.key("label_smoothing"),
        on_change=_option,
        args=("label_smoothing",),
    )
    right.number_input(
        "ignore_index",
        value=view.case.ignore_index,
        step=1,
        key=state.key("ignore_index"),
        on_change=_option,
        args=("ignore_index",),
        help="Rows whose target equals this count for nothing.",
    )
    message = state.told("options")
    if message:
        st.error(message, icon=STOP)


def _option(name: str) -> None:
    view, chosen = state.current(), state.value(name)
    state.act()
    if chosen is None:
        return
    try:
        case = view.case.replace(**{name: chosen})
    except CaseError as problem:
        state.tell("options", explain(problem))
    else:
        state.tell("options", None)
        state.show(view.with_case(case))


def example(view: View) -> None:
    """The presets, to choose from by title."""
    keys = [chosen.key for chosen in PRESETS]
    index = keys.index(view.preset) if view.preset in keys else None
    st.selectbox(
        "Example",
        keys,
        index=index,
        format_func=_title,
        key=state.key("example"),
        placeholder="Choose an example",
        on_change=_choose,
    )


def _title(key: str) -> str:
    chosen = preset(key)
    return f"{chosen.group}: {chosen.title}" if chosen else key


def _choose() -> None:
    chosen = preset(state.value("example") or "")
    state.act()
    if chosen:
        choose(chosen.key)


def choose(key: str) -> None:
    """Put an example on the screen; for callbacks."""
    chosen, view = preset(key), state.current()
    if chosen is not None:
        fresh = view.of_case(chosen.case, preset=chosen.key, names=chosen.classes)
        state.show(fresh.replace(step=""), renew=True)
