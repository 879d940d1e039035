"""Whether weights are needed at all: a short answer for these counts, with its numbers."""

import streamlit as st

from ui import state
from ui.choose.counts_in import compared
from ui.choose.made import Made
from ui.figures import figure
from ui.messages import plain
from ui.words import tr

EVEN = 1.5  # largest count over smallest, up to which weights hardly matter


def need(made: Made) -> None:
    """The answer, and where to go on."""
    st.header(tr("Do I need weights at all?"))
    st.markdown(_answer(made))
    balanced = next(one for one in made.weighings if one.scheme.key == "balanced")
    uneven = made.classes.imbalance > EVEN
    if made.classes.classes == 2 and uneven and balanced.believed is not None:
        true, told = made.classes.share, balanced.believed
        st.markdown(
            tr(
                "Weights move probabilities, on purpose. Where the true probabilities are {first} "
                "and {second}, a model trained with balanced weights says {one} and {other}.",
                first=figure(true[0], 2),
                second=figure(true[1], 2),
                one=figure(told[0], 2),
                other=figure(told[1], 2),
            )
        )
    st.markdown(
        tr(
            "Drawing rare classes more often instead (oversampling), each sample in proportion to "
            "its weight, has the same expected gradient as the weighted mean over all the data. "
            "What differs is how noisy each step is."
        )
    )
    left, right = st.columns(2)
    left.page_link(
        "pages/placement.py",
        label=tr("What weights do to probabilities"),
        icon=":material/arrow_forward:",
        query_params=state.query(),
    )
    right.page_link(
        "pages/lab.py",
        label=tr("Weights and oversampling, trained side by side"),
        icon=":material/arrow_forward:",
        query_params=state.query(),
    )


def _answer(made: Made) -> str:
    classes = made.classes
    if classes.classes == 1 or not classes.total:
        return tr("With one class, or without samples, there is nothing to weigh.")
    if classes.imbalance <= EVEN:
        return tr(
            "Not for the counts. {compared} Weights made of them would change little. "
            "Weights may still say that one mistake costs more than another.",
            compared=compared(classes),
        )
    share, name = float(classes.share.max()), made.names[int(classes.counts.argmax())]
    perhaps = tr(
        "Perhaps. Always saying **{name}** would be right in {share} of 100 samples of data like "
        "yours: hold your accuracy against that. Weights are right where a rare class missed costs "
        "more than a false alarm. They are not needed where you want true probabilities, or choose "
        "the threshold afterwards.",
        name=plain(name),
        share=figure(100 * share, 1),
    )
    if not classes.empty:
        return perhaps
    missing = tr("No weight stands in for samples: a class that has none needs data first.")
    return f"{missing} {perhaps}"
