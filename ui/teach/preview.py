"""The lesson in a frame: the very snippet that the teacher copies, working."""

import streamlit as st

HTML = '<div class="preview"></div>\n'
CSS = """
.preview { border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius);
  overflow: hidden; line-height: 0; }
"""
# The frame is loaded anew only when it shows something else.
JS = """
export default function ({ data, parentElement }) {
  const place = parentElement.querySelector(".preview");
  if (place.wceShown !== data.framed) {
    place.innerHTML = data.snippet;
    place.wceShown = data.framed;
  }
  const frame = place.querySelector("iframe");
  frame.height = data.height;
  frame.title = data.title;
}
"""


def preview(snippet: str, framed: str, title: str, height: int) -> None:
    """Draw the frame.

    Args:
        snippet: the frame as HTML, every text in it escaped.
        framed: the address that it shows.
        title: its name.
        height: its height in CSS pixels.
    """
    data = {"snippet": snippet, "framed": framed, "title": title, "height": height}
    _mount()(key="teach-preview", data=data)


@st.cache_resource(show_spinner=False)
def _mount():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit's own callable
    return st.components.v2.component("weighted_cross_entropy_preview", html=HTML, css=CSS, js=JS)
