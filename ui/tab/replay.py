"""What a browser sent to a server that was gone before it answered, found out and done again.

After a copy of the server ends, the browser sends all widgets' values to the next one, whose
session knows of no change: Streamlit would call no callback, and the last edit would vanish. So the
browser tab also brings what the values were when the old session last drew the page; where a value
is another one now, its callback is called as if it had changed here.

Streamlit has no public way to that. The names used here are held by tests for the pinned version.
"""

from collections.abc import Mapping
from typing import Any
from zlib import crc32

from streamlit.runtime.state.session_state import SessionState

Seen = Mapping[str, int]


def seen(session: SessionState) -> dict[str, int]:
    """A short print of each widget's value, by the widget's key."""
    values = session._new_widget_state  # noqa: SLF001 - see above
    return {name: _print(values.get(wid)) for wid, name in _callers(session).items()}


def replay(session: SessionState, before: Seen) -> bool:
    """Call the callbacks of the widgets that hold other values than before.

    Returns:
        Whether there was any.
    """
    new, old = session._new_widget_state, session._old_state  # noqa: SLF001 - see above
    now, names = seen(session), _callers(session)
    changed = {wid for wid, name in names.items() if before.get(name, now[name]) != now[name]}
    for wid in list(new.states):
        if wid in changed:
            old.pop(wid, None)
        else:
            old[wid] = new.get(wid)
    if changed:
        session._call_callbacks()  # noqa: SLF001
    return bool(changed)


def _callers(session: SessionState) -> dict[str, str]:
    """The widgets with a callback that this run has drawn: id -> key."""
    metadata = session._new_widget_state.widget_metadata  # noqa: SLF001
    keys = session._key_id_mapper.id_key_mapping  # noqa: SLF001
    drawn = list(session._new_widget_state.states)  # noqa: SLF001 - a copy: others may write
    return {
        wid: str(keys[wid])
        for wid in drawn
        if wid in keys and wid in metadata and _calls(metadata[wid])
    }


def _calls(metadata: Any) -> bool:  # noqa: ANN401 - Streamlit's record
    """A press of a button is not among them: the browser forgets it as soon as it is sent."""
    return bool(metadata.callback or metadata.callbacks) and "trigger" not in (
        metadata.value_type or ""
    )


def _print(value: object) -> int:
    """A number that is the same in each copy of the server for the same value."""
    return crc32(repr(value).encode(errors="replace"))
