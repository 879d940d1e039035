"""What torch says: imported in the background, asked once per case, device and dtype."""

import threading

import streamlit as st

from ce_core import Case, Trace
from ui.compute import LARGE, size


@st.cache_resource(show_spinner=False)
def preload() -> threading.Thread:
    """Import torch while the first page is being read; nobody waits for it before asking it."""

    def load() -> None:
        import ce_core.torch_check  # noqa: F401

    thread = threading.Thread(target=load, name="import torch", daemon=True)
    thread.start()
    return thread


def ready() -> bool:
    """Whether torch is imported; until then a page is drawn without it."""
    return not preload().is_alive()


def wait_and_draw_again() -> None:
    """Once the page is drawn, wait for torch and draw again; a click in between is not held up."""
    slot = st.empty()
    while not ready():
        preload().join(timeout=0.1)
        slot.empty()  # where Streamlit may leave this run for the click's
    st.rerun()


def asked_quickly(case: Case) -> bool:
    """Whether torch's answer comes fast enough to be shown without being asked for."""
    return size(case) <= LARGE


def devices() -> tuple["Device", ...]:
    """The devices that work here; CPU is always the first."""
    from ce_core import torch_check

    preload().join()
    return torch_check.devices()


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Trace: lambda t: t.case.digest})
def checked(trace: Trace, device: str, dtype: str) -> "list[Check]":
    """Torch beside the trace, a row per step.

    Raises:
        DeviceError: the device is missing, broken or full.
    """
    from ce_core import torch_check

    return torch_check.check(trace, device, dtype)


def script(trace: Trace, device: str, dtype: str) -> str:
    """The code that was run, to copy."""
    from ce_core import torch_check

    return torch_check.script(trace, device, dtype)


from typing import TYPE_CHECKING  # noqa: E402

if TYPE_CHECKING:
    from ce_core.torch_check import Check, Device
