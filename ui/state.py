"""The one door to session state and the URL: which view is on the screen, and how it got there.

A run that no widget caused and whose query differs from the last one known came from outside: a
link, Back, or Forward. Then the query is read. A run that a widget caused has its view from
that widget's callback; the query the browser sends along may be older than the screen and is
not read. Only such a run writes the link, so that Back is never caught in a loop.

Session state is never iterated over: another run of the same tab may be changing it.
"""

from collections.abc import Callable, Iterable, Mapping
from json import loads
from secrets import token_hex
from threading import local
from typing import Any
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ce_core import Case
from ui import menu
from ui.link import IGNORED, Dropped, decode, encode, fits, visited
from ui.menu import FIRST
from ui.tab import notes, replay
from ui.tab.notes import CASE, Note
from ui.view import View
from ui.words.speaking import CODES, Tongue, complete, follow

KEPT = 3  # cases too large for a link, held for this browser tab, the last ones
MOST_KEPT = 2_000_000  # numbers in them together, 16 MB; one alone may have more
HELD = 50  # other things held for it, the last ones
_thread = local()


def arrive(name: str) -> View:
    """The view of this run; called once, before the page of this name is drawn."""
    session, query = st.session_state, st.query_params.to_dict()
    acted = session.pop("acted", False)
    elsewhere = name != session.get("page")
    if "view" not in session or (not acted and query != session["query"]):
        _load(query)
    elif elsewhere:
        _renew()
    if not acted and elsewhere:
        session["query"] = query
    session["page"] = name
    _listen()
    return current()


def coming() -> str:
    """The language that the view of this run will ask for, before `arrive` has read it."""
    session, query = st.session_state, st.query_params.to_dict()
    if "view" in session and ("acted" in session or query == session["query"]):
        return current().lang
    asked = query.get("lang")
    return asked if asked in CODES else CODES[0]


def page() -> str:
    """The name of the page on the screen, as a link says it."""
    return st.session_state.get("page") or FIRST


def turn_to(page: str, query: str) -> None:
    """Ask for another page with what stands behind it in the address; for callbacks."""
    asked = dict(parse_qsl(query, keep_blank_values=True))
    asked = {name: text for name, text in asked.items() if name not in IGNORED}
    st.session_state["turned"] = page, asked


def turned_to() -> tuple[str, dict[str, str]]:
    """The page that was asked for since the last run, or "", and its query."""
    asked: tuple[str, dict[str, str]] = st.session_state.pop("turned", ("", {}))
    return asked


def _load(query: dict[str, str]) -> None:
    _read(query)
    _renew()


def _read(query: dict[str, str]) -> None:
    session = st.session_state
    session["view"], session["dropped"] = decode(query, session.get("kept", {}))
    session["query"] = query


def _renew() -> None:
    """Give every input a new key, so that it starts from the view and not from its last value."""
    st.session_state["first"], st.session_state["told"] = {}, {}
    st.session_state["generation"] = st.session_state.get("generation", 0) + 1


def current() -> View:
    """The view on the screen."""
    if "view" not in st.session_state:
        _call_the_frame()
    view: View = st.session_state["view"]
    return view


def _call_the_frame() -> None:
    """Start over from app.py.

    When a server's very first visitor opens a page's own link, Streamlit takes `pages/` for its
    old kind of pages and runs the file alone. A call of st.navigation ends that for good.
    """
    menu.chosen(menu.groups())
    st.rerun()


def dropped() -> tuple[Dropped, ...]:
    """What the link held that could not be read."""
    left_out: tuple[Dropped, ...] = st.session_state.get("dropped", ())
    return left_out


def leave() -> None:
    """Write the link, if a widget changed the view; called once, after the page is drawn."""
    session = st.session_state
    query = encode(session["view"])
    if session.pop("changed", False) and query != session["query"]:
        st.query_params.from_dict(query)
        session["query"] = query


def show(view: View, *, renew: bool = False, link: bool = True) -> None:
    """Put another view on the screen; for callbacks.

    Args:
        view: the view to show.
        renew: whether the inputs start over from it, losing what is typed in them.
        link: whether the address follows at once; not while a slider is still being dragged,
            since each address is a step that Back goes through.
    """
    session = st.session_state
    session["view"], session["dropped"] = view, ()
    _listen()
    if link:
        session["changed"] = True
    session["told"] = {}
    if not fits(view.case):
        _keep(view.case)
    if renew:
        _renew()
    act()


def _keep(case: Case) -> None:
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
        _note(CASE + case.digest, notes.of_case(case))
        gone = [CASE + digest for digest in kept if digest not in session["kept"]]
        for name in gone:
            _note(name, None)


def visit(place: Mapping[str, str]) -> None:
    """Go to a place in the case on the screen, said as a link says it; for callbacks."""
    view, left_out = visited(current(), place)
    if not left_out:
        show(view)
    act()


def tongue() -> Tongue:
    """The language and the decimal sign of the page on the screen.

    A page whose text is not all translated speaks English throughout: half a page in each of two
    languages helps nobody.
    """
    heard: Tongue | None = getattr(_thread, "tongue", None)
    if heard is not None:
        return heard
    if get_script_run_ctx(suppress_warning=True) is None:  # no page: a test, a thread
        return Tongue()
    return _listen()


