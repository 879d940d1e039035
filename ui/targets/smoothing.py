"""Smoothing as a blend: what the target keeps, what all classes share, and what each part costs."""

import streamlit as st

from ce_core.targets.blend import Blend, blend
from ui import state
from ui.compute import LARGE, size, traced
from ui.figures import column, figure, listed
from ui.messages import NOTE
from ui.plot import Bars, bars
from ui.slider import slider
from ui.targets.looked import (
    at_row,
    called,
    drawn,
    folded,
    is_ignored,
    name,
    one_row,
    too_large,
)
from ui.targets.otherways import other_ways
from ui.targets.stack import stack
from ui.targets.table import table
from ui.view import View, asked_class
from ui.words import tr, words

THREAD = "https://github.com/pytorch/pytorch/issues/148884"


def smoothing(view: View) -> None:
    """The target of one row, blended by a slider, and the loss in two parts."""
    st.header(tr("Smoothing as a blend"))
    st.markdown(
        tr(
            "Label smoothing takes the part ε from the target and shares it among **all** C "
            "classes, the target's own class included: q = (1 − ε) · y + ε / C. With ε = {epsilon} "
            "and two classes that is ({shared}), not ({expected}), which [someone "
            "expected]({thread}).",
            epsilon=figure(0.1),
            shared=listed((0.95, 0.05)),
            expected=listed((0.9, 0.1)),
            thread=THREAD,
        )
    )
    row = at_row(view)
    if row is None:
        return
    _slider(view)
    case = one_row(view, row)
    if is_ignored(case):
        st.info(
            tr(
                "The target of {row} is ignore_index: the row costs nothing and gets no share of "
                "the smoothing either.",
                row=called(view, row),
            ),
            icon=NOTE,
        )
        return
    parts = blend(case)
    _picture(view, row, parts)
    _said(view, row, parts)
    _cost(view, row, parts)
    other_ways(view, row)


def _slider(view: View) -> None:
    epsilon = view.case.label_smoothing if view.case.smooths else 0.0
    slider("target-smoothing", tr("Label smoothing ε"), epsilon, 0, 1, 0.01, _smoothed)


def _smoothed(view: View, epsilon: float) -> View:
    state.refresh("label_smoothing")  # the field among the numbers shows the same
    return view.with_case(view.case.replace(label_smoothing=epsilon))


def _picture(view: View, row: int, parts: Blend) -> None:
    shown = drawn(view, row)
    names = [view.classes[k] for k in shown]
    kept, shared, q = (
        parts[key][0][list(shown)] for key in ("kept_part", "shared_part", "blended")
    )
    parted = ", ".join(f"{one} {figure(value)}" for one, value in zip(names, q, strict=True))
    alt = tr("The smoothed target of {row}: {parts}", row=called(view, row), parts=parted)
    if all(value >= 0 for value in (*kept, *shared)) and all(value <= 10 for value in q):
        stack(names, kept.tolist(), shared.tolist(), q.tolist(), alt=alt)
    else:  # probabilities that are none: each part hangs where it is
        series = [
            Bars("(1 − ε) · y", kept.tolist(), "target"),
            Bars("ε / C", shared.tolist(), "target", hatched=True),
        ]
        bars(names, series, alt=alt)
    folded(view, shown)


def _said(view: View, row: int, parts: Blend) -> None:
    case, q = view.case, parts["blended"][0]
    share = figure(float(parts["shared_part"][0][0]))
    total = tr("The row sums to {total}.", total=figure(float(parts["row_sum"][0])))
    if case.soft:
        gets = tr("Each class gets ε / C = {share} beside what it keeps of its own.", share=share)
        st.markdown(f"{gets} {total}")
        return
    target = asked_class(case, row)
    if not case.smooths:
        st.markdown(
            tr(
                "With ε = 0 the target stays as it is: all of it on **{name}**. Move ε up to see "
                "the other classes get their share.",
                name=name(view, target),
            )
        )
        return
    has = tr(
        "The target of {row} is **{name}**: it has 1 − ε + ε / C = **{q}**, not 1 − ε = {kept}. "
        "Every other class has ε / C = {share}.",
        row=called(view, row),
        name=name(view, target),
        q=figure(float(q[target])),
        kept=figure(float(parts["kept_part"][0][target])),
        share=share,
    )
    st.markdown(f"{has} {total}")


def _cost(view: View, row: int, parts: Blend) -> None:
    st.subheader(tr("The loss in two parts"))
    shown = list(drawn(view, row))
    case = one_row(view, row)
    keys = ("kept_terms", "shared_terms")
    weights = column(case.inputs["weight"][shown])
    terms = [column(parts[key][0][shown]) for key in keys]
    sums = [figure(float(parts[key][0])) for key in ("kept_loss", "shared_loss")]
    table(
        tr("What each class adds to the loss of {row}", row=called(view, row)),
        (tr("class"), tr("its weight w"), "−w · (1 − ε) y · log p", "−w · ε / C · log p"),
        list(zip((view.classes[k] for k in shown), weights, *terms, strict=True)),
        foot=(tr("together"), "", *sums),
    )
    folded(view, tuple(shown))
    loss = figure(float(traced(case).answer[0]))
    st.markdown(
        tr(
            "The loss of {row} is **{loss}**: {kept} from what the target keeps and {shared} from "
            "what all classes share. In the second part each class has its own weight, not the "
            "target's.",
            row=called(view, row),
            loss=loss,
            kept=sums[0],
            shared=sums[1],
        )
    )
    _batch(view)


def _batch(view: View) -> None:
    case = view.case
    if case.reduction != "mean":
        return
    if size(case) > LARGE:
        too_large(words("The two parts of the mean are left out"))
        return
    whole = blend(case)
    kept, shared = (figure(float(whole[key])) for key in ("kept_mean", "shared_mean"))
    by = (
        words("Both are divided by the number of samples, however much is smoothed.")
        if case.soft
        else words(
            "Both are divided by the sum of the targets' own weights, however much is smoothed."
        )
    )
    come = tr(
        "Of the mean loss of all rows, {kept} comes from the first part and {shared} from the "
        "second.",
        kept=kept,
        shared=shared,
    )
    st.markdown(f"{come} {tr(by)}")
