"""What torch says: imported in the background, asked once per case, device and dtype."""

import threading
from typing import TYPE_CHECKING

import streamlit as st

from ce_core import Case, Trace
from ce_core.arrays import Array
from ui import state
from ui.compute import LARGE, SMALL, size
from ui.turns import aside, resting
from ui.words import tr

if TYPE_CHECKING:  # importing it would import torch
    from ce_core.torch_check import Check, Device


@st.cache_resource(show_spinner=False)
def preload() -> threading.Thread:
    """Import torch while the first page is being read; nobody waits for it before asking it."""

    def load() -> None:
        from ce_core import torch_check

        torch_check.take_one_core()

    thread = threading.Thread(target=load, name="import torch", daemon=True)
    thread.start()
    return thread


def ready() -> bool:
    """Whether torch is imported; until then a page is drawn without it."""
    return not preload().is_alive()


def draw_again() -> None:
    """Have the page drawn once more when torch is there."""
    state.look_again()


def wait() -> None:
    """Where a part asked for it, wait for torch and draw again; called last, with nothing left to
    do for the page. A click in between is not held up."""
    if not state.looks_again():
        return
    slot = st.empty()
    while not ready():
        with resting():
            preload().join(timeout=0.1)
        slot.empty()  # where Streamlit may leave this run for the click's
    st.rerun()


def asked_quickly(case: Case) -> bool:
    """Whether torch's answer comes fast enough to be shown without being asked for."""
    return size(case) <= LARGE


@st.cache_resource(show_spinner=False, ttl=60)
def devices() -> "tuple[tuple[Device, ...], tuple[str, ...]]":
    """The devices that work here, CPU first; and in words, those that were found but do not."""
    from ce_core import torch_check

    with resting():
        preload().join()
    return torch_check.devices(), torch_check.broken()


def working(asked: str) -> "Device":
    """The device asked for, "cuda" being the first GPU; where that does not work here, the CPU."""
    found, _ = devices()
    name = "cuda:0" if asked == "cuda" else asked
    return next((device for device in found if device.name == name), found[0])


def checked(trace: Trace, device: str, dtype: str) -> "list[Check]":
    """Torch beside the trace, a row per step.

    Raises:
        DeviceError: the device is missing, broken or full.
    """
    if size(trace.case) <= SMALL:
        return _checked(trace, device, dtype)
    if asked_quickly(trace.case):
        return _checked_middle(trace, device, dtype)
    with st.spinner(tr("Asking torch"), show_time=False), aside():
        return _checked_large(trace, device, dtype)


def _digest(trace: Trace) -> str:
    return trace.case.digest


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Trace: _digest})
def _checked(trace: Trace, device: str, dtype: str) -> "list[Check]":
    from ce_core import torch_check

    return torch_check.check(trace, device, dtype)


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs={Trace: _digest})
def _checked_middle(trace: Trace, device: str, dtype: str) -> "list[Check]":
    from ce_core import torch_check

    return torch_check.check(trace, device, dtype)


@st.cache_resource(max_entries=1, show_spinner=False, hash_funcs={Trace: _digest})
def _checked_large(trace: Trace, device: str, dtype: str) -> "list[Check]":
    from ce_core import torch_check

    return torch_check.check(trace, device, dtype)


def values(trace: Trace) -> dict[str, Array]:
    """Torch's own array for each step, on the CPU in float64, where it is asked quickly."""
    return _values(trace) if size(trace.case) <= SMALL else _values_middle(trace)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Trace: _digest})
def _values(trace: Trace) -> dict[str, Array]:
    from ce_core import torch_check

    return torch_check.values(trace)


@st.cache_resource(max_entries=6, show_spinner=False, hash_funcs={Trace: _digest})
def _values_middle(trace: Trace) -> dict[str, Array]:
    from ce_core import torch_check

    return torch_check.values(trace)


def script(trace: Trace, device: str, dtype: str) -> str:
    """The code that was run, to copy."""
    from ce_core import torch_check

    return torch_check.script(trace, device, dtype)
