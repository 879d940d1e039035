"""The frame: the list of pages, the shared menu, the link read before and written after."""

from pathlib import Path

import streamlit as st

from ui import (
    failing,
    header,
    language,
    mended,
    menu,
    outermost,
    palette,
    presenting,
    state,
    torch_side,
)
from ui.sidebar import sidebar
from ui.tab import component as tab

mended.start()
tab.begin()
lang = state.coming()
pages = menu.groups(lang)
page = menu.chosen(pages)
menu.turn(pages, *state.turned_to())
st.set_page_config(page_title=menu.tab_title(page, lang), page_icon="⚖️", layout="wide")
view = state.arrive(page.url_path)

st.html(f"<style>{palette.css()}</style>")
st.html(Path(__file__).parent / "ui/style.css")
if not (header.embedded() or view.present):
    sidebar(pages, view.lang)
    language.switch(view)
failing.say_held()
failed = None if tab.waiting() else failing.tried(page.run)
presenting.way_back(state.current())
outermost.way_out(state.current())
torch_side.preload()
state.leave()
outermost.outermost(state.current(), tab.end())
torch_side.wait()
failing.end(failed)
