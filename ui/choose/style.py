"""How the page's tables look."""

from pathlib import Path

import streamlit as st

CSS = Path(__file__).parent / "choose.css"


def style() -> None:
    """Put the style on the page."""
    st.html(CSS)
