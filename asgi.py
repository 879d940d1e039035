"""The image's entry: the app behind uvicorn, healthy only once everything slow is done."""

import sys

import streamlit as st
from streamlit import config, net_util

from server import logs, settings
from server.headers import Headers
from server.life import lifespan
from server.quiet import Quiet

# To judge a websocket from a foreign origin, Streamlit asks an outside service for this machine's
# address, and all visitors wait meanwhile. Without an answer it rejects the socket just the same.
net_util.get_external_ip = lambda: None

try:
    chosen = settings.read()
except settings.SettingError as refused:
    sys.exit(f"not started: {refused}")

streamlit = st.App("app.py", lifespan=lifespan)
config.set_option("server.baseUrlPath", chosen.base_path)
logs.start()
app = Headers(Quiet(streamlit), chosen.frame_ancestors)
