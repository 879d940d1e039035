"""What each loss makes a model believe, with a true p to compare with; and how to undo it."""

from functools import partial
from html import escape

import numpy as np
import streamlit as st

from ce_core.placement import Belief, scaled
from ui import state
from ui.figures import column, figure
from ui.folded import folded
from ui.messages import STOP, plain
from ui.notation import NotationError
from ui.place import row_label
from ui.placement.change import changed
from ui.placement.compute import believed, truth_of
from ui.placement.names import SHOWN, few
from ui.placement.settings import read_truth, write_truth
from ui.plot import Bars, bars
from ui.view import View, positions
from ui.words import tr, words

FIELD = "placement-truth"
SUM = r"$\sum_k p_k w_k$"


def belief(view: View) -> None:
    """The optimum of each loss at one input whose true probabilities are known."""
    st.header(tr("What would each loss make a model believe?"))
    case = view.case
    if not positions(case) or not case.classes:
        st.markdown(tr("This case has no row and class, so there is nothing to believe."))
        return
    st.markdown(
        tr(
            "Take one input at which the classes really have the probabilities p, and let a model "
            "train until its loss can fall no further. What does it then say?"
        )
    )
    _truth_field(view)
    row = min(view.row, positions(case) - 1)
    truth = truth_of(case, row, view.placement.truth)
    if not np.isfinite(truth).all():
        st.markdown(
            tr(
                "The softmax of row {row} is no distribution (it holds nan). Type probabilities "
                "above.",
                row=row_label(case, row),
            )
        )
        return
    weight = case.inputs["weight"]
    told = believed(tuple(truth.tolist()), tuple(weight.tolist()))
    if told[0].fault:
        st.markdown(tr(told[0].fault))
        return
    _picture(view, truth, told)
    _sentences(truth, told)
    _table(view, truth, weight, told)


def _truth_field(view: View) -> None:
    case, typed = view.case, view.placement.truth
    row = min(view.row, positions(case) - 1)
    st.text_input(
        tr("True probabilities p"),
        value=write_truth(typed) if typed else "",
        placeholder=tr("nothing typed: the softmax of row {row}", row=row_label(case, row)),
        max_chars=4_000,
        key=state.key(FIELD),
        on_change=_typed,
        help=tr(
            "One number for each class, with commas between them: 0.7, 0.2, 0.1. They are "
            "scaled to add up to 1. An empty field takes the softmax of the row."
        ),
    )
    problem = state.told(FIELD)
    if problem:
        st.error(plain(tr(problem)), icon=STOP)
    elif typed and len(typed) != case.classes:
        st.error(
            tr(
                "True probabilities: {count} typed, and this case has {classes:,} classes. "
                "Type one for each. Until then the softmax of row {row} is taken.",
                count=len(typed),
                classes=case.classes,
                row=row_label(case, row),
            ),
            icon=STOP,
        )


def _typed() -> None:
    text = (state.value(FIELD) or "").strip()
    view = state.current()
    try:
        truth = read_truth(text) if text else ()
    except NotationError as problem:
        state.act()
        said = "True probabilities: {problem}. For three classes: 0.7, 0.2, 0.1."
        state.tell(FIELD, words(said, problem=problem.says))
        return
    state.show(changed(view, truth=truth))


def _picture(view: View, truth: np.ndarray, told: tuple[Belief, ...]) -> None:
    outside, prior = told[0], told[2]
    names, kept = few(view.classes, truth)
    bars(
        names,
        [
            Bars(tr("true p"), truth[kept].tolist(), "target"),
            Bars(tr("model, weight outside"), outside.probs[kept].tolist(), "probs"),
            Bars(tr("model, prior inside"), prior.probs[kept].tolist(), "probs", hatched=True),
        ],
        alt=tr(
            "What the model says with each of two losses, beside the true probability, for "
            "{count} classes.",
            count=len(names),
        ),
        low=0,
        high=1,
        height=180,
    )
    if len(kept) < len(truth):
        st.caption(tr("The {count} likeliest of {all:,} classes.", count=SHOWN, all=len(truth)))


def _sentences(truth: np.ndarray, told: tuple[Belief, ...]) -> None:
    outside, inside, _, steady = told
    st.markdown(
        tr(
            "- **Weight outside the log:** the model says {says}, each logit higher by exactly "
            "{log}. Its outputs are not calibrated. Divide them by w and scale them (or take "
            "{log} off the logits), and p is back.",
            says=r"$p_k w_k / \sum_j p_j w_j$",
            log=r"$\log w_k$",
        )
    )
    st.markdown(
        tr(
            "- **Prior inside the softmax:** the model says {says}, each logit lower by {log}. So "
            "the same list acts the other way round: what a weight favours, a prior holds back. "
            "To move a model like the weights 1/n, take the class frequencies n as prior. Add "
            "{log} to the logits, and p is back.",
            says=r"$(p_k / q_k) / \sum_j (p_j / q_j)$",
            log=r"$\log q_k$",
        )
    )
    if inside.fault:
        st.markdown(_endless(inside.drift, float(np.abs(steady.probs - truth).max())))
    else:
        st.markdown(
            tr(
                "- **Weight inside the log:** here {sum} is 1, the one value at which there is a "
                "lowest point. There the model says p itself: the weights do nothing.",
                sum=SUM,
            )
        )
    if outside.found is not None:
        st.caption(
            tr(
                "Found twice: by these formulas, and by Newton's method, which is given the loss "
                "alone. The two differ by at most {gap}.",
                gap=figure(max(one.gap for one in told)),
            )
        )
    else:
        st.caption(
            tr(
                "By the formulas; {count:,} classes are too many for Newton's method.",
                count=len(truth),
            )
        )


def _endless(drift: float, apart: float) -> str:
    """What is said of the loss that has no lowest point."""
    return tr(
        "- **Weight inside the log:** there is no lowest point. Whenever 1 is added to all "
        "logits, the loss changes by {change} = **{drift}**, as often as one likes. Only where "
        "that is 0 is there a lowest point. With the weights scaled for it, the model says p "
        "itself, to within {apart}: the weights do nothing.",
        change=r"$1 - \sum_k p_k w_k$",
        drift=figure(drift),
        apart=figure(apart),
    )


def _table(view: View, truth: np.ndarray, weight: np.ndarray, told: tuple[Belief, ...]) -> None:
    outside, prior = told[0], told[2]
    names, kept = few(view.classes, truth)
    columns = {
        tr("true p"): truth,
        tr("weight w"): weight,
        "log w": outside.lift,
        tr("weight outside"): outside.probs,
        "÷ w": outside.undone,
        tr("prior q"): scaled(weight),
        "−log q": prior.lift,
        tr("prior inside"): prior.probs,
        "× q": prior.undone,
    }
    top = "".join(f"<th scope='col'>{escape(head)}</th>" for head in (tr("class"), *columns))
    texts = zip(*(column(values[kept]) for values in columns.values()), strict=True)
    body = "".join(
        f"<tr><th scope='row'>{escape(name)}</th>"
        + "".join(f"<td>{text}</td>" for text in cells)
        + "</tr>"
        for name, cells in zip(names, texts, strict=True)
    )
    table = (
        "<div class='wce-scroll'><table class='wce-sheet'>"
        f"<caption>{tr('The optimum of two losses, class by class')}</caption>"
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    folded(tr("These numbers as a table"), "belief-table", partial(st.html, table))
