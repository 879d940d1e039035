"""Where torch itself loses digits: its own answers to questions whose answer is ln C."""

from math import isfinite
from typing import TYPE_CHECKING

import streamlit as st

from ui.figures import digits
from ui.messages import STOP, plain
from ui.stability.cached import torchs_own
from ui.stability.tables import cell, line, number, table
from ui.view import View
from ui.words import tr, words

if TYPE_CHECKING:
    from ce_core.torch_check.narrow import Answer


NARROW = "float16"  # where digits are lost first


def asked(view: View, device: str) -> None:
    """Each trial with what `cross_entropy` gave, and with the mean taken of the rows' losses."""
    from ce_core.torch_check import DeviceError

    st.subheader(tr("Where torch itself loses digits"))
    st.markdown(
        tr(
            "All logits are 0, so every row costs ln C, and that is their mean too. On the CPU, "
            "torch adds up the losses of a narrow type in that type, and keeps the sum of a row's "
            "e^z in it, too. Casting the logits to float32 before the loss, as autocast does, "
            "avoids this."
        )
    )
    dtype = view.dtype
    try:
        answers = torchs_own(device, dtype)
        if all(one.right(value) for one in answers for value in (one.mean, one.by_rows)):
            st.markdown(
                tr(
                    "In {dtype} torch gets all of them right to {part:.1f}%. So this is {narrow}:",
                    dtype=dtype,
                    part=0.1,
                    narrow=NARROW,
                )
            )
            dtype = NARROW
            answers = torchs_own(device, dtype)
    except DeviceError as problem:
        cpu = tr("The CPU still works: choose it above.")
        st.error(f"{plain(tr(problem.said))} {cpu}", icon=STOP)
        return
    lines = [
        line(
            tr(
                "{rows:,} × {classes:,}: {says}",
                rows=one.trial.rows,
                classes=one.trial.classes,
                says=one.trial.says,
            ),
            [_given(one, one.mean), _given(one, one.by_rows), cell(digits(one.true, 5))],
        )
        for one in answers
    ]
    table(
        tr("What torch gives in {dtype} on {device}", dtype=dtype, device=device),
        (
            tr("rows × classes"),
            "reduction='mean'",
            tr("reduction='none', then .mean()"),
            "ln C",
        ),
        lines,
    )


def _given(one: "Answer", value: float) -> str:
    if not isfinite(value):
        return number(value)
    if one.right(value):
        return cell(digits(value, 5))
    off = tr("off by {part}%", part=words("{part:.1f}", part=100 * one.off(value)))
    return cell(digits(value, 5), off, broken=True)
