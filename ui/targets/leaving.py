"""Ignored rows: leave some out and see what stays, the class in every other softmax above all."""

import streamlit as st

from ce_core import Trace
from ce_core.targets.ignoring import SOFTMAX_KEEPS, answers, ignoring, unasked
from ce_core.targets.weightless import ROW, silenced
from ui import state
from ui.compute import traced
from ui.figures import column, figure
from ui.messages import NOTE, WARNING
from ui.place import row_label
from ui.targets.looked import name
from ui.targets.settings import MOST_IGNORED, changed, left_out
from ui.targets.table import table
from ui.view import View, positions

SOURCE = "https://github.com/pytorch/pytorch/issues/63004"


def leaving(view: View) -> None:
    """Rows to leave out by a click, what that does, and the thread about the softmax."""
    st.header("A row goes, not a class")
    st.markdown(
        "A row whose target equals ignore_index costs nothing and is left out of the mean's "
        "denominator. Its class stays: every other row's softmax still holds that class's logit. "
        "ignore_index is a value to look for among the targets, not a place: ignore_index = −1 "
        "leaves out the rows whose target is −1, not the last row, nor the last class."
    )
    _own(view)
    _thread()
    _weightless()


def _own(view: View) -> None:
    case = view.case
    if case.soft:
        st.info(
            "Your targets are class probabilities, and none of them could equal ignore_index: "
            "torch ignores nothing here. Without smoothing a row of noughts costs nothing, but it "
            "still counts as a sample of the mean.",
            icon=NOTE,
        )
        return
    if not positions(case) or not case.classes:
        st.info("This case has no rows to leave out.", icon=NOTE)
        return
    _choose_rows(view)
    rows = left_out(view)
    shown = ignoring(case, rows)
    before, after = traced(case.replace(reduction="mean")), traced(shown.replace(reduction="mean"))
    _totals(before, after)
    _rows(view, before, after)
    _unasked(view, after)
    if rows:
        st.button("Leave these rows out on every page", key=state.key("keep"), on_click=_keep)


def _choose_rows(view: View) -> None:
    case = view.case
    targets = case.target.reshape(-1)[:MOST_IGNORED].tolist()
    free = [row for row, target in enumerate(targets) if target != case.ignore_index]
    if not free:
        st.info("Every row that could be left out here is ignored already.", icon=NOTE)
        return
    st.pills(
        "Rows to leave out",
        free,
        selection_mode="multi",
        default=[row for row in left_out(view) if row in free],
        format_func=lambda row: f"row {row_label(case, row)}: {name(view, targets[row])}",
        key=state.key("ignored"),
        on_change=_leave_out,
    )
    if case.target.size > MOST_IGNORED:
        st.caption(f"The first {MOST_IGNORED} of {case.target.size:,} rows can be left out here.")


def _leave_out() -> None:
    chosen = state.value("ignored") or ()
    state.show(changed(state.current(), ignored=tuple(sorted(map(int, chosen)))))


def _keep() -> None:
    view = state.current()
    kept = view.with_case(ignoring(view.case, left_out(view)))
    state.show(changed(kept, ignored=()), renew=True)


def _totals(before: Trace, after: Trace) -> None:
    lines = []
    for title, key in (
        ("sum of the losses", "sum_loss"),
        ("divided by the targets' weights", "denominator"),
        ("mean loss", "mean_loss"),
    ):
        pair = (figure(float(trace[key].output)) for trace in (before, after))
        lines.append((title, *pair))
    table("Your case, before and after", ("number", "as it is", "with the rows left out"), lines)
    if not (after.case.target != after.case.ignore_index).any():
        st.warning(
            "Every row is left out: the sum is 0, and the mean is 0 / 0, which is **nan**. Skip "
            "such a batch, or take the sum and divide by what you mean.",
            icon=WARNING,
        )


def _rows(view: View, before: Trace, after: Trace) -> None:
    count = min(positions(view.case), MOST_IGNORED)
    targets = after.case.target.reshape(-1)[:count].tolist()
    old, new = (column(trace["losses"].rows[:count]) for trace in (before, after))
    lines = [
        (
            f"row {row_label(view.case, row)}",
            "ignored" if target == after.case.ignore_index else view.classes[target],
            one,
            other,
        )
        for row, (target, one, other) in enumerate(zip(targets, old, new, strict=True))
    ]
    table("Each row", ("row", "target", "loss as it is", "loss now"), lines)
    if view.case.smooths:
        st.caption("An ignored row gets no share of the smoothing either: its loss is exactly 0.")


def _unasked(view: View, after: Trace) -> None:
    for one in unasked(after)[:3]:
        st.markdown(
            f"No row that counts has the target **{name(view, one.number)}**, and still it takes "
            f"part in each of their softmaxes: on average they give it the probability "
            f"{figure(one.probability)}."
        )


def _thread() -> None:
    st.subheader("How to take a class out of the softmax")
    st.markdown(
        f"ignore_index does not do that ([asked here]({SOURCE})). Two samples with the targets 1 "
        "and 2 and ignore_index=0: no row is ignored, and the loss depends on the logit of class "
        "0. Only a logit of −∞ takes the class out."
    )
    lines = [
        (", ".join(figure(z) for z in case.logits[0].tolist()), figure(answer))
        for case, answer in zip(SOFTMAX_KEEPS, answers(SOFTMAX_KEEPS), strict=True)
    ]
    table("The mean loss for three batches", ("logits of both rows", "mean loss"), lines)


def _weightless() -> None:
    st.subheader("A class that weighs 0 is not quite ignored")
    st.markdown(
        "Without smoothing a weight of 0 does the same to a class's rows as ignore_index: they "
        "cost 0 and add 0 to what the mean divides by. With smoothing such a row still pays for "
        "the other classes' shares, at their weights, and no row pays for the share of the class "
        "that weighs 0. And 0 times an infinite cost is nan."
    )
    lines = []
    for one in silenced():
        pair = (one.weightless, one.ignored)
        rows = (figure(float(trace["losses"].rows[ROW])) for trace in pair)
        means = (figure(float(trace.answer)) for trace in pair)
        lines.append((one.title, *rows, *means))
    table(
        "Three samples, the last of the class background: the loss of its row, and the mean",
        ("batch", "its row, weight 0", "its row, ignored", "mean, weight 0", "mean, ignored"),
        lines,
    )
