"""Some steps down the gradient: the trail of the loss, with these weights and with none."""

from html import escape
from math import isfinite

import streamlit as st

from ce_core.descent import Trail
from ui import state
from ui.figures import column as column_of
from ui.figures import figure
from ui.gradient.computing import trail
from ui.gradient.settings import FASTEST, MOST_STEPS
from ui.gradient.tables import table
from ui.matrix import chosen
from ui.place import Place, row_label
from ui.plot import Axis, Curve, Dots, chart
from ui.slider import slider
from ui.view import View
from ui.words import Words, joined, tr, words

ROWS = 20
OWN, EVEN = "own", "even"
LOSS_WITH = {
    OWN: words("**The loss with your weights**"),
    EVEN: words("**The loss with all weights 1**"),
}


def walking(view: View, at: Place) -> None:
    """The rate, the steps, both trails side by side, and where the targets' probabilities went."""
    settings = view.descent
    left, right = st.columns(2, gap="large")
    with left:
        label = tr("Learning rate, η")
        slider("descent-rate", label, settings.rate, 0, FASTEST, 0.1, _with_rate)
    with right:
        slider("descent-steps", tr("Steps"), settings.steps, 0, MOST_STEPS, 1, _with_steps)
    _buttons(settings.steps)
    own = trail(at.case, settings.rate, settings.steps, at.row)
    even = None
    if at.case.weight is not None:
        even = trail(at.case.replace(weight=None), settings.rate, settings.steps, at.row)
    if not own.whole:
        st.caption(
            tr(
                "This batch is too large to go down whole at each click: {row} goes alone. It goes "
                "as it would in the batch, since no other row's logits are in its gradient.",
                row=at.row_name,
            )
        )
    _charts(own, even)
    _table(at, own, even)


def _with_rate(view: View, rate: float) -> View:
    return view.replace(descent=view.descent.replace(rate=rate))


def _with_steps(view: View, steps: float) -> View:
    return view.replace(descent=view.descent.replace(steps=int(steps)))


def _buttons(steps: int) -> None:
    line = st.container(horizontal=True)
    for label, by in (
        (words("One step"), 1),
        (words("Ten steps"), 10),
        (words("Start again"), -MOST_STEPS),
    ):
        line.button(
            tr(label),
            key=state.key(f"descent-{label}"),
            disabled=steps == (MOST_STEPS if by > 0 else 0),
            on_click=_go,
            args=(by,),
        )


def _go(by: int) -> None:
    view = state.current()  # a quick second click comes from a button drawn before the first
    state.show(_with_steps(view, min(max(view.descent.steps + by, 0), MOST_STEPS)))


def _charts(own: Trail, even: Trail | None) -> None:
    made = [(OWN, own)] if even is None else [(OWN, own), (EVEN, even)]
    if even is None:
        st.caption(
            tr("There are no class weights here: every class weighs 1, and there is one trail.")
        )
    for box, (name, one) in zip(st.columns(len(made), gap="large"), made, strict=True):
        with box:
            st.markdown(tr("**The loss**") if even is None else tr(LOSS_WITH[name]))
            _chart(one)
            st.html(f"<p>{escape(tr(_said(one)))}</p>")
    if even is not None:
        st.caption(
            tr(
                "The two losses weigh the rows differently, so do not compare them with each "
                "other: compare the probabilities that they lead to."
            )
        )


def _chart(one: Trail) -> None:
    losses = [float(loss) for loss in one.losses]
    known = [loss for loss in losses if isfinite(loss)]
    if not known:
        return
    steps = list(range(len(losses)))
    high = max([0.0, *known]) or 1.0
    low = min([0.0, *known])
    chart(
        [
            Curve(steps, losses, "loss"),
            Dots(steps, losses, "loss", shape="small" if len(steps) > 15 else "disc"),
        ],
        Axis(tr("steps"), 0, max(len(losses) - 1, 1), _whole(len(losses) - 1)),
        Axis(tr("loss"), low, high * 1.05 if high > 0 else high),
        alt=tr(_said(one)),
        height=200,
    )


def _whole(last: int) -> tuple[tuple[float, str], ...]:
    apart = 1 if last <= 10 else 5 if last <= 25 else 10
    return tuple((float(k), str(k)) for k in range(0, max(last, 1) + 1, apart))


def _said(one: Trail) -> Words:
    first, last = figure(float(one.losses[0])), figure(float(one.losses[-1]))
    count = len(one.losses) - 1
    if one.breaks_at == 0:
        return words("The loss is {loss} before any step, so there is no way down.", loss=first)
    if not count:
        return words("No step yet: the loss is {loss}.", loss=first)
    ends = {"first": first, "last": last}
    goes = (
        words("In 1 step the loss goes from {first} to {last}.", **ends)
        if count == 1
        else words("In {count} steps the loss goes from {first} to {last}.", count=count, **ends)
    )
    return joined([goes, _trouble(one)])


def _trouble(one: Trail) -> Words:
    """Where the way goes wrong; "" where it does not."""
    if one.breaks_at is not None:
        return words(
            "From step {step} on it is no finite number: the logits have been thrown too far. Take "
            "a smaller rate.",
            step=one.breaks_at,
        )
    if one.rises_at is not None:
        return words(
            "At step {step} it rises: the step is longer than the slope holds for. A smaller rate "
            "goes down all the way.",
            step=one.rises_at,
        )
    return words("")


def _table(at: Place, own: Trail, even: Trail | None) -> None:
    shown = chosen(len(own.rows), ROWS, at.row if own.whole else 0)
    kept = [k for k in shown if k is not None]
    if not kept:
        return
    columns = [column_of(float(own.before[k]) for k in kept)]
    heads = [tr("row"), tr("target"), tr("before"), tr("after, your weights")]
    columns.append(column_of(float(own.after[k]) for k in kept))
    if even is not None:
        heads.append(tr("after, all weights 1"))
        columns.append(column_of(float(even.after[k]) for k in kept))
    else:
        heads[-1] = tr("after")
    columns = [[cell.replace("nan", "–") for cell in column] for column in columns]
    names = _asked(at, own, kept)
    lines = dict(zip(kept, zip(names, *columns, strict=True), strict=True))
    body = [None if k is None else (row_label(at.case, int(own.rows[k])), *lines[k]) for k in shown]
    concepts = ["", "target", *["probs"] * (len(heads) - 2)]
    st.html(
        table(
            tr("The probability of each row's target, before the first step and after the last"),
            heads,
            body,
            concepts=concepts,
        )
    )
    st.caption(
        tr(
            "Here every logit is a number of its own and goes where its row pulls it. In a model "
            "the rows share the model's parameters, so that a heavy row also moves the light ones."
        )
    )


def _asked(at: Place, one: Trail, kept: list[int]) -> list[str]:
    return [tr("ignored") if one.asked[k] < 0 else at.name(int(one.asked[k])) for k in kept]
