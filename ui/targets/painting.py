"""A picture whose pixels are samples: masks to begin with, weights, and what they add up."""

import streamlit as st

from ce_core import Trace
from ce_core.targets.scene import LETTERS, NAMES, STARTS, census
from ce_core.targets.scene import picture as case_of
from ui import state
from ui.compute import traced
from ui.figures import column, figure
from ui.messages import WARNING
from ui.targets.looked import other_numbers
from ui.targets.picture import picture
from ui.targets.settings import HEAVIEST, changed
from ui.targets.table import table
from ui.view import View
from ui.words import tr, words


def painting(view: View) -> None:
    """Paint the target, and see the loss of each pixel and what the classes add to the mean."""
    st.header(tr("A picture whose pixels are samples"))
    other_numbers(
        words("These pixels have numbers of their own. The mean and the sum above are your case's.")
    )
    st.markdown(
        tr(
            "For a picture the logits are (N, C, H, W) and the target is (N, H, W): one class "
            "number per pixel. Each pixel is a sample of its own. The logits here are fixed: a "
            "made-up prediction of a car on a road, a little blurred and shifted. **Paint the "
            "target**."
        )
    )
    _starts()
    _weights(view)
    trace = traced(case_of(view.painting.mask, view.painting.pixel_weight))
    picture(view, trace)
    _sums(trace)
    taken = view.case == trace.case
    st.button(
        tr("This picture is your case now") if taken else tr("Make this picture your case"),
        key=state.key("take-picture"),
        on_click=_take,
        disabled=taken,
        help=tr("Its logits, target and weights become the numbers on every page."),
    )


def _starts() -> None:
    line = st.container(horizontal=True)
    for start in STARTS:
        line.button(
            tr(start.title),
            key=state.key(f"start-{start.key}"),
            on_click=_start,
            args=(start.mask,),
        )


def _start(mask: str) -> None:
    state.show(changed(state.current(), mask=mask))


def _weights(view: View) -> None:
    for k, column_ in enumerate(st.columns(len(LETTERS))):
        column_.number_input(
            tr("Weight of {letter} {name}", letter=LETTERS[k], name=NAMES[k]),
            min_value=0.0,
            max_value=HEAVIEST,
            value=view.painting.pixel_weight[k],
            step=1.0,
            format="%g",
            key=state.key(f"pixel-weight-{k}"),
            on_change=_weigh,
            args=(k,),
        )


def _weigh(k: int) -> None:
    view, chosen = state.current(), state.value(f"pixel-weight-{k}")
    state.act()
    if chosen is not None:
        weights = list(view.painting.pixel_weight)
        weights[k] = float(chosen)
        state.show(changed(view, pixel_weight=tuple(weights)))


def _sums(trace: Trace) -> None:
    sums = {step.key: step.output for step in census(trace)}
    counts = [figure(float(count)) for count in sums["pixels"]]
    columns = (column(sums[key]) for key in ("weighed", "cost", "part"))
    names = [f"{letter} {tr(name)}" for letter, name in zip(LETTERS, NAMES, strict=True)]
    total, below, mean = (
        figure(float(trace[key].output)) for key in ("sum_loss", "denominator", "mean_loss")
    )
    counted = figure(float(sums["all_pixels"]))
    table(
        tr("What the pixels of each class add to the mean"),
        (
            tr("class"),
            tr("pixels"),
            tr("pixels × weight"),
            tr("their losses together"),
            tr("part of the mean"),
        ),
        list(zip(names, counts, *columns, strict=True)),
        foot=(tr("all"), counted, below, total, mean),
    )
    if mean == "nan":
        st.warning(
            tr(
                "Nothing counts: every pixel is ignored, or weighs 0. The mean is 0 / 0, which is "
                "nan."
            ),
            icon=WARNING,
        )
    st.markdown(
        tr(
            "The mean loss is {total} / {below} = **{mean}**: all pixels of the batch in one sum, "
            "divided by the sum of their weights. It is not a mean per picture, and a class with "
            "few pixels has little to say unless it weighs more.",
            total=total,
            below=below,
            mean=mean,
        )
    )


def _take() -> None:
    view = state.current()
    case = case_of(view.painting.mask, view.painting.pixel_weight)
    state.show(view.of_case(case, names=tuple(map(tr, NAMES))), renew=True)
