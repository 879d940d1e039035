"""A button that makes a file and saves it: the bytes come with the page's own messages.

Streamlit's own button leaves the file at a second address, which another copy of the server
behind the same proxy does not know, and which fails inside a sandboxed frame.
"""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ce_core import CaseError
from ui import state
from ui.messages import STOP, explain

HERE = Path(__file__).parent


def download(
    name: str, label: str, filename: str, kind: str, make: Callable[[], bytes], *, note: str = ""
) -> None:
    """Draw the button; a press makes the file, and the browser saves it.

    Args:
        name: what it is called among the page's inputs; one button has it.
        label: what the button says.
        filename: what the file is called.
        kind: its media type.
        make: makes the file's bytes; a CaseError it raises is shown below the button.
        note: a few words beside the label, such as its size or its use.
    """
    key = f"download-{name}"
    asked = (state.at(key) or {}).get("asked")
    file, problem = None, None
    if asked:
        try:
            file = b64encode(make()).decode()
        except CaseError as refused:
            problem = refused
    data = {"label": label, "note": note, "filename": filename, "kind": kind, "file": file}
    _mount()(key=key, data={**data, "asked": asked or 0}, on_asked_change=state.act)
    if problem is not None:
        st.error(explain(problem), icon=STOP)


@st.cache_resource(show_spinner=False)
def _mount():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit's own callable
    return st.components.v2.component(
        "weighted_cross_entropy_download",
        html=(HERE / "download.html").read_text(),
        css=(HERE / "download.css").read_text(),
        js=(HERE / "download.js").read_text(),
    )
