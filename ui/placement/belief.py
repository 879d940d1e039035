"""What each loss makes a model believe, with a true p to compare with; and how to undo it."""

from html import escape

import numpy as np
import streamlit as st

from ce_core.placement import Belief, scaled
from ui import state
from ui.figures import column, figure
from ui.messages import STOP, plain
from ui.notation import NotationError
from ui.place import row_label
from ui.placement.change import changed
from ui.placement.compute import believed, truth_of
from ui.placement.names import SHOWN, few
from ui.placement.settings import read_truth, write_truth
from ui.plot import Bars, bars
from ui.view import View, positions

FIELD = "placement-truth"


def belief(view: View) -> None:
    """The optimum of each loss at one input whose true probabilities are known."""
    st.header("What would each loss make a model believe?")
    case = view.case
    if not positions(case) or not case.classes:
        st.markdown("This case has no row and class, so there is nothing to believe.")
        return
    st.markdown(
        "Take one input at which the classes really have the probabilities p, and let a model "
        "train until its loss can fall no further. What does it then say?"
    )
    _truth_field(view)
    row = min(view.row, positions(case) - 1)
    truth = truth_of(case, row, view.placement.truth)
    if not np.isfinite(truth).all():
        st.markdown(
            f"The softmax of row {row_label(case, row)} is no distribution (it holds nan). Type "
            "probabilities above."
        )
        return
    weight = case.inputs["weight"]
    told = believed(tuple(truth.tolist()), tuple(weight.tolist()))
    if told[0].fault:
        st.markdown(told[0].fault)
        return
    _picture(view, truth, told)
    _sentences(truth, told)
    _table(view, truth, weight, told)


def _truth_field(view: View) -> None:
    case, typed = view.case, view.placement.truth
    row = min(view.row, positions(case) - 1)
    st.text_input(
        "True probabilities p",
        value=write_truth(typed) if typed else "",
        placeholder=f"nothing typed: the softmax of row {row_label(case, row)}",
        max_chars=4_000,
        key=state.key(FIELD),
        on_change=_typed,
        help="One number for each class, with commas between them: 0.7, 0.2, 0.1. They are "
        "scaled to add up to 1. An empty field takes the softmax of the row.",
    )
    problem = state.told(FIELD)
    if problem:
        st.error(plain(problem), icon=STOP)
    elif typed and len(typed) != case.classes:
        st.error(
            f"True probabilities: {len(typed)} typed, and this case has {case.classes:,} classes. "
            f"Type one for each. Until then the softmax of row {row_label(case, row)} is taken.",
            icon=STOP,
        )


def _typed() -> None:
    text = (state.value(FIELD) or "").strip()
    view = state.current()
    try:
        truth = read_truth(text) if text else ()
    except NotationError as problem:
        state.act()
        state.tell(FIELD, f"True probabilities: {problem}. For three classes: 0.7, 0.2, 0.1.")
        return
    state.show(changed(view, truth=truth))


def _picture(view: View, truth: np.ndarray, told: tuple[Belief, ...]) -> None:
    outside, prior = told[0], told[2]
    names, kept = few(view.classes, truth)
    bars(
        names,
        [
            Bars("true p", truth[kept].tolist(), "target"),
            Bars("model, weight outside", outside.probs[kept].tolist(), "probs"),
            Bars("model, prior inside", prior.probs[kept].tolist(), "probs", hatched=True),
        ],
        alt="What the model says with each of two losses, beside the true probability, for "
        f"{len(names)} classes.",
        low=0,
        high=1,
        height=180,
    )
    if len(kept) < len(truth):
        st.caption(f"The {SHOWN} likeliest of {len(truth):,} classes.")


def _sentences(truth: np.ndarray, told: tuple[Belief, ...]) -> None:
    outside, inside, _, steady = told
    st.markdown(
        r"- **Weight outside the log:** the model says $p_k w_k / \sum_j p_j w_j$, each logit "
        r"higher by exactly $\log w_k$. Its outputs are not calibrated. Divide them by w and "
        r"scale them (or take $\log w_k$ off the logits), and p is back."
    )
    st.markdown(
        r"- **Prior inside the softmax:** the model says $(p_k / q_k) / \sum_j (p_j / q_j)$, each "
        r"logit lower by $\log q_k$. So the same list acts the other way round: what a weight "
        r"favours, a prior holds back. To move a model like the weights 1/n, take the class "
        r"frequencies n as prior. Add $\log q_k$ to the logits, and p is back."
    )
    if inside.fault:
        st.markdown(
            "- **Weight inside the log:** there is no lowest point. Whenever 1 is added to all "
            f"logits, the loss changes by $1 - \\sum_k p_k w_k$ = **{figure(inside.drift)}**, as "
            "often as one likes. Only where that is 0 is there a lowest point. With the weights "
            "scaled for it, the model says p itself, "
            f"to within {figure(float(np.abs(steady.probs - truth).max()))}: the weights do "
            "nothing."
        )
    else:
        st.markdown(
            "- **Weight inside the log:** here $\\sum_k p_k w_k$ is 1, the one value at which "
            "there is a lowest point. There the model says p itself: the weights do nothing."
        )
    if outside.found is not None:
        gap = max(one.gap for one in told)
        st.caption(
            "Found twice: by these formulas, and by Newton's method, which is given the loss "
            f"alone. The two differ by at most {figure(gap)}."
        )
    else:
        st.caption(f"By the formulas; {len(truth):,} classes are too many for Newton's method.")


def _table(view: View, truth: np.ndarray, weight: np.ndarray, told: tuple[Belief, ...]) -> None:
    outside, prior = told[0], told[2]
    names, kept = few(view.classes, truth)
    columns = {
        "true p": truth,
        "weight w": weight,
        "log w": outside.lift,
        "weight outside": outside.probs,
        "÷ w": outside.undone,
        "prior q": scaled(weight),
        "−log q": prior.lift,
        "prior inside": prior.probs,
        "× q": prior.undone,
    }
    top = "".join(f"<th scope='col'>{escape(head)}</th>" for head in ("class", *columns))
    texts = zip(*(column(values[kept]) for values in columns.values()), strict=True)
    body = "".join(
        f"<tr><th scope='row'>{escape(name)}</th>"
        + "".join(f"<td>{text}</td>" for text in cells)
        + "</tr>"
        for name, cells in zip(names, texts, strict=True)
    )
    with st.expander("These numbers as a table"):
        st.html(
            "<div class='wce-scroll'><table class='wce-sheet'>"
            "<caption>The optimum of two losses, class by class</caption>"
            f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
        )
