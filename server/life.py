"""The life of a copy: made ready before it answers, one line at its start and one at its end."""

import gc
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import streamlit as st
from streamlit.runtime import get_instance

from server import logs, metrics, rehearsal
from server.version import version
from ui import reporting

LINGERS = 0.5  # seconds that a script still running may take after the last connection is closed


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Import and draw everything before the first visitor comes, then keep it out of collection.

    Freezing spares every later garbage collection the walk over some hundred thousand objects.
    """
    with _stoppable():
        try:
            rehearsal.import_all()
            get_instance().stats_mgr.register_provider(metrics.Metrics())
            logs.quiet()
            await rehearsal.draw_all(get_instance())
        except Exception as problem:
            reporting.LOG.critical("not started: %s", _why(problem))
            logs.silence()
            raise
    gc.collect()
    gc.freeze()
    reporting.LOG.info("%s", _greeting())
    yield
    reporting.LOG.info("stopped after %.0f s, pid %d", time.time() - metrics.started(), os.getpid())
    last = threading.Timer(LINGERS, os._exit, (0,))  # nobody is left to wait for a long script
    last.daemon = True
    last.start()


def _why(problem: Exception) -> str:
    """What is missing; of an error that does not say it, the code of its own line."""
    cause = problem.__cause__ if isinstance(problem, rehearsal.UnfitError) else problem
    said = str(problem) if isinstance(problem, rehearsal.UnfitError) else "an error"
    if isinstance(cause, ImportError):
        return f"{said}: {cause}"
    return said if cause is None else f"{said}: {reporting.report(cause, 'start')}"


def _greeting() -> str:
    import torch

    from ce_core.torch_check import devices

    names = ", ".join(device.name for device in devices())
    took = time.time() - metrics.started()
    return (
        f"started: version {version()}, torch {torch.__version__} on {names}, pid {os.getpid()}, "
        f"ready after {took:.1f} s"
    )


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM end a copy that is not ready yet; the server would first wait until it is."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: os._exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
