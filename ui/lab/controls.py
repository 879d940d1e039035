"""What is trained: a few controls in sight, the rest under More. None of them starts a training."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ce_core import CaseError
from ce_core.lab import DATA, MODELS, SCHEMES, STRATEGIES, Plan, source_of
from ui import state
from ui.lab.more import more
from ui.lab.settings import changed
from ui.messages import STOP, explain, plain
from ui.slider import slider
from ui.view import View


def controls(view: View) -> None:
    """The data, how rare the rare class is, the strategies, the weights, the model."""
    plan = view.lab
    _one("data", "Data", DATA, plan.data)
    source = source_of(plan.data)
    st.caption(f"{plain(source.says)} {plain(source.credit)}".strip())
    if "share" in source.uses:
        slider(
            "lab_share",
            "The rare class, in 100 samples",
            round(100 * plan.share, 6),
            0.5,
            50.0,
            0.5,
            lambda seen, value: changed(seen, share=round(value / 100, 6)),
        )
    st.pills(
        "Strategies",
        [row.key for row in STRATEGIES],
        default=plan.strategies,
        format_func=lambda key: _titles(STRATEGIES)[key],
        selection_mode="multi",
        key=state.key("lab_strategies"),
        on_change=take,
        args=("strategies", _in_order),
    )
    left, right = st.columns(2)
    with left:
        _one("model", "Model", MODELS, plan.model)
    with right:
        st.selectbox(
            "Weights of the classes",
            [row.key for row in SCHEMES],
            index=[row.key for row in SCHEMES].index(plan.scheme),
            format_func=lambda key: _titles(SCHEMES)[key],
            key=state.key("lab_scheme"),
            on_change=take,
            args=("scheme",),
            help="Used by class weights, the sampler, and class weights with label smoothing.",
        )
    more(plan, source.uses, take)
    message = state.told("lab")
    if message:
        st.error(message, icon=STOP)


def _titles(rows: tuple[Any, ...]) -> dict[str, str]:
    return {row.key: row.title for row in rows}


def _one(field: str, label: str, rows: tuple[Any, ...], chosen: str) -> None:
    """A choice of one row of a table."""
    st.pills(
        label,
        [row.key for row in rows],
        default=chosen,
        format_func=lambda key: _titles(rows)[key],
        required=True,
        key=state.key(f"lab_{field}"),
        on_change=take,
        args=(field,),
    )


def _in_order(keys: list[str]) -> tuple[str, ...]:
    """The strategies in the order of their table, however they were clicked."""
    return tuple(row.key for row in STRATEGIES if row.key in keys)


def take(field: str, read: Callable[[Any], Any] | None = None) -> None:
    """Put what an input holds into the plan; what makes no plan is said and left."""
    state.act()
    value = state.value(f"lab_{field}")
    if value is None:
        return
    try:
        view = changed(state.current(), **{field: read(value) if read else value})
    except CaseError as problem:
        state.tell("lab", explain(problem))
    else:
        state.show(view)


def shown(plan: Plan) -> str:
    """The plan in one line."""
    runs = "1 run" if plan.runs == 1 else f"{plan.runs} runs"
    strategies = len(plan.strategies)
    many = "1 strategy" if strategies == 1 else f"{strategies} strategies"
    return f"{many}, {runs} of {plan.steps:,} steps"
