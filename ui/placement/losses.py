"""The three losses side by side on the person's case, with a slider that lifts all logits."""

from html import escape

import numpy as np
import streamlit as st

from ce_core import Case
from ce_core.placement import PLACINGS, Compared, all_equal
from ui.figures import column, figure, latex
from ui.folded import folded
from ui.messages import NOTE
from ui.place import row_label
from ui.placement.change import taking
from ui.placement.compute import compared
from ui.placement.settings import SHIFTS
from ui.slider import slider
from ui.view import View, positions
from ui.words import tr, words

ROWS = 6  # in each table; the totals are of all


def three_losses(view: View) -> None:
    """The cards, and what the slider does to them."""
    case, shift = view.case, view.placement.shift
    st.header(tr("What would happen if all logits rose by 10?"))
    st.markdown(
        tr(
            "No probability would move, since softmax sees only differences. Drag, and see which "
            "of the three losses does."
        )
    )
    slider("shift", tr("Added to every logit"), shift, *SHIFTS, 0.5, taking("shift"))
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
            tr(
                "The target is a distribution here, so each loss is Σ q_c · (cost if the target "
                "were c). Outside the log that is what torch does: every class brings its own "
                "weight."
            )
        )
    folded(tr("The three losses in NumPy and torch"), "three-losses", _code)


def _card(view: View, one: Compared) -> None:
    st.markdown(f"**{tr(one.placing.title)}**")
    st.latex(one.placing.formula)
    st.html(_total(view, one) + _table(view, one))
    st.caption(tr(one.placing.means))


def _total(view: View, one: Compared) -> str:
    reduction = view.case.reduction
    told = tr("sum of the rows") if reduction == "none" else reduction
    if view.placement.shift:
        was = {"name": told, "before": figure(one.total_before)}
        told = (
            _moves(one.moved, was)
            if one.moved
            else tr("{name}, was {before}: does not move", **was)
        )
    below = ""
    if one.divisor is not None:
        divisor, name = figure(one.divisor), words(one.divided_by)
        by = tr("divided by {divisor}, the {name}", divisor=divisor, name=name)
        below = f"<br>{escape(by)}"
    return (
        f"<p class='wce-placement-total'>{figure(one.total_after)}</p>"
        f"<p class='wce-placement-told'>{told}{below}</p>"
    )


def _moves(by: float, was: dict[str, str]) -> str:
    return tr(
        "{name}, was {before}: {mark}moves by {change}{end}",
        **was,
        change=("" if by < 0 else "+") + figure(by),
        mark="<strong>",
        end="</strong>",
    )


def _table(view: View, one: Compared) -> str:
    case, count = view.case, len(one.before)
    if not count:
        return f"<p>{tr('There is no row.')}</p>"
    rows = range(min(count, ROWS))
    shown = [column(one.before[:ROWS])]
    heads = [tr("loss")]
    if view.placement.shift:
        heads = [tr("before"), tr("now")]
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
    top = "".join(f"<th scope='col'>{head}</th>" for head in (tr("row"), *heads))
    left = tr("and {count:,} rows more", count=count - ROWS)
    more = f"<p class='wce-more'>{left}</p>" if count > ROWS else ""
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
            tr(
                "A total is not a finite number here: a weight that is 0 or negative has no "
                "finite log, a mean may divide by 0, or a logit is infinite."
            )
        )
        return
    inside = three[1]
    each = r"\sum_c q_c (1 - w_c)" if case.soft or case.smooths else "(1 - w_y)"
    if not shift:
        st.markdown(
            tr(
                "Move the slider to 10: the first and the third stay where they are. The second "
                "moves in each row that counts by {change}, which is 0 only for a weight of 1.",
                change=rf"${each} \cdot 10$",
            )
        )
    elif inside.moved:
        rising = (inside.moved < 0) == (shift > 0)
        st.markdown(_astray(rf"${each} \cdot {_signed(shift)}$", rising=rising))
    else:
        st.markdown(
            tr(
                "None of the three moves: each row's weight is 1, their moves cancel, or the "
                "losses are so large that a double does not hold the difference."
            )
        )
    st.markdown(
        tr(
            "That is why the weight stands outside: {picked} and {log_sum} belong together. Only "
            "their sum, {cost}, is the cost of a probability, and a factor outside leaves it one.",
            picked="$-z_y$",
            log_sum=r"$\log \sum_j e^{z_j}$",
            cost=r"$-\log p_y$",
        )
    )


def _astray(change: str, *, rising: bool) -> str:
    if rising:
        return tr(
            "The first and the third do not move. The second moves in each row that counts by "
            "{change}. A model could lower it as far as it likes, with no sample told apart any "
            "better, only by letting all logits rise.",
            change=change,
        )
    return tr(
        "The first and the third do not move. The second moves in each row that counts by "
        "{change}. A model could lower it as far as it likes, with no sample told apart any "
        "better, only by letting all logits fall.",
        change=change,
    )


def _signed(value: float) -> str:
    return f"({latex(value)})" if value < 0 else latex(value)


def _same(case: Case) -> str:
    """What equal weights do to the three."""
    weight = case.inputs["weight"]
    if not weight.size or not np.isfinite(weight).all() or not all_equal(weight):
        return ""
    if weight[0] == 1:
        return tr(
            "All weights are 1, so the three are one and the same loss. Give a class another "
            "weight, under Numbers, and they part."
        )
    return tr(
        "All weights are {weight}. Outside the log that is only a factor, and as a prior it "
        "cancels: no class is preferred. Different weights tell more.",
        weight=figure(float(weight[0])),
    )


def _code() -> None:
    st.caption(
        tr(
            "One loss a row, for logits of shape (N, C) and class numbers, "
            "with rows = arange(N) and q = weight / weight.sum()."
        )
    )
    for placing in PLACINGS:
        st.markdown(f"**{tr(placing.title)}**")
        st.code(f"{placing.numpy}  # NumPy\n{placing.torch}  # torch", language="python")
