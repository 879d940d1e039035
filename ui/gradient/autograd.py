"""Torch's autograd beside the gradient of this page, and the code that asks it."""

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from ce_core import Case
from ce_core.arrays import Array
from ce_core.rule import CELL
from ce_core.trace import as_rows
from ui.checks import ICONS
from ui.compute import traced
from ui.figures import figure
from ui.gradient.onward import onward
from ui.gradient.tables import table
from ui.matrix import chosen
from ui.messages import STOP, plain
from ui.place import Place
from ui.torch_side import asked_quickly, checked, draw_again, ready, working
from ui.view import View
from ui.words import tr

if TYPE_CHECKING:
    from ce_core.torch_check import Device

DIGITS, CLASSES = 8, 8


def autograd(view: View, at: Place) -> None:
    """What autograd gives, how far that is from the closed formula, and the code."""
    if not asked_quickly(view.case):
        st.caption(tr("This batch is too large to ask torch at each click."))
        _more()
        return
    if not ready():
        st.caption(tr("Torch is being imported."))
        draw_again()
        return
    device = working(view.device)
    _beside(at, device, view)
    st.code(_code(view.case, device.name, view.dtype), language="python", wrap_lines=True)
    _more()


def _beside(at: Place, device: "Device", view: View) -> None:
    from ce_core.torch_check import DeviceError

    try:
        rows = checked(traced(at.case), device.name, view.dtype)
    except DeviceError as problem:
        st.error(plain(tr(problem.args[0])), icon=STOP)
        return
    row = next(one for one in rows if one.key == "gradient")
    said = [
        tr("Torch does not know the formula: it goes back through the calculation step by step."),
        _where(row.ours.size, device, view),
    ]
    verdict = f"<strong>{ICONS[row.verdict]} {escape(tr(row.verdict))}</strong>."
    found = tr(row.note)
    if not device.name.startswith(view.device):
        asked = tr("The link asks for {device}, which does not work here.", device=view.device)
        found = f"{found} {asked}"
    st.html(f"<p>{escape(' '.join(said))} {verdict} {escape(found)}</p>")
    if row.torch.shape == row.ours.shape:
        st.html(_numbers(at, as_rows(row.ours, CELL), as_rows(row.torch, CELL)))


def _where(count: int, device: "Device", view: View) -> str:
    return tr(
        "On {device}, in {dtype}, over {count:,} numbers:",
        device=device.title,
        dtype=view.dtype,
        count=count,
    )


def _numbers(at: Place, ours: Array, torch: Array) -> str:
    columns = chosen(at.case.classes, CLASSES, at.column)
    heads = [
        tr("{row}, class", row=at.row_name),
        *("…" if c is None else at.name(c) for c in columns),
    ]
    lines = []
    for name, rows in ((tr("this page"), ours), ("autograd", torch)):
        cells = ["…" if c is None else figure(float(rows[at.row, c]), DIGITS) for c in columns]
        lines.append((name, *cells))
    return table(tr("The gradient of the row looked at, from both"), heads, lines)


def _code(case: Case, device: str, dtype: str) -> str:
    from ce_core.torch_check import backward

    return backward(case, device, dtype)


def _more() -> None:
    onward("check", tr("Every step, device and number type"))
