"""A constant added to all logits: the slider, numbers to try, and both chains for one row."""

from dataclasses import replace
from math import isfinite, isinf

import streamlit as st

from ce_core.rule import CELL
from ce_core.stability import MUCH, Chains, number_type
from ce_core.trace import Step
from ui import state
from ui.compute import LARGE, size
from ui.figures import figure
from ui.picker import row_picker
from ui.place import row_label
from ui.slider import slider
from ui.stability.cached import broken_rows, row_chains
from ui.stability.settings import FARTHEST, TRIES
from ui.stability.tables import cell, number, table
from ui.stability.tables import line as line_of
from ui.view import View, asked_class, positions
from ui.words import Words, joined, tr, words

SHOWN = 5  # classes
UNDERFLOW = ("naive_exps", "naive_sum", "naive_probs")  # a 0 there is a loss of everything
BEYOND = ("logits", "row_max", "shifted")  # inf there is past the type's largest number


def choose(view: View) -> None:
    """The constant, and the row looked at."""
    slider(
        "offset",
        tr("Constant v added to every logit"),
        view.overflow.offset,
        -FARTHEST,
        FARTHEST,
        0.1,
        _take,
        help=tr("On paper it changes no probability. The slider goes over powers of ten."),
        powers=True,
    )
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    left.pills(
        tr("Constants to try"),
        TRIES,
        default=view.overflow.offset if view.overflow.offset in TRIES else None,
        format_func=_said,
        key=state.key("offset-try"),
        on_change=_try,
    )
    row_picker(view, "offset", right)


def _said(value: float) -> str:
    return tr("{value:,.12g}", value=value).replace("-", "−")


def _take(view: View, value: float) -> View:
    return view.replace(overflow=replace(view.overflow, offset=value))


def _try() -> None:
    chosen = state.value("offset-try")
    state.act()
    if chosen is not None:
        state.show(_take(state.current(), float(chosen)))


def steps(view: View) -> None:
    """Both chains for the row, side by side, and what came of them."""
    if not positions(view.case) or not view.case.classes:
        st.info(tr("There is no row or no class, so there is nothing to add a constant to."))
        return
    row = min(view.row, positions(view.case) - 1)
    both = row_chains(view.case, row, view.overflow.offset, view.dtype)
    at = {"row": row_label(view.case, row), "dtype": view.dtype}
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(tr("As the formula says it"))
        _steps(both, both.naive, view, words("Without the shift: row {row}, in {dtype}", **at))
        st.markdown(_end(both, both.naive))
    with right:
        st.subheader(tr("With the largest logit subtracted"))
        _steps(both, both.shifted, view, words("With the shift: row {row}, in {dtype}", **at))
        st.markdown(_end(both, both.shifted))
    st.markdown(_verdict(view, both))


def _columns(view: View) -> list[int]:
    """The classes shown: the first ones, and the one looked at."""
    row = min(view.row, positions(view.case) - 1)
    wanted = asked_class(view.case, row) if view.column is None else view.column
    shown = list(range(min(view.case.classes, SHOWN)))
    return shown if wanted in shown else [*shown[:-1], wanted]


def _steps(both: Chains, steps: tuple[Step, ...], view: View, caption: Words) -> None:
    lines, columns, meant = [], _columns(view), both.meant[0]
    for step in steps:
        values = step.output[0]
        if step.rule.axes is CELL:
            drawn = [_cell(step.key, float(values[c]), given=not meant[c]) for c in columns]
        else:
            drawn = [number(values, _word(step.key, float(values)), span=len(columns))]
        lines.append(line_of(tr(step.rule.title), drawn, step.rule.torch))
    more = view.case.classes - len(columns)
    if more:
        caption = words(
            "{caption}; {count:,} more classes are not shown", caption=caption, count=more
        )
    table(tr(caption), [tr("step"), *(view.classes[c] for c in columns)], lines)


def _cell(key: str, value: float, *, given: bool) -> str:
    """A class's number; what a logit given as inf or nan leads to has not broken on the way."""
    return cell(figure(value)) if given else number(value, _word(key, value))


def _word(key: str, value: float) -> str:
    if value == 0 and key in UNDERFLOW:
        return tr("too small")
    if isinf(value) and key in BEYOND:
        return tr("beyond the type")
    return tr("log of 0") if isinf(value) and key == "naive_costs" else ""


def _end(both: Chains, steps: tuple[Step, ...]) -> str:
    """What came of the costs, by one of the chains."""
    count, size_ = int(both.meant.sum()), both.meant.size
    if not count:
        return f"**{tr('By no formula is a cost a number: a logit is given as inf or nan.')}**"
    off = both.off(steps)
    if isfinite(off):
        mark = "⚠" if off > MUCH else "✓"
        said = (
            words("Every cost is a number, off by at most {off}.", off=figure(off))
            if count == size_
            else words(
                "Every cost but that of a logit of −∞ is a number, off by at most {off}.",
                off=figure(off),
            )
        )
        return f"**{mark} {tr(said)}**"
    if count == 1:
        return f"**⚠ {tr('The cost came out as inf or nan.')}**"
    broken = tr(
        "{lost:,} of {count:,} costs came out as inf or nan.", lost=both.lost(steps), count=count
    )
    return f"**⚠ {broken}**"


def _verdict(view: View, both: Chains) -> str:
    """What became of all rows, and of digits that no formula brings back."""
    kind = number_type(view.dtype)
    rows, told = positions(view.case), []
    if rows > 1 and size(view.case) <= LARGE:
        count = broken_rows(view.case, view.overflow.offset, view.dtype)
        told.append(
            words("The shift saves {count:,} of the {rows:,} rows.", count=count, rows=rows)
            if count
            else words("The shift saves none of the {rows:,} rows.", rows=rows)
        )
    elif rows > 1:
        told.append(
            words(
                "In a case of more than {most:,} logits the rows that break are not counted.",
                most=LARGE,
            )
        )
    if both.beyond:
        told.append(
            words(
                "{dtype} ends at {largest}: the logits themselves are inf now, and the shift "
                "subtracts inf from inf.",
                dtype=view.dtype,
                largest=figure(kind.largest),
            )
        )
    elif both.highest >= 1:
        told.append(
            words(
                "Beside {highest}, {dtype} holds numbers {spacing} apart, and the logits are "
                "rounded to them. What is lost there no formula brings back.",
                highest=figure(both.highest),
                dtype=view.dtype,
                spacing=figure(kind.spacing(both.highest)),
            )
        )
    return tr(joined(told))
