"""The section of the page Check on where floating point breaks."""

import streamlit as st

from ui.stability import adding, constant, equal, gap, torch_loses, types
from ui.view import View
from ui.words import tr


def stability(view: View, device: str) -> None:
    """The case with a constant added, the types' thresholds, and where digits get lost.

    Args:
        view: with the constant and the number type.
        device: where torch runs.
    """
    st.header(tr("Where floating point breaks"))
    st.markdown(
        tr(
            "A number type has a largest number, a smallest one, and gaps in between. So a formula "
            "that is right on paper can give inf, nan or 0. Add a constant to all logits and watch "
            "the steps in {dtype}.",
            dtype=view.dtype,
        )
    )
    constant.choose(view)
    constant.steps(view)
    types.beside(view)
    types.limits(view)
    gap.along(view)
    equal.three(view)
    adding.orders(view)
    torch_loses.asked(view, device)
