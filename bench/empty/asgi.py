"""The empty page behind uvicorn, as the app is."""

import streamlit as st

app = st.App("app.py")
