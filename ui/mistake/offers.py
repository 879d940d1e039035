"""Ways from other pages to the one that finds a mistake."""

import streamlit as st

from ce_core import BinaryCase
from ce_core.presets import PRESETS
from ce_core.refusals import recognise
from ui import state
from ui.link import encode
from ui.messages import plain
from ui.mistake.pasted import other_of
from ui.other import count
from ui.view import View, same_numbers
from ui.words import tr

PAGE, ARROW = "pages/mistake.py", ":material/arrow_forward:"
MOST = 1_500  # numbers that fit in a link
FIRST_ANSWER = "0.6662"  # what was got by hand for the first example


def offers(text: str) -> None:
    """What a pasted text holds beside numbers: an error message, or another loss than this."""
    if not text.strip():
        return
    view = state.current()
    message = recognise(text)
    if message is not None:
        title = plain(tr(message.refusal.title))
        st.info(tr("This text holds an error message: {title}.", title=title))
        asked = view.replace(answer=message.quoted, finding="")
        lead(tr("What this message means"), asked, "message")
    other = other_of(text)
    if other is not None and other != view.other and count(other) <= MOST:
        label = (
            tr("Find a mistake with a binary loss: take its numbers from this text")
            if isinstance(other, BinaryCase)
            else tr("Find a mistake with NLLLoss: take its numbers from this text")
        )
        lead(label, view.with_other(other).replace(finding=""), "other-loss")


def lead(label: str, view: View, name: str) -> None:
    """A way to Find my mistake with a view; on that page a button, since a link stays there."""
    if _there():
        st.button(
            label, key=state.key(name), icon=ARROW, type="tertiary", on_click=_go, args=(view,)
        )
    else:
        st.page_link(PAGE, label=label, icon=ARROW, query_params=encode(view))


def _go(view: View) -> None:
    state.show(view, renew=True)


def _there() -> bool:
    """Whether this is the page: Streamlit's links to the page one is on keep its address."""
    return str(st.context.url).partition("?")[0].rstrip("/").endswith("/mistake")


def way_in(view: View) -> None:
    """For whoever has a number that does not match; with the first example's, as it was posted."""
    answer = view.answer or (FIRST_ANSWER if same_numbers(view.case, PRESETS[0]) else "")
    st.page_link(
        PAGE,
        label=tr("I have a number that does not match"),
        icon=":material/troubleshoot:",
        query_params=encode(view.replace(answer=answer)),
    )