def _listen() -> Tongue:
    """Look up what is spoken and remember it for this thread, which runs for one browser tab.

    Hundreds of texts on a page ask for it, and each look into the session state has its price.
    """
    _thread.tongue = _tongue()
    return _thread.tongue


def _tongue() -> Tongue:
    view: View | None = st.session_state.get("view")
    if view is None:
        return Tongue()
    return Tongue(view.lang if complete(view.lang, page()) else CODES[0], view.decimal)


follow(tongue)


def opened(name: str, *, now: bool) -> bool:
    """Whether a part of a page is open, or was at any time in this browser tab."""
    session = st.session_state
    if now and name not in session.get("opened", ()):
        session["opened"] = {*session.get("opened", ()), name}
    return name in session.get("opened", ())


def look_again() -> None:
    """Note that a part of the page is to be drawn once more in a moment."""
    st.session_state["again"] = True


def looks_again() -> bool:
    """Whether a part of the page asked for that; it has to ask each time."""
    return bool(st.session_state.pop("again", False))


def act() -> None:
    """Say that a widget caused the run that follows; every widget's callback comes by here."""
    st.session_state["acted"] = True


def key(name: str) -> str:
    """The key of an input that starts over when the view comes from elsewhere."""
    turn = st.session_state.get("turns", {}).get(name, 0)
    return f"{name}-{st.session_state['generation']}-{turn}"


def refresh(*names: str) -> None:
    """Let some inputs start over from the view, and leave what is typed in the others."""
    turns: dict[str, int] = st.session_state.get("turns", {})
    st.session_state["turns"] = {**turns, **{name: turns.get(name, 0) + 1 for name in names}}


def value(name: str, default: Any = None) -> Any:  # noqa: ANN401 - what the widget holds
    """What the input of this name holds."""
    return st.session_state.get(key(name), default)


def put_back(name: str, typed: Any) -> None:  # noqa: ANN401 - what the widget holds
    """Let the input of this name begin with what was typed, when the inputs have started over."""
    st.session_state[key(name)] = typed


def at(widget: str, default: Any = None) -> Any:  # noqa: ANN401 - what the widget holds
    """What the widget of this whole key holds; before it is drawn, the default."""
    return st.session_state.get(widget, default)


def remember(name: str, made: Callable[[], Any]) -> Any:  # noqa: ANN401 - what was made
    """What was made first under this name; made anew when the inputs start over."""
    first: dict[str, Any] = st.session_state.get("first", {})
    at = key(name)
    if at not in first:
        first = {**first, at: made()}
        st.session_state["first"] = first
    return first[at]


def tell(name: str, told: Any) -> None:  # noqa: ANN401 - any message
    """Keep a message of an input until the inputs start over."""
    st.session_state["told"] = {**st.session_state.get("told", {}), key(name): told}


def told(name: str) -> Any:  # noqa: ANN401 - any message
    """The message kept under this name, or None."""
    return st.session_state.get("told", {}).get(key(name))


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
    _note(name, None if note is None else notes.note(note))


def held(name: str, read: Callable[[Any], Any] | None = None) -> Any:  # noqa: ANN401 - what was made
    """What is held under this name, or None.

    Args:
        name: what it is called.
        read: makes it from its note, where the note is all there is; raises one of notes.ODD for
            what is no such note, which then is as if there were none.
    """
    things: dict[str, Any] = st.session_state.get("held", {})
    if name in things or read is None or name not in (brought := _brought()):
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


def _note(name: str, made: Note | None) -> None:
    """Let the browser tab keep a note under this name, or none any more."""
    session = st.session_state
    others = {k: one for k, one in session.get("notes", {}).items() if k != name}
    session["notes"] = notes.fitting(others if made is None else {**others, name: made})
    if name in _brought():
        session["brought"] = {k: text for k, text in _brought().items() if k != name}


def _brought() -> dict[str, str]:
    """The notes that the browser tab brought from a session that is gone."""
    brought: dict[str, str] = st.session_state.get("brought", {})
    return brought


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
    _read(st.query_params.to_dict())


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
    session["brought"] = {**_brought(), **here}
    session["notes"] = notes.fitting({**new, **known})


def take_late(texts: Mapping[str, str], sizes: Mapping[str, int]) -> None:
    """Take notes that come when the page is on the screen already; for callbacks."""
    take(texts, sizes)
    if any(item.name == "case" for item in dropped()):
        _load(st.query_params.to_dict())


def tell_again(names: Iterable[str]) -> None:
    """Give the tab these notes once more: a click can overtake the message that they were in."""
    session = st.session_state
    kept: dict[str, Note] = session.get("notes", {})
    for name in [name for name in names if name in kept]:
        case = session.get("kept", {}).get(name.removeprefix(CASE))
        text = kept[name].text
        _note(name, Note(text, len(text)) if text else case and notes.of_case(case))


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


def query() -> dict[str, str]:
    """The query parameters of the view, for a link to another page."""
    return encode(current())
