"""Where torch itself loses digits: its own answers to questions whose answer is ln C."""

from math import isfinite
from typing import TYPE_CHECKING

import streamlit as st

from ui.figures import digits
from ui.messages import STOP, plain
from ui.stability.cached import torchs_own
from ui.stability.tables import cell, line, number, table
from ui.view import View

if TYPE_CHECKING:
    from ce_core.torch_check.narrow import Answer


NARROW = "float16"  # where digits are lost first


def asked(view: View, device: str) -> None:
    """Each trial with what `cross_entropy` gave, and with the mean taken of the rows' losses."""
    from ce_core.torch_check import DeviceError

    st.subheader("Where torch itself loses digits")
    st.markdown(
        "All logits are 0, so every row costs ln C, and that is their mean too. On the CPU, torch "
        "adds up the losses of a narrow type in that type, and keeps the sum of a row's e^z in it, "
        "too. Casting the logits to float32 before the loss, as autocast does, avoids this."
    )
    dtype = view.dtype
    try:
        answers = torchs_own(device, dtype)
        if all(one.right(value) for one in answers for value in (one.mean, one.by_rows)):
            st.markdown(f"In {dtype} torch gets all of them right to 0.1%. So this is {NARROW}:")
            dtype = NARROW
            answers = torchs_own(device, dtype)
    except DeviceError as problem:
        st.error(f"{plain(str(problem))} The CPU still works: choose it above.", icon=STOP)
        return
    lines = [
        line(
            f"{one.trial.rows:,} × {one.trial.classes:,}: {one.trial.says}",
            [_given(one, one.mean), _given(one, one.by_rows), cell(digits(one.true, 5))],
        )
        for one in answers
    ]
    table(
        f"What torch gives in {dtype} on {device}",
        ("rows × classes", "reduction='mean'", "reduction='none', then .mean()", "ln C"),
        lines,
    )


def _given(one: "Answer", value: float) -> str:
    if not isfinite(value):
        return number(value)
    if one.right(value):
        return cell(digits(value, 5))
    return cell(digits(value, 5), f"off by {one.off(value):.1%}", broken=True)
