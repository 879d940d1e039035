"""What a class did: the codes that students hand in, summed up."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from ui import state
from ui.download import download
from ui.messages import NOTE, plain
from ui.teach.made_codes import made_codes
from ui.teach.tally import MOST, Codes, Slip, Topic, as_csv, as_text, read_codes, tally

CSS = Path(__file__).parent / "class_codes.css"
TEXT, ONCE = "class-codes", "class-once"
LONGEST = 300_000  # characters; the field takes nothing at all of a longer text
NAMED = 8  # unread lines told one by one


def class_codes() -> None:
    """Paste the codes, and see which slips came up how often."""
    st.html(CSS)
    st.markdown(
        "Under Practice each exercise ends with a short code that students can send you. Paste "
        "those of your class here, one on each line; a name may stand beside it. They are only "
        "counted: nothing is stored, and nothing is passed on."
    )
    text = str(state.held(TEXT, str) or "")
    st.text_area(
        "Codes of a class",
        value=text,
        height=200,
        max_chars=LONGEST,
        key=state.key(TEXT),
        on_change=_paste,
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Count", on_click=_paste)
        st.button("Fill in an example", on_click=_example)
    codes = read_codes(text)
    if codes.read or codes.unread:
        _unread(codes)
    if codes.read:
        _counted(codes)


def _paste() -> None:
    _hold(str(state.value(TEXT) or "")[:LONGEST])
    state.act()


def _example() -> None:
    _hold(made_codes())
    state.refresh(TEXT)
    state.act()


def _hold(text: str) -> None:
    state.hold(TEXT, text, note=text)


def _unread(codes: Codes) -> None:
    """The lines that could not be read, those that are equal, and those beyond the limit."""
    if codes.unread:
        lines = [f"- Line {line}: {plain(why)}" for line, why in codes.unread[:NAMED]]
        more = [f"Line {line}" for line, _ in codes.unread[NAMED:]]
        if more:
            lines.append(f"- Nor could these be read: {', '.join(more).replace('Line ', '')}.")
        st.warning("Without a code that can be read:\n" + "\n".join(lines), icon=NOTE)
    if codes.beyond:
        st.warning(f"Only the first {MOST} lines are read; {codes.beyond:,} are left.", icon=NOTE)


def _counted(codes: Codes) -> None:
    once = False
    if codes.same:
        groups = "; ".join(map(_together, codes.same[:NAMED]))
        st.info(
            f"The same code stands on the lines {groups}"
            + ("; and there are more." if len(codes.same) > NAMED else ".")
            + " A code holds no name: this can be one student twice, or two who got the same.",
            icon=NOTE,
        )
        once = st.toggle("Count equal codes once", key=state.key(ONCE), on_change=state.act)
    topics = tally(codes.once if once else codes.read)
    for topic in topics:
        st.header(topic.title)
        st.html(_said(topic))
        if topic.slips:
            st.html(_table(topic))
        else:
            st.caption("No known slip came up.")
    download("class-csv", "Download as CSV", "class.csv", "text/csv", lambda: as_csv(topics))
    with st.expander("Copy as text", key="class-text"):
        st.code(as_text(topics), language=None, wrap_lines=True)


def _together(lines: Sequence[int]) -> str:
    """The numbers of lines that hold the same code."""
    if len(lines) > NAMED:
        return f"{', '.join(map(str, lines[:NAMED]))} and {len(lines) - NAMED:,} more"
    return " and ".join(map(str, lines))


def _said(topic: Topic) -> str:
    codes = "1 code" if topic.codes == 1 else f"{topic.codes:,} codes"
    return (
        f"<p>{codes}; in {topic.finished:,} of them every number is right. In all, "
        f"{topic.right:,} of {topic.total:,} numbers are right, or right from the student’s own "
        "earlier ones.</p>"
    )


def _table(topic: Topic) -> str:
    rows = "".join(_row(slip, topic.codes) for slip in topic.slips)
    return (
        "<div class='wce-scroll'><table class='wce-check wce-class'>"
        "<thead><tr><th scope='col'>Slip</th><th scope='col'>Codes with it</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(slip: Slip, codes: int) -> str:
    share = 100 * slip.codes / codes
    return (
        f"<tr><th scope='row'>{escape(slip.title)}</th>"
        f"<td><span class='wce-class-bar' style='width: {share:.1f}%'></span>"
        f"<span class='wce-class-count'>{slip.codes:,} of {codes:,}</span></td></tr>"
    )
