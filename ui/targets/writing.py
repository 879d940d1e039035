"""Class numbers, one-hot floats, and floats that are no distribution."""

import streamlit as st

from ce_core import Case, Trace
from ce_core.presets import preset
from ce_core.targets.kinds import THREAD, Kinds, both, taken
from ui.compute import LARGE, size
from ui.figures import figure, listed
from ui.messages import NOTE
from ui.place import row_label
from ui.targets.looked import too_large
from ui.targets.table import table
from ui.view import View, positions
from ui.words import tr, words
from ui.words.numerals import prose

SOURCE = "https://github.com/pytorch/pytorch/issues/107680"
THEIRS = (54.4052, 0.8705)  # the two means that the thread tells
FIRST = 4  # losses listed of "none"
SOFT = "soft_targets"


def writing(view: View) -> None:
    """The same targets written both ways, and class probabilities taken in several."""
    st.header(tr("Class numbers against one-hot floats"))
    one, other = map(figure, THEIRS)
    st.markdown(
        tr(
            "A target of the logits' own shape holds class probabilities; any other target holds "
            "class numbers. The shape alone decides. With weights the two give **different "
            "means** for the same labels ([{one} and {other} in this thread]({thread})).",
            one=one,
            other=other,
            thread=SOURCE,
        )
    )
    known = both(THREAD)
    if known is not None:
        first, second = map(listed, THREAD.logits.tolist())
        weights = listed(THREAD.inputs["weight"].tolist())
        _compare(
            tr(
                "The thread: logits {first} and {second}; weights {weights}",
                first=first,
                second=second,
                weights=weights,
            ),
            known,
        )
        _why(known)
    st.subheader(tr("Your own targets, written both ways"))
    _own(view.case)
    _distribution(view)


def _own(case: Case) -> None:
    if size(case) > LARGE:
        too_large(words("Your targets are not written both ways here"))
        return
    if not positions(case) or not case.classes:
        st.info(tr("This case has no rows to write in another way."), icon=NOTE)
        return
    kinds = both(case)
    if kinds is None:
        st.info(
            tr(
                "Your targets are probabilities, not rows of one 1 and noughts, so no class "
                "numbers say the same."
            ),
            icon=NOTE,
        )
        return
    _compare(tr("Your targets as class numbers and as one-hot floats"), kinds)
    _why(kinds)
    if not case.soft and (case.target == case.ignore_index).any():
        st.markdown(
            tr(
                "An ignored row has no class to be hot, so it became a row of noughts. Without "
                "smoothing it costs nothing either way, but as floats it still counts as a sample."
            )
        )


def _compare(caption: str, kinds: Kinds) -> None:
    lines = [
        (
            one.case.reduction,
            _answer(one),
            _answer(other),
            tr("✓ the same") if agree else tr("✗ not the same"),
        )
        for one, other, agree in zip(kinds.numbers, kinds.floats, kinds.agree, strict=True)
    ]
    head = ("reduction", tr("class numbers"), tr("one-hot floats"), tr("do they agree?"))
    table(caption, head, lines)


def _answer(trace: Trace) -> str:
    if trace.case.reduction != "none":
        return figure(float(trace.answer))
    losses = trace["losses"].rows
    more = ", …" if len(losses) > FIRST else ""
    return listed(losses[:FIRST].tolist()) + more


def _why(kinds: Kinds) -> None:
    mean, other = kinds.numbers[-1], kinds.floats[-1]
    total, below, count = (
        figure(float(step.output))
        for step in (mean["sum_loss"], mean["denominator"], other["denominator"])
    )
    same = figure(float(other["sum_loss"].output))
    if kinds.agree[-1]:
        st.markdown(
            tr(
                "Both means divide {total} by {below}, so they are the same.",
                total=total,
                below=below,
            )
        )
        return
    st.markdown(
        tr(
            "The mean over class numbers is {total} / **{below}**, the sum of the targets' "
            "weights. Over floats it is {same} / **{count}**, the number of samples; the weights "
            "stand in its numerator only.",
            total=total,
            below=below,
            same=same,
            count=count,
        )
    )


def _distribution(view: View) -> None:
    st.subheader(tr("Is a softmax of the target needed?"))
    own = view.case.soft and bool(positions(view.case)) and bool(view.case.classes)
    chosen = preset(SOFT)
    case = view.case if own or chosen is None else chosen.case
    st.markdown(
        tr(
            "Only if the target holds **scores**. If its rows are probabilities already, a softmax "
            "makes them flatter and the loss another one. Torch neither checks nor mends what the "
            "rows sum to."
        )
    )
    if not case.soft:
        return
    if size(case) > LARGE:
        too_large(words("Your targets are not taken in other ways here"))
        return
    caption = (
        tr("Your targets, taken in several ways")
        if own
        else tr(
            "The example “{title}”, taken in several ways",
            title=prose(chosen.title) if chosen else "",
        )
    )
    reduced = case.replace(reduction="mean") if case.reduction == "none" else case
    row = min(view.row, positions(case) - 1) if own else 0
    lines = [
        (
            tr(one.title),
            listed(one.target[row][:6].tolist()) + (", …" if case.classes > 6 else ""),
            figure(float(one.sums[row])),
            figure(float(one.answer)),
        )
        for one in taken(reduced)
    ]
    table(
        caption,
        (
            tr("way"),
            tr("row {row}", row=row_label(case, row)),
            tr("its sum"),
            tr("mean loss") if reduced.reduction == "mean" else tr("sum loss"),
        ),
        lines,
    )
