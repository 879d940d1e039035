"""Everything imported and every page drawn once, before the first visitor comes.

A copy that cannot do this must not say that it is healthy, and nobody waits for what it brings.
"""

import asyncio
import importlib
import pkgutil
from collections.abc import Iterator

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.session_manager import SessionClient

import ce_core
import ui

# What is imported only where it is used, so that `import ui` is quick.
LATER = (
    *("babel.messages.pofile", "latex2mathml.converter", "pandas", "plotly.graph_objects"),
    *("segno", "torch", "typst"),
)
AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN
PATIENCE = 60.0  # seconds for one page


class UnfitError(RuntimeError):
    """This copy cannot serve; says what is missing or fails."""


class Visitor(SessionClient):
    """A browser that only notes whether its page came to an end, and whether something failed."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()
        self.failed = False

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Take what the page would show."""
        kind = msg.WhichOneof("type")
        if kind == "delta":
            self.failed |= msg.delta.new_element.WhichOneof("type") == "exception"
        elif kind == "session_event":  # a script that does not compile
            self.failed |= msg.session_event.WhichOneof("type") == "script_compilation_exception"
        elif (
            kind == "script_finished" and msg.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        ):
            self.finished.set()


def import_all() -> None:
    """Import every module of the app, and the libraries that it imports late.

    Raises:
        UnfitError: one cannot be imported.
    """
    for name in (*_modules(), *LATER):
        try:
            importlib.import_module(name)
        except Exception as problem:
            raise UnfitError(f"{name} cannot be imported") from problem


def _modules() -> Iterator[str]:
    for package in (ce_core, ui):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):  # a command, which acts when imported
                yield found.name


async def draw_all(runtime: Runtime) -> None:
    """Draw each page of the menu, as for a visitor who opens its link.

    Raises:
        UnfitError: one cannot be drawn.
    """
    from ui.menu import FIRST, PAGES
    from ui.words import CODES
    from ui.words.catalogue import catalogue

    for lang in CODES:
        catalogue(lang)
    for pages in PAGES.values():
        for name, _ in pages:
            await _draw(runtime, "" if name == FIRST else name)


async def _draw(runtime: Runtime, page: str) -> None:
    visitor = Visitor()
    session = runtime.connect_session(client=visitor, user_info={})
    at = ContextInfo(url=f"http://localhost/{page}", locale="en")
    state = ClientState(page_name=page, context_info=at)
    try:
        runtime.handle_backmsg(session, BackMsg(rerun_script=state))
        await asyncio.wait_for(visitor.finished.wait(), PATIENCE)
    except TimeoutError:
        raise UnfitError(f"the page /{page} is not drawn within {PATIENCE:g} s") from None
    finally:
        runtime.close_session(session)
    if visitor.failed:
        raise UnfitError(f"the page /{page} cannot be drawn")
