"""None, sum and mean side by side, and the picture of the areas, all from one trace."""

import streamlit as st

from ui import areas
from ui.compute import by_count, traced
from ui.figures import figure, latex
from ui.messages import NOTE
from ui.place import row_label
from ui.view import View, positions

LISTED = 12


def three(view: View) -> None:
    """What each reduction returns for the case, with the fraction behind the mean."""
    trace = traced(view.case.replace(reduction="mean"))
    wrong = by_count(trace.case)
    losses = trace["losses"].rows
    shown = ", ".join(figure(float(x)) for x in losses[:LISTED])
    more = f", … {len(losses) - LISTED:,} more" if len(losses) > LISTED else ""
    total, below = float(trace["sum_loss"].output), float(trace["denominator"].output)
    none, total_card, mean, count = st.columns(4)
    with none.container(border=True, height="stretch"):
        _card("none", "a loss for each sample", f"[{shown}{more}]", view)
    with total_card.container(border=True, height="stretch"):
        _card("sum", "all of them added", figure(total), view)
    with mean.container(border=True, height="stretch"):
        _card(
            "mean",
            trace["denominator"].rule.title.lower() + " below the line",
            figure(float(trace["mean_loss"].output)),
            view,
        )
        st.latex(rf"\frac{{{latex(total)}}}{{{latex(below)}}}")
    with count.container(border=True, height="stretch"):
        same = below == float(wrong["denominator"].output)
        words = "the same here: the weights sum to N" if same else "not what torch does"
        _card("divided by N", words, figure(float(wrong["mean_loss"].output)), view)
        st.latex(rf"\frac{{{latex(total)}}}{{{latex(float(wrong['denominator'].output))}}}")
    st.markdown(trace["denominator"].rule.why)


def _card(name: str, words: str, value: str, view: View) -> None:
    chosen = " (chosen)" if view.case.reduction == name else ""
    st.markdown(f"**{name}**{chosen}  \n{words}")
    st.markdown(f"#### {value}")


def area_picture(view: View) -> None:
    """The bars and the two rectangles, or in words why they cannot be drawn."""
    trace = traced(view.case.replace(reduction="mean"))
    picture = areas.areas(trace, by_count(trace.case))
    st.subheader("The same, as areas")
    if not picture.drawable:
        st.info(
            "Areas can be drawn for 1 to 200 samples with weights and losses of 0 or more that "
            "are finite. This case is not one of them.",
            icon=NOTE,
        )
        return
    labels = [f"row {row_label(view.case, k)}" for k in range(positions(view.case))]
    st.html(areas.draw(picture, labels))
    st.caption(
        "A bar per sample. The sum is the area of all bars. The mean is the height of one "
        "rectangle with the same area; how wide that rectangle is, is the whole question."
    )
