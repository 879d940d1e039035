"""The page Check: a device and a number type, one row a step, and the code that was run."""

from functools import partial
from html import escape
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from ce_core import Trace
from ui import state
from ui.compute import traced
from ui.devices import choose_device
from ui.figures import figure, listed
from ui.folded import folded
from ui.link import DTYPES
from ui.messages import STOP, plain
from ui.torch_side import checked, devices, script
from ui.view import View
from ui.words import COMMA, tongue, tr, words

if TYPE_CHECKING:
    from ce_core.torch_check import Check

ICONS = {"agrees": "✓", "differs": "✗", "not held": "–"}
SAYS = {
    "agrees": words("agrees"),
    "differs": words("differs"),
    "not held": words("not held"),
}


def choose(view: View) -> str:
    """Where torch runs, and in which floating-point type; returns the device that it will be."""
    left, right = st.columns(2, vertical_alignment="bottom")
    device = choose_device(view, left)
    for problem in devices()[1]:
        st.caption(plain(tr(problem)))
    right.segmented_control(
        tr("Number type"),
        DTYPES,
        default=view.dtype,
        required=True,
        key=state.key("dtype"),
        on_change=_choose,
    )
    return device


def _choose() -> None:
    chosen = state.value("dtype")
    state.act()
    if chosen:
        state.show(state.current().replace(dtype=chosen))


def table(view: View, device: str) -> None:
    """Ours, torch's, the difference and the verdict, for every step and for the whole function."""
    from ce_core.torch_check import DeviceError

    trace = traced(view.case)
    try:
        rows = checked(trace, device, view.dtype)
    except DeviceError as problem:
        cpu = tr("The CPU still works: choose it above.")
        st.error(f"{plain(tr(problem.said))} {cpu}", icon=STOP)
        return
    st.markdown(_verdict(rows, device, view.dtype))
    lines = "".join(_line(row) for row in rows)
    # the verdict stands second, where a phone shows it without scrolling
    heads = (tr("step"), tr("verdict"), tr("this site"), "torch", tr("apart, in eps"))
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in heads)
    caption = escape(tr("Every step, here and in torch: its first numbers"))
    st.html(
        "<div class='wce-scroll' tabindex='0' role='region' "
        f"aria-label='{escape(tr('Every step'))}'>"
        f"<table class='wce-check'><caption>{caption}</caption>"
        f"<tr>{head}</tr>{lines}</table></div>"
    )
    st.caption(
        tr(
            "eps is the gap between 1 and the next number of the type. In a narrow type the inputs "
            "are rounded to it first, on both sides, so that only the arithmetic is compared."
        )
    )
    run = partial(_code, trace, device, view.dtype)
    folded(tr("The code that was run"), "check-code", run)


def _code(trace: Trace, device: str, dtype: str) -> None:
    st.code(script(trace, device, dtype), language="python", wrap_lines=True)


def _verdict(rows: "list[Check]", device: str, dtype: str) -> str:
    """How many rows agree, before one reads them all."""
    count = {verdict: sum(row.verdict == verdict for row in rows) for verdict in ICONS}
    held = len(rows) - count["not held"]
    where = {"dtype": dtype, "device": device}
    if count["differs"]:
        said = tr(
            "✗ {count} of {held} rows differ in {dtype} on {device}.",
            count=count["differs"],
            held=held,
            **where,
        )
    elif held:
        said = tr("✓ {held} of {held} rows agree in {dtype} on {device}.", held=held, **where)
    else:
        said = tr("– No row can be compared in {dtype} on {device}.", **where)
    unheld = count["not held"]
    if not unheld:
        return f"**{said}**"
    left = tr("{count} cannot be compared; each says why.", count=unheld)
    return f"**{said}** {left}"


def _line(row: "Check") -> str:
    numbers = (_first(row.ours), _first(row.torch), figure(row.eps_units))
    cells = "".join(f"<td class='wce-number'>{escape(text)}</td>" for text in numbers)
    verdict = (
        f"<td><strong>{ICONS[row.verdict]} {escape(tr(SAYS[row.verdict]))}</strong><br>"
        f"<small>{escape(tr(row.note))}</small></td>"
    )
    return f"<tr><th scope='row'>{escape(tr(row.title))}</th>{verdict}{cells}</tr>"


def _first(array: object) -> str:
    values = np.asarray(array).reshape(-1)
    shown = listed(float(value) for value in values[:4])
    more = "; …" if tongue().decimal == COMMA else ", …"
    return shown + (more if values.size > 4 else "")
