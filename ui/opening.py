"""The first page's figure: the thread that started it, by hand and by torch, and the stories."""

from html import escape
from math import isnan

import streamlit as st

from ce_core import Trace
from ce_core.mistakes import BY_HAND, by_count
from ce_core.presets import PRESETS
from ui.compute import traced, with_mistake
from ui.figures import figure
from ui.link import encode
from ui.view import View, of_preset


def two_ways() -> None:
    """The same case by hand and by torch, line by line, to where they part."""
    case = PRESETS[0].case
    by_hand, right = with_mistake(case, BY_HAND), traced(case)
    st.html(
        "<div class='wce-pair'>"
        + _card("By hand, from printed probabilities", by_hand, "the number of samples")
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


def answers(view: View) -> None:
    """What the case on the screen gives: torch's answer, and what dividing by N would give."""
    trace = traced(view.case.replace(reduction="mean"))
    mean, total = (float(trace[key].output) for key in ("mean_loss", "sum_loss"))
    counted = float(by_count(trace.case)["mean_loss"].output)
    items = [
        ("mean", figure(mean), "divided by the " + trace["denominator"].rule.title.lower()),
        ("sum", figure(total), "all losses added"),
    ]
    if counted != mean and not (isnan(counted) and isnan(mean)):
        items.append(("divided by N", figure(counted), "what many expect; not what torch gives"))
    cards = "".join(
        f"<div><dt>{name}</dt><dd class='wce-answer'>{value}</dd><dd>{escape(words)}</dd></div>"
        for name, value, words in items
    )
    st.html(f"<dl class='wce-answers' aria-label='The answer for these numbers'>{cards}</dl>")


def choices() -> None:
    """Every preset as a link that leads to its walk, with its story, by group."""
    groups = dict.fromkeys(chosen.group for chosen in PRESETS)
    for tab, group in zip(st.tabs(list(groups)), groups, strict=True):
        with tab:
            columns = st.columns(2, gap="large")
            members = [chosen for chosen in PRESETS if chosen.group == group]
            for k, chosen in enumerate(members):
                with columns[k % 2]:
                    st.page_link(
                        "pages/steps.py",
                        label=f"**{chosen.title}**",
                        icon=":material/arrow_forward:",
                        query_params=encode(of_preset(chosen)),
                    )
                    st.caption(chosen.story)
