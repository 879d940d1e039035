"""A component in two: its code, which never changes, and what it draws, which changes with edits.

Streamlit sends a component's script and style along with its data at every run: for the walk a
hundred kilobytes beside fifteen. A message of more than ten kilobytes that is the same as before
is not sent again, though. So the code is a component of its own, always the same, and the part
on the page is one with a few lines that wait for it.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent
ENTRY = "export default function"
Part = Callable[..., Any]


def part(name: str, *, html: str, css: str, js: str, isolated: bool = True) -> Part:
    """Make a part of the page; to be made once for all visitors.

    Args:
        name: its name, of its own in the whole app.
        html: what is there before it is drawn.
        css: its style; nothing outside of the part is styled by it, if the part is isolated.
        js: its script with one `export default function`, which Streamlit's manual describes.
        isolated: whether it is a tree of its own within the page (a shadow root).

    Returns:
        What puts it on the page; takes what a Streamlit component takes.
    """
    code = st.components.v2.component(f"wce_{name}_code", html=" ", js=_code(name, css, js))
    shown = st.components.v2.component(
        f"wce_{name}", html=html, js=_loader(name), isolate_styles=isolated
    )

    def put(*, key: str, data: Any = None, **given: Any) -> Any:  # noqa: ANN401 - as Streamlit's
        # In a list, since Streamlit looks at each value of a dict for a table.
        made = shown(key=key, data=[data], **given)
        code(key=f"code-{key}")
        return made

    return put


def _code(name: str, css: str, js: str) -> str:
    """The script, which tells the waiting parts how they are drawn."""
    before, entry, after = js.partition(ENTRY)
    if not entry or ENTRY in after:
        raise ValueError(f"the script of {name} has not one '{ENTRY}', must have one")
    arrive = (HERE / "arrive.js").read_text()
    named = f"const NAME = {json.dumps(name)};\nconst STYLE = {json.dumps(css)};\n"
    return f"{before}const drawWith = function{after}\n{named}{arrive}"


def _loader(name: str) -> str:
    """The few lines that wait for the code."""
    return f"const NAME = {json.dumps(name)};\n{(HERE / 'wait.js').read_text()}"
