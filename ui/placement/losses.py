"""The three losses side by side on the person's case, with a slider that lifts all logits."""

from html import escape

import numpy as np
import streamlit as st

from ce_core import Case
from ce_core.placement import PLACINGS, Compared, all_equal
from ui.figures import column, figure, latex
from ui.messages import NOTE
from ui.place import row_label
from ui.placement.change import taking
from ui.placement.compute import compared
from ui.placement.settings import SHIFTS
from ui.slider import slider
from ui.view import View, positions

ROWS = 6  # in each table; the totals are of all


def three_losses(view: View) -> None:
    """The cards, and what the slider does to them."""
    case, shift = view.case, view.placement.shift
    st.header("What would happen if all logits rose by 10?")
    st.markdown(
        "No probability would move, since softmax sees only differences. Drag, and see which of "
        "the three losses does."
    )
    slider("shift", "Added to every logit", shift, *SHIFTS, 0.5, taking("shift"))
    with st.container(key="placement-losses"):
        places = st.columns(3)
    for place, one in zip(places, compared(case, shift), strict=True):
        with place, st.container(border=True):
            _card(view, one)
    _verdict(case, compared(case, shift), shift)
    said = _same(case)
    if said:
        st.info(said, icon=NOTE)
    if case.soft or case.smooths:
        st.caption(
            "The target is a distribution here, so each loss is Σ q_c · (cost if the target were "
            "c). Outside the log that is what torch does: every class brings its own weight."
        )
    with st.expander("The three losses in NumPy and torch"):
        _code()


def _card(view: View, one: Compared) -> None:
    st.markdown(f"**{one.placing.title}**")
    st.latex(one.placing.formula)
    st.html(_total(view, one) + _table(view, one))
    st.caption(one.placing.means)


def _total(view: View, one: Compared) -> str:
    name = "sum of the rows" if view.case.reduction == "none" else view.case.reduction
    shift = view.placement.shift
    if not shift:
        told = name
    elif one.moved:
        change = figure(one.moved)
        sign = "" if one.moved < 0 else "+"
        told = f"{name}, was {figure(one.total_before)}: <strong>moves by {sign}{change}</strong>"
    else:
        told = f"{name}, was {figure(one.total_before)}: does not move"
    below = ""
    if one.divisor is not None:
        below = f"<br>divided by {figure(one.divisor)}, the {escape(one.divided_by)}"
    return (
        f"<p class='wce-placement-total'>{figure(one.total_after)}</p>"
        f"<p class='wce-placement-told'>{told}{below}</p>"
    )


def _table(view: View, one: Compared) -> str:
    case, count = view.case, len(one.before)
    if not count:
        return "<p>There is no row.</p>"
    rows = range(min(count, ROWS))
    shown = [column(one.before[:ROWS])]
    heads = ["loss"]
    if view.placement.shift:
        heads = ["before", "now"]
        shown.append(column(one.after[:ROWS]))
    if not case.soft:
        heads.insert(0, "w")
        shown.insert(0, [_weight(case, row) for row in rows])
    body = "".join(
        f"<tr><th scope='row'>{row_label(case, row)}</th>"
        + "".join(f"<td>{text}</td>" for text in texts)
        + "</tr>"
        for row, texts in zip(rows, zip(*shown, strict=True), strict=True)
    )
    top = "".join(f"<th scope='col'>{head}</th>" for head in ("row", *heads))
    more = f"<p class='wce-more'>and {count - ROWS:,} rows more</p>" if count > ROWS else ""
    return (
        f"<div class='wce-scroll'><table class='wce-sheet'><thead><tr>{top}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>{more}"
    )


def _weight(case: Case, row: int) -> str:
    """The weight of the row's target."""
    target = int(case.target.reshape(-1)[row])
    return "–" if target == case.ignore_index else figure(float(case.inputs["weight"][target]))


def _verdict(case: Case, three: tuple[Compared, ...], shift: float) -> None:
    """Which of the three moved, and why."""
    if not positions(case) or not case.classes:
        return
    if not all(np.isfinite(one.total_after) for one in three):
        st.markdown(
            "A total is not a finite number here: a weight that is 0 or negative has no finite "
            "log, a mean may divide by 0, or a logit is infinite."
        )
        return
    inside = three[1]
    each = r"\sum_c q_c (1 - w_c)" if case.soft or case.smooths else "(1 - w_y)"
    if not shift:
        st.markdown(
            "Move the slider to 10: the first and the third stay where they are. The second moves "
            rf"in each row that counts by ${each} \cdot 10$, which is 0 only for a weight of 1."
        )
    elif inside.moved:
        way = "rise" if (inside.moved < 0) == (shift > 0) else "fall"
        st.markdown(
            "The first and the third do not move. The second moves in each row that counts by "
            rf"${each} \cdot {_signed(shift)}$. A model could lower it as far as it likes, "
            f"with no sample told apart any better, only by letting all logits {way}."
        )
    else:
        st.markdown(
            "None of the three moves: each row's weight is 1, their moves cancel, or the losses "
            "are so large that a double does not hold the difference."
        )
    st.markdown(
        r"That is why the weight stands outside: $-z_y$ and $\log \sum_j e^{z_j}$ belong "
        r"together. Only their sum, $-\log p_y$, is the cost of a probability, and a factor "
        "outside leaves it one."
    )


def _signed(value: float) -> str:
    return f"({latex(value)})" if value < 0 else latex(value)


def _same(case: Case) -> str:
    """What equal weights do to the three."""
    weight = case.inputs["weight"]
    if not weight.size or not np.isfinite(weight).all() or not all_equal(weight):
        return ""
    if weight[0] == 1:
        return (
            "All weights are 1, so the three are one and the same loss. Give a class another "
            "weight, under Numbers, and they part."
        )
    return (
        f"All weights are {figure(float(weight[0]))}. Outside the log that is only a factor, and "
        "as a prior it cancels: no class is preferred. Different weights tell more."
    )


def _code() -> None:
    st.caption(
        "One loss a row, for logits of shape (N, C) and class numbers, "
        "with rows = arange(N) and q = weight / weight.sum()."
    )
    for placing in PLACINGS:
        st.markdown(f"**{placing.title}**")
        st.code(f"{placing.numpy}  # NumPy\n{placing.torch}  # torch", language="python")
