"""The first page's figure: the thread that started it, by hand and by torch, and the stories."""

from functools import partial
from html import escape
from math import isnan

import streamlit as st

from ce_core import Trace
from ce_core.mistakes import BY_HAND, by_count
from ce_core.presets import PRESETS
from ui.compute import traced, with_mistake
from ui.figures import figure, listed
from ui.folded import tabs
from ui.link import encode
from ui.links import Group, Link, links
from ui.view import View, of_preset
from ui.words import tr
from ui.words.numerals import prose


def two_ways() -> None:
    """The same case by hand and by torch, line by line, to where they part."""
    case = PRESETS[0].case
    by_hand, right = with_mistake(case, BY_HAND), traced(case)
    st.html(
        "<div class='wce-pair'>"
        + _card(
            tr("By hand, from printed probabilities"),
            by_hand,
            "divided by {mark}the number of samples, {divisor}{end}",
        )
        + _card(
            "torch",
            right,
            "divided by {mark}the sum of the targets' weights, {divisor}{end}",
        )
        + "</div>"
    )


def _card(heading: str, trace: Trace, division: str) -> str:
    losses = " + ".join(figure(loss) for loss in trace["losses"].rows)
    total, divisor = (figure(float(trace[key].output)) for key in ("sum_loss", "denominator"))
    lines = (
        tr("−log of each target's probability: {values}", values=listed(trace["nll"].rows)),
        tr(
            "times the targets' weights {weights}: {sum} = {total}",
            weights=listed(trace["sample_weight"].rows),
            sum=losses,
            total=total,
        ),
        tr(division, mark="<span class='wce-hot'>", divisor=divisor, end="</span>"),
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
        ("mean", figure(mean), _divided(trace)),
        ("sum", figure(total), tr("all losses added")),
    ]
    if counted != mean and not (isnan(counted) and isnan(mean)):
        says = tr("what many expect; not what torch gives")
        items.append((tr("divided by N"), figure(counted), says))
    cards = "".join(
        f"<div><dt>{name}</dt><dd class='wce-answer'>{value}</dd><dd>{escape(says)}</dd></div>"
        for name, value, says in items
    )
    label = escape(tr("The answer for these numbers"))
    st.html(f"<dl class='wce-answers' aria-label='{label}'>{cards}</dl>")


def _divided(trace: Trace) -> str:
    if trace.case.soft:
        return tr("divided by the number of samples")
    return tr("divided by the sum of the targets' weights")


def choices() -> None:
    """Every preset as a link that leads to its walk, with its story, by group."""
    groups = dict.fromkeys(chosen.group for chosen in PRESETS)
    tabs("choices", ((tr(group), partial(_choices_of, group)) for group in groups))


def _choices_of(group: str) -> None:
    listed = [
        Link("steps", prose(one.title), encode(of_preset(one)), prose(one.story))
        for one in PRESETS
        if one.group == group
    ]
    links(f"choices-{group}", [Group("", listed)], label=tr(group))
