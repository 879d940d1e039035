"""The walk: one step at a time, its formula, its arrays, its picture, and what torch gives."""

import streamlit as st

from ce_core import Step, Trace
from ce_core.rule import ONE
from ui import areas, bars, matrix, state
from ui.compute import by_count, traced
from ui.figures import figure, full, latex
from ui.messages import NOTE
from ui.palette import coloured
from ui.place import Place, in_numbers, in_words, place, result, row_label
from ui.torch_side import asked_quickly, checked
from ui.view import View, positions


def walk(view: View) -> None:
    """Everything about the step on the screen, fed by the trace alone."""
    trace = traced(view.case)
    step = trace[view.step] if view.step else trace.steps[0]
    at = place(trace, view)
    stepper(trace, step)
    looked_at(at)
    if not at.exists:
        answer = figure(float(trace.answer)) if trace.answer.ndim == 0 else "an empty list"
        st.info(f"There is no row to look at. The answer is {answer}.", icon=NOTE)
        return
    words, picture = st.columns([3, 2], gap="large")
    with words:
        formula(at, step)
    with picture:
        drawing(at, step)
    flow(at, step)
    torch_line(trace, step, at)


def stepper(trace: Trace, step: Step) -> None:
    """Back, the list of steps, Next; Left and Right do the same."""
    keys = trace.keys
    index = keys.index(step.key)
    line = st.container(horizontal=True, vertical_alignment="bottom")
    line.button(
        "Back",
        key="back",
        shortcut="Left",
        disabled=index == 0,
        on_click=_go,
        args=(keys[max(index - 1, 0)],),
    )
    titles = {s.key: f"{k + 1}. {s.rule.title}" for k, s in enumerate(trace)}
    line.button(
        "Next",
        key="next",
        shortcut="Right",
        disabled=index == len(keys) - 1,
        on_click=_go,
        args=(keys[min(index + 1, len(keys) - 1)],),
    )
    line.selectbox(
        f"Step {index + 1} of {len(keys)}",
        keys,
        index=index,
        format_func=titles.__getitem__,
        key=f"step-{trace.case.digest}-{step.key}",
        on_change=_jump,
        args=(f"step-{trace.case.digest}-{step.key}",),
    )


def _go(key: str) -> None:
    state.show(state.current().replace(step=key))


def _jump(widget: str) -> None:
    _go(state.at(widget))


def looked_at(at: Place) -> None:
    """Which row and which class the formula is written out for."""
    case, rows = at.case, positions(at.case)
    if not at.exists:
        return
    left = right = st.container(horizontal=True, vertical_alignment="bottom")
    key = f"row-{case.digest}-{at.row}"
    if rows <= 200:
        left.selectbox(
            "Row",
            range(rows),
            index=at.row,
            format_func=lambda k: _row_title(at, k),
            key=key,
            on_change=_look,
            args=("row", key),
        )
    else:
        left.number_input(
            f"Row, 0 to {rows - 1}",
            min_value=0,
            max_value=rows - 1,
            value=at.row,
            key=key,
            on_change=_look,
            args=("row", key),
        )
    key = f"column-{case.digest}-{at.row}-{at.column}"
    right.selectbox(
        "Class",
        range(case.classes),
        index=at.column,
        format_func=lambda c: at.names[c] + (" (target)" if c == at.target else ""),
        key=key,
        on_change=_look,
        args=("column", key),
    )


def _row_title(at: Place, row: int) -> str:
    label = row_label(at.case, row)
    if at.case.soft:
        return label
    target = int(at.case.target.reshape(-1)[row])
    named = "ignored" if target == at.case.ignore_index else f"target {at.name(target)}"
    return f"{label} ({named})"


def _look(what: str, widget: str) -> None:
    view = state.current().replace(**{what: int(state.at(widget))})
    state.show(view.replace(column=None) if what == "row" else view)


def formula(at: Place, step: Step) -> None:
    """The formula in symbols, with the numbers put in, and the result; then the sentence."""
    rule = step.rule
    st.subheader(rule.title)
    left, equals, right = rule.formula.partition(" = ")
    symbols = rf"{left} &= {right}" if equals else rf"{left} &\phantom{{=}}"
    lines = [coloured(symbols, dark=st.context.theme.type == "dark")]
    numbers, value = in_numbers(at, step), latex(result(at, step))
    if numbers != value:
        lines.append(rf"&= {numbers}")
    lines.append(rf"&= \mathbf{{{value}}}")
    st.latex(r"\begin{aligned}" + r"\\[8pt]".join(lines) + r"\end{aligned}")
    st.markdown(f"**{_markdown(in_words(at, step))}**")
    st.markdown(rule.why)


def _markdown(text: str) -> str:
    return "".join("\\" + letter if letter in r"\`*_[]<>#$~:|" else letter for letter in text)


def drawing(at: Place, step: Step) -> None:
    """The step's picture: bars, or for the mean the rectangle of the same area."""
    if step.key == "mean_loss":
        picture = areas.areas(at.trace, by_count(at.case))
        if picture.drawable:
            labels = [f"row {row_label(at.case, k)}" for k in range(positions(at.case))]
            st.html(areas.draw_mean(picture, labels))
            return
    st.html(bars.of_step(at, step))


def flow(at: Place, step: Step) -> None:
    """The arrays that were read, an arrow, and the array that was made."""
    read, made = matrix.sheets(at, step)
    tables = [matrix.draw(sheet, at.row, at.column) for sheet in read]
    arrow = "<div class='wce-arrow' aria-hidden='true'>→</div>"
    drawn = matrix.draw(made, at.row, at.column)
    st.html(f"<div class='wce-flow'>{''.join(tables)}{arrow}{drawn}</div>")
    st.caption(
        "Dotted: what this number was made from. Framed: what was made. "
        f"Its full value is {full(result(at, step))}."
    )


def torch_line(trace: Trace, step: Step, at: Place) -> None:
    """The line of torch that gives the same array, and what it gave."""
    st.code(f"{step.key} = {step.rule.torch}", language="python", wrap_lines=True)
    if not asked_quickly(trace.case):
        st.caption("This case is large: ask torch on the page Check.")
        return
    with st.spinner("Asking torch", show_time=False):
        row = next(row for row in checked(trace, "cpu", "float64") if row.key == step.key)
    st.markdown(f"torch gives **{_shown(row.torch, step, at)}** on the CPU in float64: {row.note}")


def _shown(array: object, step: Step, at: Place) -> str:
    """Torch's number at the place looked at."""
    from ce_core.trace import as_rows

    rows = as_rows(array, step.rule.axes)  # type: ignore[arg-type]
    if step.rule.axes is ONE:
        return figure(float(rows))
    value = rows[at.row, at.column] if rows.ndim > 1 else rows[at.row]
    return figure(float(value))
