"""Ignored rows: leave some out and see what stays, the class in every other softmax above all."""

import streamlit as st

from ce_core import Trace
from ce_core.targets.ignoring import SOFTMAX_KEEPS, answers, ignoring, unasked
from ui import state
from ui.compute import traced
from ui.figures import column, figure, listed
from ui.messages import NOTE, WARNING
from ui.place import row_label
from ui.targets.looked import name
from ui.targets.settings import MOST_IGNORED, changed, left_out
from ui.targets.table import table
from ui.targets.weightless import weightless
from ui.view import View, positions
from ui.words import tr

SOURCE = "https://github.com/pytorch/pytorch/issues/63004"


def leaving(view: View) -> None:
    """Rows to leave out by a click, what that does, and the thread about the softmax."""
    st.header(tr("A row goes, not a class"))
    st.markdown(
        tr(
            "A row whose target equals ignore_index costs nothing and is left out of the mean's "
            "denominator. Its class stays: every other row's softmax still holds that class's "
            "logit. ignore_index is a value to look for among the targets, not a place: "
            "ignore_index = −1 leaves out the rows whose target is −1, not the last row, nor the "
            "last class."
        )
    )
    _own(view)
    _thread()
    weightless()


def _own(view: View) -> None:
    case = view.case
    if case.soft:
        st.info(
            tr(
                "Your targets are class probabilities, and none of them could equal ignore_index: "
                "torch ignores nothing here. Without smoothing a row of noughts costs nothing, but "
                "it still counts as a sample of the mean."
            ),
            icon=NOTE,
        )
        return
    if not positions(case) or not case.classes:
        st.info(tr("This case has no rows to leave out."), icon=NOTE)
        return
    _choose_rows(view)
    rows = left_out(view)
    shown = ignoring(case, rows)
    before, after = traced(case.replace(reduction="mean")), traced(shown.replace(reduction="mean"))
    _totals(before, after)
    _rows(view, before, after)
    _unasked(view, after)
    if rows:
        label = tr("Leave these rows out on every page")
        st.button(label, key=state.key("keep"), on_click=_keep)


def _choose_rows(view: View) -> None:
    case = view.case
    targets = case.target.reshape(-1)[:MOST_IGNORED].tolist()
    free = [row for row, target in enumerate(targets) if target != case.ignore_index]
    if not free:
        st.info(tr("Every row that could be left out here is ignored already."), icon=NOTE)
        return
    st.pills(
        tr("Rows to leave out"),
        free,
        selection_mode="multi",
        default=[row for row in left_out(view) if row in free],
        format_func=lambda row: tr(
            "row {row}: {name}", row=row_label(case, row), name=name(view, targets[row])
        ),
        key=state.key("ignored"),
        on_change=_leave_out,
    )
    if case.target.size > MOST_IGNORED:
        st.caption(
            tr(
                "The first {count} of {all:,} rows can be left out here.",
                count=MOST_IGNORED,
                all=case.target.size,
            )
        )


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
        (tr("sum of the losses"), "sum_loss"),
        (tr("divided by the targets' weights"), "denominator"),
        (tr("mean loss"), "mean_loss"),
    ):
        pair = (figure(float(trace[key].output)) for trace in (before, after))
        lines.append((title, *pair))
    head = (tr("number"), tr("as it is"), tr("with the rows left out"))
    table(tr("Your case, before and after"), head, lines)
    if not (after.case.target != after.case.ignore_index).any():
        st.warning(
            tr(
                "Every row is left out: the sum is 0, and the mean is 0 / 0, which is **nan**. "
                "Skip such a batch, or take the sum and divide by what you mean."
            ),
            icon=WARNING,
        )


def _rows(view: View, before: Trace, after: Trace) -> None:
    count = min(positions(view.case), MOST_IGNORED)
    targets = after.case.target.reshape(-1)[:count].tolist()
    old, new = (column(trace["losses"].rows[:count]) for trace in (before, after))
    lines = [
        (
            tr("row {row}", row=row_label(view.case, row)),
            tr("ignored") if target == after.case.ignore_index else view.classes[target],
            one,
            other,
        )
        for row, (target, one, other) in enumerate(zip(targets, old, new, strict=True))
    ]
    head = (tr("row"), tr("target"), tr("loss as it is"), tr("loss now"))
    table(tr("Each row"), head, lines)
    if view.case.smooths:
        st.caption(
            tr("An ignored row gets no share of the smoothing either: its loss is exactly 0.")
        )


def _unasked(view: View, after: Trace) -> None:
    for one in unasked(after)[:3]:
        st.markdown(
            tr(
                "No row that counts has the target **{name}**, and still it takes part in each of "
                "their softmaxes: on average they give it the probability {p}.",
                name=name(view, one.number),
                p=figure(one.probability),
            )
        )


def _thread() -> None:
    st.subheader(tr("How to take a class out of the softmax"))
    st.markdown(
        tr(
            "ignore_index does not do that ([asked here]({thread})). Two samples with the targets "
            "1 and 2 and ignore_index=0: no row is ignored, and the loss depends on the logit of "
            "class 0. Only a logit of −∞ takes the class out.",
            thread=SOURCE,
        )
    )
    lines = [
        (listed(case.logits[0].tolist()), figure(answer))
        for case, answer in zip(SOFTMAX_KEEPS, answers(SOFTMAX_KEEPS), strict=True)
    ]
    head = (tr("logits of both rows"), tr("mean loss"))
    table(tr("The mean loss for three batches"), head, lines)
