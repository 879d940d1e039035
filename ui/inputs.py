"""Own numbers in: options, a table to edit, a text to paste, a file, an example."""

from functools import partial

import streamlit as st

from ce_core import CaseError
from ce_core.case import REDUCTIONS
from ce_core.presets import PRESETS, preset
from ce_core.words import words
from ui import presenting, state
from ui.editor import editor
from ui.folded import folded, tabs
from ui.header import share, summary
from ui.hiding import hidden
from ui.intake import paste, upload
from ui.messages import NOTE, STOP, explain, hints, plain
from ui.notation import NotationError
from ui.typed import doubt, read_typed, written
from ui.view import View
from ui.words import tr
from ui.words.numerals import prose


def numbers(view: View, *, open_at_start: bool = False, kept: bool = False) -> None:
    """The case in one line, its options, and the ways to change it; not where they are hidden.

    Args:
        view: with the case.
        open_at_start: whether the ways to change it stand open.
        kept: whether all is shown though the view hides it: where a teacher chooses what to hide.
    """
    if (view.present or hidden(view, "numbers")) and not kept:
        return
    line = st.container(horizontal=True, vertical_alignment="bottom")
    with line:
        reduction(view)
        share(view)
        presenting.way_in(view)
    st.caption(plain(tr(summary(view))))
    label = tr("Numbers: edit, paste, upload, or take an example")
    folded(label, "numbers", partial(_ways, view), expanded=open_at_start)
    hints(view)


def _ways(view: View) -> None:
    """The ways to other numbers, and the options that all of them have."""
    tabs(
        "ways",
        (
            (tr("Edit"), partial(editor, view)),
            (tr("Paste"), paste),
            (tr("Upload"), upload),
            (tr("Examples"), partial(example, view)),
        ),
    )
    options(view)


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
    left.text_input(  # a browser's own field for numbers takes 0,1 for 1
        "label_smoothing",
        value=written(view.case.label_smoothing if view.case.smooths else 0.0),
        key=state.key("label_smoothing"),
        max_chars=30,
        on_change=_smoothing,
    )
    right.number_input(
        "ignore_index",
        value=view.case.ignore_index,
        step=1,
        key=state.key("ignore_index"),
        on_change=_option,
        args=("ignore_index",),
        help=tr("Rows whose target equals this count for nothing."),
    )
    message = state.told("options")
    if message:
        st.error(message, icon=STOP)
    read = state.told("options-read")
    if read:
        st.info(plain(tr(read)), icon=NOTE)


def _smoothing() -> None:
    state.act()
    text = state.value("label_smoothing") or ""
    try:
        _take("label_smoothing", read_typed(text or "0"))
    except NotationError as problem:
        remedy = words("Type a number from 0 to 1, such as {number}.", number=written(0.1))
        found = words("{name} cannot be read", name="label_smoothing")
        refused = CaseError("label_smoothing", problem.says, found, remedy)
        state.tell("options", explain(refused))
    state.tell("options-read", doubt(text))


def _option(name: str) -> None:
    state.act()
    chosen = state.value(name)
    if chosen is not None:
        _take(name, chosen)


def _take(name: str, value: object) -> None:
    view = state.current()
    try:
        case = view.case.replace(**{name: value})
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
        tr("Example"),
        keys,
        index=index,
        format_func=_title,
        key=state.key("example"),
        placeholder=tr("Choose an example"),
        on_change=_choose,
    )


def _title(key: str) -> str:
    chosen = preset(key)
    if chosen is None:
        return key
    return f"{tr(chosen.group)}: {prose(chosen.title)}"


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
