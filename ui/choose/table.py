"""The schemes as rows of one table: formula, source, weights, their sum and their ratio."""

from functools import cache
from html import escape

import streamlit as st
from latex2mathml.converter import convert

from ce_core.weighting import Weighing
from ui.choose.made import Made
from ui.choose.weights_as_text import weight_text
from ui.figures import figure

MOST = 6  # classes with a column of their own


def schemes(made: Made) -> None:
    """Draw the table."""
    st.header("Every scheme on these counts")
    st.markdown(schemes_html(made), unsafe_allow_html=True)


def schemes_html(made: Made) -> str:
    """The table as one line of HTML."""
    shown = made.names[:MOST]
    more = made.classes.classes - len(shown)
    heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in shown)
    rest = f"<th scope='col'>{more:,} more</th>" if more else ""
    rows = "".join(_row(one, made, len(shown), more=bool(more)) for one in made.weighings)
    return (
        "<p class='wce-above'>The weight of each class; n is the number of samples, n<sub>c</sub> "
        "that of class c, C the number of classes.</p>"
        "<div class='wce-scroll' tabindex='0' role='region' aria-label='Table of the schemes'>"
        "<table class='wce-schemes'>"
        "<thead><tr><th scope='col'>Scheme</th>"
        "<th scope='col' class='wce-words wce-formula'>Formula</th>"
        f"{heads}{rest}<th scope='col'>Sum</th><th scope='col'>Largest / smallest</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(one: Weighing, made: Made, shown: int, *, more: bool) -> str:
    here = " class='wce-here'" if one is made.chosen else ""
    looked = " <small>(chosen)</small>" if one is made.chosen else ""
    title = f"<b>{escape(one.scheme.title)}</b>{looked}"
    head = (
        f"<th scope='row'>{title}<br><small>{_source(one)}</small>"
        f"</th><td class='wce-words wce-formula'>{mathml(one.scheme.formula)}</td>"
    )
    if one.weights is None:
        span = shown + more + 2
        reason = f"<span class='wce-why'>{escape(why(one, made))}</span>"
        return f"<tr{here}>{head}<td class='wce-words' colspan='{span}'>{reason}</td></tr>"
    cells = "".join(f"<td>{weight_text(weight)}</td>" for weight in one.weights[:shown])
    rest = "<td>…</td>" if more else ""
    ends = f"<td>{weight_text(one.total)}</td><td>{figure(one.ratio)}</td>"
    return f"<tr{here}>{head}{cells}{rest}{ends}</tr>"


def _source(one: Weighing) -> str:
    text = escape(one.scheme.source)
    if not one.scheme.address:
        return text
    return f"<a href='{escape(one.scheme.address)}' target='_blank' rel='noopener'>{text}</a>"


def why(one: Weighing, made: Made) -> str:
    """Why a scheme has no weights, with the class called by its name."""
    if one.problem is None:
        return ""
    if one.problem.input not in ("costs", "images"):
        return f"No weights: {called(one.problem.value, made)}."
    wrong = one.problem.input in made.problems
    end = "what stands below cannot be used" if wrong else "they can be given below"
    return f"No weights yet: {one.problem.rule}; {end}."


def called(text: str, made: Made) -> str:
    """A sentence about "class 2" with that class's own name."""
    number, _, rest = text.removeprefix("class ").partition(" ")
    if not text.startswith("class ") or not number.isdigit():
        return text
    return f"{made.names[int(number)]} {rest}"


@cache
def mathml(latex: str) -> str:
    """A formula of our own as MathML."""
    return convert(latex)
