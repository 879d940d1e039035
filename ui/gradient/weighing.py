"""A weight made heavier: what that does to each row's gradient, and what it leaves alone."""

import streamlit as st

from ce_core.descent import Effect
from ui import state
from ui.compute import LARGE, size
from ui.figures import column as column_of
from ui.figures import figure
from ui.gradient.computing import row_alone, weighed
from ui.gradient.onward import onward
from ui.gradient.settings import ALL, ONE
from ui.gradient.tables import table
from ui.gradient.weighed_words import told
from ui.matrix import chosen
from ui.picker import class_picker
from ui.place import Place, row_label
from ui.slider import slider
from ui.view import View
from ui.words import tr, words

ROWS = 20
OFFERED = (1.0, 2.0, 5.0, 50.0)
WHOSE = {ONE: words("of the class"), ALL: words("of all classes")}


def weighing(view: View, at: Place) -> None:
    """Choose whose weight and by how much; each row's gradient under the sum and the mean."""
    settings = view.descent
    line = st.container(horizontal=True, vertical_alignment="bottom")
    line.segmented_control(
        tr("Multiply the weight"),
        (ONE, ALL),
        default=settings.reweigh,
        required=True,
        format_func=lambda whose: tr(WHOSE[whose]),
        key=state.key(f"reweigh-{settings.reweigh}"),
        on_change=_choose,
        args=("reweigh", f"reweigh-{settings.reweigh}"),
    )
    if settings.reweigh == ONE:
        class_picker(view, "weigh", line)
    line.segmented_control(
        tr("by"),
        OFFERED,
        default=settings.times if settings.times in OFFERED else None,
        format_func=figure,
        key=state.key(f"times-{settings.times}"),
        on_change=_choose,
        args=("times", f"times-{settings.times}"),
    )
    slider("times", tr("k, what it is multiplied by"), settings.times, 0, 100, 0.5, _with_times)
    large = size(at.case) > LARGE
    case = row_alone(at.case, at.row) if large else at.case
    column = at.column if settings.reweigh == ONE else None
    total, mean = weighed(case, settings.times, column)
    if large:
        st.caption(
            tr(
                "This batch is too large to weigh whole at each click: here is {row} alone, under "
                "the sum. Under the mean it is divided by the sum of the targets' weights.",
                row=at.row_name,
            )
        )
    shown = (total,) if large else (total, mean)
    _table(at, shown, large=large)
    for sentence in told(at.case, shown, settings.times, column):
        st.markdown(tr(sentence))
    onward("placement", tr("What a model believes in the end"))


def _with_times(view: View, times: float) -> View:
    return view.replace(descent=view.descent.replace(times=times))


def _choose(field: str, name: str) -> None:
    chosen_value, view = state.value(name), state.current()
    state.act()
    if chosen_value is not None:
        state.show(view.replace(descent=view.descent.replace(**{field: chosen_value})))


def _table(at: Place, shown: tuple[Effect, ...], *, large: bool) -> None:
    rows = [0] if large else chosen(len(shown[0]["before"]), ROWS, at.row)
    kept = [row for row in rows if row is not None]
    heads, columns = [tr("row")], []
    for effect in shown:
        name = effect.reduction
        heads += [
            tr("{reduction}, before", reduction=name),
            tr("{reduction}, after", reduction=name),
            tr("times as long"),
        ]
        for key in ("before", "after", "ratio"):
            whole = float(effect["whole_ratio" if key == "ratio" else f"whole_{key}"])
            values = [*(float(effect[key][row]) for row in kept), whole]
            cells = map(figure, values) if key == "ratio" else column_of(values)
            columns.append([cell.replace("nan", "–") for cell in cells])
    lines = list(zip(*columns, strict=True))
    named = dict(zip(kept, lines, strict=False))
    body = [
        None if r is None else (row_label(at.case, at.row if large else r), *named[r]) for r in rows
    ]
    st.html(
        table(
            tr("How long each row's gradient is, and all of them together"),
            heads,
            [*body, (tr("all"), *lines[-1])],
            concepts=["", *["logits", "logits", "weight"] * len(shown)],
        )
    )
