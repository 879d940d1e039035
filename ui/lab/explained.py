"""Each strategy of a plan: what it does, its formula, and its line of torch to copy."""

from functools import partial

import streamlit as st

from ce_core.lab import STRATEGIES, Plan
from ui.folded import folded
from ui.words import tr


def explained(plan: Plan) -> None:
    """The chosen strategies, one below the other, folded."""
    folded(tr("What each strategy does"), "lab-explained", partial(_each, plan))


def _each(plan: Plan) -> None:
    for strategy in STRATEGIES:
        if strategy.key in plan.strategies:
            st.markdown(f"**{tr(strategy.title)}.** {tr(strategy.says)}")
            st.latex(strategy.formula)
            st.code(strategy.torch, language="python", wrap_lines=True)
    st.caption(
        tr(
            "B: samples in a batch. C: classes. $w_c$: weight of class c. $\\pi_c$: its share. "
            "$\\gamma$, $\\tau$, $\\varepsilon$: under More."
        )
    )
