"""Smoothed in another way: the common wrong formulas beside torch's, each run on this case."""

import streamlit as st

from ce_core import Case
from ce_core.targets.versions import WAYS, Version, version, versions
from ui import state
from ui.compute import size
from ui.figures import figure
from ui.messages import plain
from ui.plot import Bars, bars
from ui.targets.looked import drawn, folded, one_row, too_large
from ui.targets.settings import changed
from ui.targets.table import table
from ui.view import View, asked_class
from ui.words import Words, tr, words

OF_ALL = {"sum": words("sum of all rows"), "mean": words("mean of all rows")}
LEFT_OUT = {
    "sum": words("The sum of all rows is left out"),
    "mean": words("The mean of all rows is left out"),
}
MOST = 50_000  # numbers of a case that is run in all ways at each move of the slider
SHOWN_AT = 0.1  # the smoothing of the other ways, where the case has none
# what the target's class and the others get; the formulas are in the catalogue of mistakes
TITLES: tuple[Words, ...] = (
    words("1 − ε, and ε / (C − 1) for each other class"),
    words("target keeps 1, ε / C for each other class"),
    words("1 − ε, and ε / C for each other class"),
    words("1 − ε, and ε for each other class"),
    words("(1 − ε) · y + 1 / C"),
    words("1 − ε, and 1 / C for each other class"),
    words("1 − ε, and (1 − ε) / C for each other class"),
    words("ε · y + (1 − ε) / C: ε and 1 − ε exchanged"),
)


def other_ways(view: View, row: int) -> None:
    """One wrong way as bars beside torch's, and all of them in a table."""
    st.subheader(tr("Smoothed in another way"))
    whole = view.case if view.case.smooths else view.case.replace(label_smoothing=SHOWN_AT)
    epsilon = figure(whole.label_smoothing)
    if not view.case.smooths:
        st.caption(
            tr(
                "Your ε is 0, where most ways agree: here they are with ε = {epsilon}.",
                epsilon=epsilon,
            )
        )
    st.selectbox(
        tr("Beside torch's target"),
        range(len(WAYS)),
        index=view.painting.way,
        format_func=lambda way: tr(TITLES[way]),
        key=state.key("way"),
        on_change=_choose,
    )
    case = one_row(view, row).replace(label_smoothing=whole.label_smoothing)
    right, chosen = version(case), version(case, WAYS[view.painting.way])
    shown = drawn(view, row)
    names = [view.classes[k] for k in shown]
    series = [
        Bars("torch", right.target[0][list(shown)].tolist(), "target"),
        Bars(tr("the other way"), chosen.target[0][list(shown)].tolist(), "target", hatched=True),
    ]
    bars(
        names,
        series,
        alt=tr(
            "The target of the row smoothed by torch and in another way, ε {epsilon}",
            epsilon=epsilon,
        ),
    )
    folded(view, shown)
    st.markdown(plain(tr(chosen.why)))
    _compare(view, row, case, whole)


def _choose() -> None:
    state.show(changed(state.current(), way=int(state.value("way"))))


def _compare(view: View, row: int, case: Case, whole: Case) -> None:
    target = asked_class(view.case, row)
    other = next((k for k in range(case.classes) if k != target), None)
    batch = whole.reduction != "none" and size(whole) <= MOST
    all_rows = (version(whole), *versions(whole)) if batch else None
    lines = []
    for k, one in enumerate((version(case), *versions(case))):
        title = tr(TITLES[k - 1]) if k else "torch: (1 − ε) · y + ε / C"
        lines.append((title, *_numbers(one, target, other)))
        if all_rows is not None:
            lines[-1] += (figure(float(all_rows[k].answer)),)
    drawn_classes = [target] if other is None else [target, other]
    ending = (tr(OF_ALL[whole.reduction]),) if batch else ()
    table(
        tr(
            "What each way makes of the row, with ε = {epsilon}",
            epsilon=figure(whole.label_smoothing),
        ),
        (
            tr("way"),
            *(tr("{name} gets", name=view.classes[k]) for k in drawn_classes),
            tr("row sum"),
            tr("loss of the row"),
            *ending,
        ),
        lines,
    )
    if size(whole) > MOST and whole.reduction != "none":
        too_large(LEFT_OUT[whole.reduction], MOST)


def _numbers(one: Version, target: int, other: int | None) -> tuple[str, ...]:
    row = one.target[0]
    places = [target] if other is None else [target, other]
    return (
        *(figure(float(row[k])) for k in places),
        figure(float(one.sums[0])),
        figure(float(one.losses[0])),
    )
