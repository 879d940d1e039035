"""The first page's figure: the thread that started it, by hand and by torch, and the stories."""

from html import escape

import streamlit as st

from ce_core import Trace
from ce_core.mistakes import BY_HAND
from ce_core.presets import PRESETS
from ui.compute import traced, with_mistake
from ui.figures import figure
from ui.inputs import choose


def two_ways() -> None:
    """The same case by hand and by torch, line by line, to where they part."""
    case = PRESETS[0].case
    by_hand, right = with_mistake(case, BY_HAND), traced(case)
    st.html(
        "<div class='wce-pair'>"
        + _card("By hand", by_hand, "the number of samples")
        + _card("torch", right, "the sum of the targets' weights")
        + "</div>"
    )


def _card(heading: str, trace: Trace, divisor: str) -> str:
    losses = " + ".join(figure(loss) for loss in trace["losses"].rows)
    picked = ", ".join(figure(value) for value in trace["nll"].rows)
    weights = ", ".join(figure(value) for value in trace["sample_weight"].rows)
    total, below = (figure(float(trace[key].output)) for key in ("sum_loss", "denominator"))
    lines = (
        f"−log of each target's probability: {picked}",
        f"times the targets' weights {weights}: {losses} = {total}",
        f"divided by <span class='wce-hot'>{escape(divisor)}, {below}</span>",
    )
    answer = figure(float(trace.answer))
    items = "".join(f"<li>{line}</li>" for line in lines)
    return (
        f"<section class='wce-card'><h2>{escape(heading)}</h2>"
        f"<p class='wce-big'>{answer}</p><ol>{items}</ol></section>"
    )


def choices() -> None:
    """Every preset as a button with its story, by group."""
    groups = dict.fromkeys(chosen.group for chosen in PRESETS)
    for tab, group in zip(st.tabs(list(groups)), groups, strict=True):
        with tab:
            columns = st.columns(2, gap="large")
            members = [chosen for chosen in PRESETS if chosen.group == group]
            for k, chosen in enumerate(members):
                with columns[k % 2]:
                    st.button(
                        chosen.title,
                        key=f"story-{chosen.key}",
                        on_click=choose,
                        args=(chosen.key,),
                        width="stretch",
                    )
                    st.caption(chosen.story)
