"""Where the models are trained: the CPU, or a GPU that is there."""

import streamlit as st

from ui import state
from ui.messages import WARNING
from ui.torch_side import devices, ready
from ui.view import View


def device_of(view: View) -> str:
    """The device that a training will run on; asked for where there is more than one.

    Nobody waits for torch to say which there are: until it is imported there is the CPU.
    """
    if view.device == "cpu" and not ready():
        return "cpu"
    with st.spinner("Importing torch", show_time=False):
        found, _ = devices()
    known = {device.name: device.title for device in found}
    asked = "cuda:0" if view.device == "cuda" else view.device
    device = asked if asked in known else "cpu"
    if asked not in known:
        st.warning(
            f"The link asks for {asked}, which does not work on this machine; torch runs on the "
            "CPU instead.",
            icon=WARNING,
        )
    if len(known) > 1:
        st.selectbox(
            "Device",
            list(known),
            index=list(known).index(device),
            format_func=known.__getitem__,
            key=state.key("lab_device"),
            on_change=_choose,
        )
    return device


def _choose() -> None:
    chosen = state.value("lab_device")
    state.act()
    if chosen:
        state.show(state.current().replace(device=chosen))
