"""The frame: the list of pages, the shared menu, the link read before and written after."""

from pathlib import Path

import streamlit as st

from ui import header, menu, outermost, palette, state, torch_side

st.set_page_config(page_title="Weighted cross-entropy, step by step", page_icon="⚖️", layout="wide")
pages = menu.groups()
page = menu.chosen(pages)
view = state.arrive(page.url_path)

st.html(f"<style>{palette.css()}</style>")
st.html(Path(__file__).parent / "ui/style.css")
if not (header.embedded() or view.present):
    menu.menu(pages, state.query())
page.run()
outermost.way_out(state.current())
outermost.outermost(state.current())
torch_side.preload()
state.leave()
