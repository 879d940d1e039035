"""Which schemes are the same under the mean, with the losses to see it by."""

from html import escape

import numpy as np
import streamlit as st

from ce_core import Case
from ce_core.weighting import Alike, Effect, Weighing, alike, effects, made_batch
from ui.choose.made import Made
from ui.choose.weights_as_text import weight_text
from ui.compute import size, traced
from ui.figures import figure
from ui.view import View, positions
from ui.words import Words, tr, words

MOST = 2_000_000  # numbers of a case; beyond, the losses take seconds
DIGITS = 8  # decimals of a mean, so that equal ones are seen to be equal


def alike_table(view: View, made: Made) -> None:
    """The schemes in groups of multiples, and the mean and the sum of one batch under each."""
    st.header(tr("Which of them are the same?"))
    case = batch(view, made)
    groups = alike(made.weighings)
    st.markdown(_lead(groups))
    if case is None:
        st.caption(
            tr(
                "No batch to try them on: there are too many classes, or no samples. Put in a case "
                "of as many classes below, of at most {most:,} numbers.",
                most=MOST,
            )
        )
        return
    found = _losses(case.replace(reduction="mean"), made.weighings)
    st.markdown(table_html(groups, found, case), unsafe_allow_html=True)
    st.caption(_words(view, made, case))


def _losses(case: Case, weighings: tuple[Weighing, ...]) -> tuple[Effect, ...]:
    """The losses under each of the weights; what was computed for the same weights is kept."""
    return tuple(
        _loss(case, one.scheme.key, np.asarray(one.weights).tobytes(), one)[0]
        for one in weighings
        if one.weights is not None
    )


@st.cache_resource(max_entries=128, show_spinner=False, hash_funcs={Case: lambda c: c.digest})
def _loss(
    case: Case,
    scheme: str,  # noqa: ARG001 - tells one kept loss from another, as the weights do
    weights: bytes,  # noqa: ARG001
    _weighing: Weighing,
) -> tuple[Effect, ...]:
    return effects(traced(case), [_weighing])


def batch(view: View, made: Made) -> Case | None:
    """The case on the screen where it has as many classes; else a made one; None for neither."""
    return made_batch(made.classes.counts) if _unfit(view, made) else view.case


def _unfit(view: View, made: Made) -> Words | None:
    """Why the case on the page cannot be tried; None where it can."""
    if view.case.classes != made.classes.classes:
        return words("has another number of classes")
    if not positions(view.case):
        return words("has no samples")
    if size(view.case) > MOST:
        return words("has more than {most:,} numbers", most=MOST)
    return None


def _lead(groups: tuple[Alike, ...]) -> str:
    many = [group for group in groups if len(group.members) > 1]
    if not many:
        return tr("No two of these schemes give weights that are multiples of one another.")
    return tr(
        "The weights of these are multiples of one another: {names}. A weighted mean over class "
        "numbers divides the factor out again, so they train the same. A sum keeps it: under plain "
        "gradient descent that is another learning rate.",
        names=", ".join(tr(one.scheme.title.lower()) for one in many[0].members),
    )


def table_html(groups: tuple[Alike, ...], found: tuple[Effect, ...], case: Case) -> str:
    """The groups as bodies of one table."""
    of = {effect.weighing.scheme.key: effect for effect in found}
    bodies = "".join(_body(k, group, of) for k, group in enumerate(groups, 1))
    below = (
        tr("Divided by the number of samples")
        if case.soft
        else tr("Divided by the sum of the targets’ weights")
    )
    names = (tr("Scheme"), tr("Factor"), tr("Mean"), tr("Sum"), below)
    heads = "".join(f"<th scope='col'>{name}</th>" for name in names)
    label = tr("Schemes that are the same")
    return (
        f"<div class='wce-scroll' tabindex='0' role='region' aria-label='{label}'>"
        "<table class='wce-schemes wce-narrow'><thead>"
        f"<tr>{heads}</tr></thead>{bodies}</table></div>"
    )


def _body(number: int, group: Alike, of: dict[str, Effect]) -> str:
    if len(group.members) > 1:
        said = tr("Group {number}: the same up to a factor", number=number)
    else:
        said = tr("Group {number}: like no other", number=number)
    head = f"<tr class='wce-group'><th colspan='5' scope='rowgroup'>{said}</th></tr>"
    rows = "".join(
        _row(of[one.scheme.key], factor)
        for one, factor in zip(group.members, group.factors, strict=True)
    )
    return f"<tbody>{head}{rows}</tbody>"


def _row(effect: Effect, factor: float) -> str:
    return (
        f"<tr><th scope='row'>{escape(tr(effect.weighing.scheme.title))}</th>"
        f"<td>{weight_text(factor)}</td><td><b>{figure(effect.mean, DIGITS)}</b></td>"
        f"<td>{weight_text(effect.total)}</td><td>{weight_text(effect.divisor)}</td></tr>"
    )


def _words(view: View, made: Made, case: Case) -> str:
    unfit = _unfit(view, made)
    start = tr("The batch is the case on this page, with its own targets and options.")
    if unfit is not None:
        start = _made_up(unfit, positions(case))
    if not case.soft:
        return start
    soft = tr(
        "Its targets are probabilities: then torch’s mean divides by the number of samples, and a "
        "factor stays in the mean, too."
    )
    return f"{start} {soft}"


def _made_up(unfit: Words, rows: int) -> str:
    if rows == 1:
        return tr(
            "The case on this page {unfit}, so this is a made batch of 1 sample in the proportions "
            "of your counts, at least one of each class that has any.",
            unfit=unfit,
        )
    return tr(
        "The case on this page {unfit}, so this is a made batch of {rows} samples in the "
        "proportions of your counts, at least one of each class that has any.",
        unfit=unfit,
        rows=rows,
    )
