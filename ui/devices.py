"""Where torch runs: the device that the view asks for if it works here, and a field for another."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import state
from ui.messages import WARNING
from ui.torch_side import devices, working
from ui.view import View
from ui.words import tr


def choose_device(view: View, box: DeltaGenerator | None = None) -> str:
    """The device that torch will run on; one that is not here is named, and the CPU is taken.

    Args:
        view: with the device that is asked for.
        box: where the field is drawn; None draws it where the page is, if there is any choice.
    """
    with st.spinner(tr("Importing torch"), show_time=False):
        found, _ = devices()
    device = working(view.device).name
    if view.device not in (device, "cuda"):
        st.warning(
            tr(
                "The link asks for {device}, which does not work on this machine; torch runs on "
                "the CPU instead.",
                device=view.device,
            ),
            icon=WARNING,
        )
    titles = {one.name: one.title for one in found}
    if box or len(titles) > 1:
        (box or st).selectbox(
            tr("Device"),
            list(titles),
            index=list(titles).index(device),
            format_func=titles.__getitem__,
            key=state.key("device"),
            on_change=_choose,
        )
    return device


def _choose() -> None:
    chosen = state.value("device")
    state.act()
    if chosen:
        state.show(state.current().replace(device=chosen))
