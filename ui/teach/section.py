"""The lesson on the page Teach: the choices, the lesson in its frame, and what to copy."""

from base64 import b64encode
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from ce_core import CaseError
from ui import link, state
from ui.download import download
from ui.folded import tabs
from ui.inputs import numbers
from ui.messages import NOTE, STOP, explain, plain
from ui.notation import NotationError
from ui.teach import card, qr
from ui.teach.card import Card
from ui.teach.choices import choices
from ui.teach.picture import picture
from ui.teach.place import Links, fits, lesson_view, links
from ui.teach.preview import preview
from ui.teach.settings import LONGEST_SITE, site
from ui.teach.site import own_site, reach
from ui.teach.snippets import FLAGS, PICTURE, SNIPPETS, Material, Snippet, iframe
from ui.view import View
from ui.words import speaking

SVG = "image/svg+xml"


def lesson(view: View) -> None:
    """The part of the page that makes a lesson link."""
    numbers(view, kept=True)
    if not fits(view):
        st.warning(
            f"A link holds up to {link.MAX_NUMBERS:,} numbers, and this case has more. Take fewer "
            "rows, or choose Worksheet or Notebook and data above.",
            icon=NOTE,
        )
        return
    own, seen = own_site(), lesson_view(view)
    with speaking(seen.lang, seen.decimal):
        title, drawn = card.title(view), card.card(view)
    here = links(view, own)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        choices(view)
    with right:
        height = view.lesson.height
        preview(iframe(here.framed, title, height), here.framed, title, height)
    there = links(view, view.lesson.base or own)
    _copies(view, Material(there.plain, there.framed, there.room, title, drawn.alt, height))
    _files(there, drawn)


def _copies(view: View, made: Material) -> None:
    st.header("Copy into your course")
    _site(view)
    tabs("snippets", ((one.title, partial(_snippet, one, made)) for one in SNIPPETS))
    with st.expander("What the frame is allowed, and why", key="teach-flags"):
        rows = "".join(
            f"<tr><th scope='row'><code>{escape(flag)}</code></th><td>{escape(why)}</td></tr>"
            for flag, why in FLAGS
        )
        st.html(f"<div class='wce-scroll'><table class='wce-check wce-flags'>{rows}</table></div>")
        st.caption(
            "Nothing else is allowed: no camera, no leaving the course page, no cookie is needed."
        )


def _snippet(one: Snippet, made: Material) -> None:
    st.caption(one.where)
    st.code(one.text(made), language=one.language, wrap_lines=True)


def _site(view: View) -> None:
    """A word when students cannot reach this address, and a field for the one they can."""
    why = reach(view.lesson.base or own_site())
    if not why and not view.lesson.base:
        return
    if why:
        st.info(f"{plain(why)} Type the address that they use.", icon=NOTE)
    if view.lesson.base and view.lesson.base != own_site():  # whoever made the link chose it
        told = f"The links below lead to {view.lesson.base}, not to the site that you see."
        st.info(plain(told), icon=NOTE)
    st.text_input(
        "Address of your site",
        value=view.lesson.base,
        max_chars=LONGEST_SITE,
        placeholder="https://example.org",
        key=state.key("teach-base"),
        on_change=_set_site,
    )
    message = state.told("teach-base")
    if message:
        st.error(message, icon=STOP)


def _set_site() -> None:
    view, typed = state.current(), str(state.value("teach-base") or "")
    try:
        base = site(typed)
    except NotationError as problem:
        state.tell(
            "teach-base", f"“{plain(typed)}” is no address of a site: {plain(str(problem))}."
        )
        state.act()
    else:
        state.show(view.replace(lesson=replace(view.lesson, base=base)))


def _files(there: Links, drawn: Card) -> None:
    """The QR code and the picture, each with its download."""
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.header("QR code")
        try:
            code = qr.svg(qr.lesson_code(there.plain))
        except CaseError as problem:
            st.info(explain(problem), icon=NOTE)
        else:
            _show(code, "QR code of the link", 220)
            download("teach-qr", "Download the QR code", "lesson-qr.svg", SVG, lambda: code)
    with right:
        st.header("Picture")
        made = picture(drawn, there.plain).encode()
        _show(made, drawn.alt, 720)
        download("teach-picture", "Download the picture", PICTURE, SVG, lambda: made)


def _show(file: bytes, alt: str, width: int) -> None:
    """An SVG as an image, which keeps its own colours on a dark page."""
    source = f"data:{SVG};base64,{b64encode(file).decode()}"
    style = f"width: {width}px; max-width: 100%; display: block"
    st.html(f"<img src='{source}' alt='{escape(alt)}' style='{style}'>")
