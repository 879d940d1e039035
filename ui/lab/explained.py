"""Each strategy of a plan: what it does, its formula, and its line of torch to copy."""

import streamlit as st

from ce_core.lab import STRATEGIES, Plan
from ui.words import tr


def explained(plan: Plan) -> None:
    """The chosen strategies, one below the other, folded."""
    with st.expander(tr("What each strategy does"), key="lab-explained"):
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
