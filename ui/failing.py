"""What a page shows when it fails: one sentence, what to do, and the id that is in the log too.

Streamlit would show a box without an id and log the error's message, and a callback that fails
would leave an empty page. Both modes of serving come by the same three places in Streamlit:

place                                       what stands there instead
error_util._log_uncaught_app_exception      `report`, which quotes nothing
error_util.show_uncaught_app_exception      `show`, where the error happened
SessionState._run_callback_and_record_rerun the callback, caught: the page is drawn all the same

They are no public names, so tests hold each for the version that is pinned. `st.stop` and
`st.rerun` are no errors of Streamlit's (`BaseException`) and pass through everything here.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit import error_util
from streamlit.errors import FragmentHandledException, MarkdownFormattedException
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.session_state import SessionState

from ui import reporting, state
from ui.link import fits
from ui.words import tr

HELD = "failed"  # the name under which a tab holds a callback's error: the page and the id
_run_callback = SessionState._run_callback_and_record_rerun  # noqa: SLF001 - see above


class Said(MarkdownFormattedException):
    """The sentence, as Streamlit's own box for errors takes it; so tests see that a page failed."""

    alternate_name = ""  # the box begins with the sentence and not with a type


def start() -> None:
    """Stand in those places; a second call changes nothing."""
    reporting.start()
    places: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
        (error_util, "_log_uncaught_app_exception", report),
        (error_util, "show_uncaught_app_exception", show),
        (SessionState, "_run_callback_and_record_rerun", _guarded),
    )
    for owner, name, ours in places:
        setattr(owner, name, ours)


def report(problem: BaseException) -> str:
    """Log an error of the page on the screen, and give its id."""
    here = get_script_run_ctx(suppress_warning=True) is not None
    return reporting.report(problem, state.page() if here else "-")


def show(problem: BaseException) -> None:
    """Say where the page stopped that it failed."""
    st.exception(Said(sentence(report(problem))))


def sentence(name: str) -> str:
    """What a person is told of an error with this id."""
    view = state.at("view")
    broke = tr("This part of the page failed, through a fault of the page and not of your numbers.")
    if view is None or fits(view.case):
        then = tr(
            "Your numbers are still in the address: reload the page, or go on with another one."
        )
    else:
        then = tr(
            "Your numbers are too many for the address: go on with another page, or copy them "
            "before you reload this one."
        )
    return f"{broke} {then} {code(name)}"


def code(name: str) -> str:
    """What to do with the id of an error."""
    return tr("If it happens again, tell whoever runs this site the code **{name}**.", name=name)


def tried(draw: Callable[[], None]) -> Exception | None:
    """Draw a page; where it fails, say so and give the error back, so that the frame is drawn."""
    try:
        draw()
    except FragmentHandledException as handled:  # said by the fragment that failed
        return handled
    except Exception as problem:  # noqa: BLE001 - whatever it is, the frame must stand
        show(problem)
        return problem
    return None


def end(problem: Exception | None) -> None:
    """End a run whose page failed as Streamlit ends one; called last.

    It keeps what is typed into inputs that were not reached, and tells the script's health check.
    """
    if problem is not None:
        raise FragmentHandledException from problem


def say_held() -> None:
    """Say that the callback failed which led to what is on the screen, until the next one runs."""
    page, name = state.held(HELD) or ("", "")
    if name and page == state.page():
        st.exception(Said(sentence(name)))


def _guarded(session: SessionState, votes: Any, run: Callable[[], None]) -> None:  # noqa: ANN401
    """Run a widget's callback; if it fails, draw the page as it is and say so at its top."""

    def caught() -> None:
        try:
            if state.held(HELD):
                state.hold(HELD, None)
            run()
        except Exception as problem:  # noqa: BLE001 - whatever it is, the page must be drawn
            state.hold(HELD, (state.page(), report(problem)))
            state.act()
            context = get_script_run_ctx()
            if context is not None and context.fragment_ids_this_run:
                st.rerun()  # the whole page: a fragment alone has no place to say it

    _run_callback(session, votes, caught)
