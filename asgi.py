"""The image's entry: the app behind uvicorn, healthy only once everything slow is imported."""

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from streamlit import net_util


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Import torch and the rest before the first visitor comes, then keep them out of collection.

    Freezing spares every later garbage collection the walk over some hundred thousand objects.
    """
    import pandas as pd  # noqa: F401
    import plotly.graph_objects as go  # noqa: F401
    import torch  # noqa: F401

    gc.collect()
    gc.freeze()
    yield


# To judge a websocket from a foreign origin, Streamlit asks an outside service for this machine's
# address, and all visitors wait meanwhile. Without an answer it rejects the socket just the same.
net_util.get_external_ip = lambda: None

# A link holds what a person typed, so none is logged. Streamlit undoes uvicorn's --no-access-log.
logging.getLogger("uvicorn.access").disabled = True

app = st.App("app.py", lifespan=lifespan)
