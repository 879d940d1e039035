"""The schemes as rows of one table: formula, source, weights, their sum and their ratio."""

from functools import cache
from html import escape

import streamlit as st
from latex2mathml.converter import convert

from ce_core.weighting import Weighing
from ce_core.words import told
from ui.choose.made import Made
from ui.choose.weights_as_text import weight_text
from ui.figures import figure
from ui.words import Words, tr, words

MOST = 6  # classes with a column of their own


def schemes(made: Made) -> None:
    """Draw the table."""
    st.header(tr("Every scheme on these counts"))
    st.markdown(schemes_html(made), unsafe_allow_html=True)


def schemes_html(made: Made) -> str:
    """The table as one line of HTML."""
    shown = made.names[:MOST]
    more = made.classes.classes - len(shown)
    heads = "".join(f"<th scope='col'>{escape(name)}</th>" for name in shown)
    rest = f"<th scope='col'>{tr('{count:,} more', count=more)}</th>" if more else ""
    rows = "".join(_row(one, made, len(shown), more=bool(more)) for one in made.weighings)
    above = tr(
        "The weight of each class; n is the number of samples, {n_c} that of class c, C the number "
        "of classes.",
        n_c="n<sub>c</sub>",
    )
    return (
        f"<p class='wce-above'>{above}</p>"
        "<div class='wce-scroll' tabindex='0' role='region' "
        f"aria-label='{tr('Table of the schemes')}'><table class='wce-schemes'>"
        f"<thead><tr><th scope='col'>{tr('Scheme')}</th>"
        f"<th scope='col' class='wce-words wce-formula'>{tr('Formula')}</th>"
        f"{heads}{rest}<th scope='col'>{tr('Sum')}</th>"
        f"<th scope='col'>{tr('Largest / smallest')}</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(one: Weighing, made: Made, shown: int, *, more: bool) -> str:
    here = " class='wce-here'" if one is made.chosen else ""
    looked = f" <small>{tr('(chosen)')}</small>" if one is made.chosen else ""
    title = f"<b>{escape(tr(one.scheme.title))}</b>{looked}"
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
    text = escape(tr(one.scheme.source))
    if not one.scheme.address:
        return text
    return f"<a href='{escape(one.scheme.address)}' target='_blank' rel='noopener'>{text}</a>"


def why(one: Weighing, made: Made) -> str:
    """Why a scheme has no weights, with the class called by its name."""
    if one.problem is None:
        return ""
    if one.problem.input not in ("costs", "images"):
        return tr("No weights: {reason}.", reason=called(told(one.problem.value), made))
    rule = told(one.problem.rule)
    if one.problem.input in made.problems:
        return tr("No weights yet: {rule}; what stands below cannot be used.", rule=rule)
    return tr("No weights yet: {rule}; they can be given below.", rule=rule)


def called(text: Words, made: Made) -> Words:
    """A sentence about "class 2" with that class's own name."""
    which = text.values.get("which")
    if not isinstance(which, Words):
        return text
    name = made.names[int(str(which.values["k"]))]
    return words(text.template, **{**text.values, "which": name})


@cache
def mathml(latex: str) -> str:
    """A formula of our own as MathML."""
    return convert(latex)
