"""An error message in place of a number: what it means, and the line that mends it."""

import streamlit as st

from ce_core import Case
from ce_core.refusals import Recognised, recognise
from ui.mistake.verdict import card
from ui.view import View
from ui.words import tr


def message_in(text: str, view: View) -> Recognised | None:
    """The message of torch in a text, read beside the case on the page."""
    if not text:
        return None
    return recognise(text, view.case if view.other is None and _own(view) else None)


def _own(view: View) -> bool:
    """Whether the case is more than the example that is there when a person comes."""
    return isinstance(view.case, Case) and not view.preset


def told(found: Recognised) -> None:
    """What the message says, and what to do."""
    lines = [tr(found.says), tr(found.remedy)]
    card(tr("An error message, not a number"), tr(found.refusal.title), lines)


def mended(found: Recognised) -> None:
    """The message as it was found, and both lines of torch."""
    st.header(tr("The line that raises it, and the line that does not"))
    st.caption(tr("The message:"))
    st.code(found.quoted, language=None, wrap_lines=True)
    st.caption(tr("This raises the same message:"))
    st.code(found.refusal.wrong, language="python", wrap_lines=True)
    st.caption(tr("This is right:"))
    st.code(found.refusal.right, language="python", wrap_lines=True)
