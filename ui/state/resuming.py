"""A session that goes on where one that is gone was left: another copy of the server, say."""

from collections.abc import Iterable, Mapping
from json import loads
from secrets import token_hex
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ce_core import Case
from ui.state.holding import brought_notes, write_note
from ui.state.screen import dropped, load, read
from ui.tab import notes, replay
from ui.tab.notes import CASE, Note


def is_new() -> bool:
    """Whether this is the first run of a session: of a visitor, or of one whose server is gone."""
    return "view" not in st.session_state


def name() -> str:
    """What tells this session from those before and after it in the same browser tab."""
    made: str = st.session_state.setdefault("name", token_hex(4))
    return made


def hand_over() -> tuple[dict[str, Any], dict[str, str]]:
    """What the browser tab is to know in case this session ends.

    Returns:
        What it brings then, and the notes that it has not got yet.
    """
    session = st.session_state
    kept: dict[str, Note] = session.get("notes", {})
    fresh = {name: one.text for name, one in kept.items() if not one.told}
    if fresh:
        session["notes"] = {name: one.handed_over for name, one in kept.items()}
    brings = {
        "page": session["page"],
        "generation": session["generation"],
        "turns": session.get("turns", {}),
        "opened": sorted(session.get("opened", ())),
        "notes": {name: one.size for name, one in kept.items()},
        "seen": replay.seen(_widgets()),
    }
    return brings, fresh


def resume(brought: Mapping[str, Any]) -> None:
    """Go on in this new session where one that is gone was left; called before `arrive`.

    Raises:
        One of notes.ODD: it is not what `hand_over` gave.
    """
    session = st.session_state
    turns = {str(name): int(turn) for name, turn in brought["turns"].items()}
    seen = {str(name): int(value) for name, value in brought["seen"].items()}
    generation, name = int(brought["generation"]), str(brought["page"])
    opened = {str(part) for part in brought["opened"]}
    if name and not name.isidentifier():  # the log says the name of the page
        raise ValueError
    take(brought["texts"], brought["notes"])
    session["first"], session["told"], session["turns"] = {}, {}, turns
    session.setdefault("opened", opened)
    session["generation"], session["page"], session["unseen"] = generation, name, seen
    read(st.query_params.to_dict())


def take(texts: Mapping[str, str], sizes: Mapping[str, int]) -> None:
    """Take notes that the browser tab brought, where there is nothing newer under their names.

    Args:
        texts: by name, those that are here.
        sizes: by name, all that there are; those that are not here are still to come.
    """
    session = st.session_state
    known: dict[str, Note] = session.get("notes", {})
    new = {str(k): Note("", int(size), told=True) for k, size in sizes.items() if k not in known}
    wanted = session.get("awaited", set()) | new.keys()
    here = {str(k): str(text) for k, text in texts.items() if k in wanted}
    kept: dict[str, Case] = session.get("kept", {})
    for name in [name for name in here if name.startswith(CASE)]:
        case = notes.case_of(loads(here.pop(name)))
        kept = {**kept, case.digest: case}
        wanted = wanted - {name}
    session["kept"], session["awaited"] = kept, wanted - here.keys()
    session["brought"] = {**brought_notes(), **here}
    session["notes"] = notes.fitting({**new, **known})


def take_late(texts: Mapping[str, str], sizes: Mapping[str, int]) -> None:
    """Take notes that come when the page is on the screen already; for callbacks."""
    take(texts, sizes)
    if any(item.name == "case" for item in dropped()):
        load(st.query_params.to_dict())


def tell_again(names: Iterable[str]) -> None:
    """Give the tab these notes once more: a click can overtake the message that they were in."""
    session = st.session_state
    kept: dict[str, Note] = session.get("notes", {})
    for name in [name for name in names if name in kept]:
        case = session.get("kept", {}).get(name.removeprefix(CASE))
        text = kept[name].text
        write_note(name, Note(text, len(text)) if text else case and notes.of_case(case))


def awaits() -> bool:
    """Whether the case on the screen is still on its way from the browser tab."""
    session = st.session_state
    asked = CASE + st.query_params.get("case", "")
    return asked in session.get("awaited", ())


def catch_up() -> bool:
    """Do what the browser sent to a session that was gone; called once, after the page is drawn.

    Returns:
        Whether there was anything, so that the page is to be drawn again.
    """
    before: replay.Seen | None = st.session_state.pop("unseen", None)
    return before is not None and replay.replay(_widgets(), before)


def _widgets() -> Any:  # noqa: ANN401 - Streamlit's own record
    ctx = get_script_run_ctx()
    assert ctx is not None  # noqa: S101 - called while a page is drawn
    return ctx.session_state._state  # noqa: SLF001 - no public way to all widgets
