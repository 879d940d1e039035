"""The frame: the list of pages, the shared menu, the link read before and written after."""

from pathlib import Path

import streamlit as st

from ui import menu, palette, state, torch_side

st.set_page_config(page_title="Weighted cross-entropy, step by step", page_icon="⚖️", layout="wide")
pages = menu.groups()
page = menu.chosen(pages)
state.arrive(page.url_path)

st.html(f"<style>{palette.css()}</style>")
st.html(Path(__file__).parent / "ui/style.css")
if not st.context.is_embedded:
    menu.menu(pages, state.query())
page.run()
torch_side.preload()
state.leave()
