"""What is trained: a few controls in sight, the rest under More. None of them starts a training."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ce_core import CaseError
from ce_core.lab import DATA, MODELS, SCHEMES, STRATEGIES, Plan, source_of
from ce_core.words import Words, joined, words
from ui import state
from ui.lab.more import more
from ui.lab.refusing import refused
from ui.lab.settings import changed
from ui.messages import STOP, plain
from ui.slider import slider
from ui.view import View
from ui.words import tr


def controls(view: View) -> None:
    """The data, how rare the rare class is, the strategies, the weights, the model."""
    plan = view.lab
    _one("data", tr("Data"), DATA, plan.data)
    source = source_of(plan.data)
    st.caption(f"{plain(tr(source.says))} {plain(source.credit)}".strip())
    if "share" in source.uses:
        slider(
            "lab_share",
            tr("The rare class, in 100 samples"),
            round(100 * plan.share, 6),
            0.5,
            50.0,
            0.5,
            lambda seen, value: changed(seen, share=round(value / 100, 6)),
        )
    st.pills(
        tr("Strategies"),
        [row.key for row in STRATEGIES],
        default=plan.strategies,
        format_func=_titles(STRATEGIES).__getitem__,
        selection_mode="multi",
        key=state.key("lab_strategies"),
        on_change=take,
        args=("strategies", _in_order),
    )
    left, right = st.columns(2)
    with left:
        _one("model", tr("Model"), MODELS, plan.model)
    with right:
        st.selectbox(
            tr("Weights of the classes"),
            [row.key for row in SCHEMES],
            index=[row.key for row in SCHEMES].index(plan.scheme),
            format_func=_titles(SCHEMES).__getitem__,
            key=state.key("lab_scheme"),
            on_change=take,
            args=("scheme",),
            help=tr("Used by class weights, the sampler, and class weights with label smoothing."),
        )
    more(plan, source.uses, take)
    problem = state.told("lab")
    if problem:
        st.error(refused(problem), icon=STOP)


def _titles(rows: tuple[Any, ...]) -> dict[str, str]:
    return {row.key: tr(row.title) for row in rows}


def _one(field: str, label: str, rows: tuple[Any, ...], chosen: str) -> None:
    """A choice of one row of a table; the label is in the language of the page."""
    st.pills(
        label,
        [row.key for row in rows],
        default=chosen,
        format_func=_titles(rows).__getitem__,
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
        state.tell("lab", problem.with_traceback(None))
    else:
        state.show(view)


def shown(plan: Plan) -> Words:
    """The plan in one line."""
    count = len(plan.strategies)
    strategies = words("1 strategy") if count == 1 else words("{count} strategies", count=count)
    runs = (
        words("1 run of {steps:,} steps", steps=plan.steps)
        if plan.runs == 1
        else words("{runs} runs of {steps:,} steps", runs=plan.runs, steps=plan.steps)
    )
    return joined([strategies, runs], ", ")
