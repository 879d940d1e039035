"""What a person made, held for this browser tab; the tab keeps a note of it."""

from collections.abc import Callable
from json import loads
from typing import Any

import streamlit as st

from ce_core import Case
from ui.tab import notes
from ui.tab.notes import CASE, Note

KEPT = 3  # cases too large for a link, held for this browser tab, the last ones
MOST_KEPT = 2_000_000  # numbers in them together, 16 MB; one alone may have more
HELD = 50  # other things held for it, the last ones


def hold(name: str, thing: Any, note: object = None) -> None:  # noqa: ANN401 - what a person made
    """Hold something that a person made for this browser tab, whatever page or link comes.

    Args:
        name: what it is called; what was held under this name before is gone.
        thing: the thing.
        note: the thing as JSON can say it, for the tab to keep too: another copy of the server can
            make it again from that, when this one is gone. None is for what is not worth it.
    """
    things: dict[str, Any] = st.session_state.get("held", {})
    others = {other: made for other, made in things.items() if other != name}
    st.session_state["held"] = dict([*others.items(), (name, thing)][-HELD:])
    write_note(name, None if note is None else notes.note(note))


def held(name: str, read: Callable[[Any], Any] | None = None) -> Any:  # noqa: ANN401 - what was made
    """What is held under this name, or None.

    Args:
        name: what it is called.
        read: makes it from its note, where the note is all there is; raises one of notes.ODD for
            what is no such note, which then is as if there were none.
    """
    things: dict[str, Any] = st.session_state.get("held", {})
    if name in things or read is None or name not in (brought := brought_notes()):
        return things.get(name)
    try:
        thing = read(loads(brought[name]))
    except notes.ODD:
        thing = None
    st.session_state["held"] = {**things, name: thing}
    return thing


def holds(name: str) -> bool:
    """Whether anything is held under this name, be it None."""
    return name in st.session_state.get("held", {})


def keep(case: Case) -> None:
    """Hold a case too large for a link; the browser tab is given a note of it."""
    session = st.session_state
    kept: dict[str, Case] = session.get("kept", {})
    is_new = case.digest not in kept
    left = MOST_KEPT
    some: list[Case] = []
    for other in [case, *(old for old in reversed(kept.values()) if old.digest != case.digest)]:
        left -= other.logits.size
        if some and (left < 0 or len(some) == KEPT):
            break
        some.append(other)
    session["kept"] = {one.digest: one for one in reversed(some)}
    if is_new:
        write_note(CASE + case.digest, notes.of_case(case))
        gone = [CASE + digest for digest in kept if digest not in session["kept"]]
        for name in gone:
            write_note(name, None)


def write_note(name: str, made: Note | None) -> None:
    """Let the browser tab keep a note under this name, or none any more."""
    session = st.session_state
    others = {k: one for k, one in session.get("notes", {}).items() if k != name}
    session["notes"] = notes.fitting(others if made is None else {**others, name: made})
    if name in brought_notes():
        session["brought"] = {k: text for k, text in brought_notes().items() if k != name}


def brought_notes() -> dict[str, str]:
    """The notes that the browser tab brought from a session that is gone."""
    brought: dict[str, str] = st.session_state.get("brought", {})
    return brought
