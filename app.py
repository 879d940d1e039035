"""The frame: the list of pages, the shared menu, the link read before and written after."""

from pathlib import Path

import streamlit as st

from ui import header, language, menu, outermost, palette, presenting, state, torch_side

lang = state.coming()
pages = menu.groups(lang)
page = menu.chosen(pages)
st.set_page_config(page_title=menu.tab_title(page, lang), page_icon="⚖️", layout="wide")
view = state.arrive(page.url_path)

st.html(f"<style>{palette.css()}</style>")
st.html(Path(__file__).parent / "ui/style.css")
if not (header.embedded() or view.present):
    menu.menu(pages, state.query(), view.lang)
    language.switch(view)
page.run()
presenting.way_back(state.current())
outermost.way_out(state.current())
outermost.outermost(state.current())
torch_side.preload()
state.leave()
torch_side.wait()
