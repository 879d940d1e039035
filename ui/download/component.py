"""A button that makes a file and saves it: the bytes come with the page's own messages.

Streamlit's own button leaves the file at a second address, which another copy of the server
behind the same proxy does not know, and which fails inside a sandboxed frame.

A press is answered until the browser says that it has the file: a run that comes in between, or
the page's next change, loses nothing. The file is made of what was on the screen at the press.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Lock

import streamlit as st

from ce_core import CaseError
from ce_core.words import words
from ui import failing, reporting, state
from ui.messages import STOP, explain
from ui.turns import aside
from ui.view import View
from ui.words import tr

HERE = Path(__file__).parent
BROKEN = CaseError(
    "file",
    words("it is a fault of the page, not of your numbers"),
    words("the file could not be made"),
    words("Try it with another case or other settings, or open the page anew."),
)


@dataclass(frozen=True)
class Answer:
    """What a press brought.

    Attributes:
        press: which press, as the browser counts them.
        file: the bytes in base64; "" where there is none, or the browser has them already.
        problem: why there is none, as Markdown.
    """

    press: int = 0
    file: str = ""
    problem: str = ""


@dataclass
class Box:
    """Where a button's answer is put, held by the browser tab.

    A click while the file is made starts another run beside the one that makes it, which is stopped
    where it next touches session state. So the callback touches none, and the other run waits.
    """

    made: Answer | None = None  # by the callback, which does not know which press it was
    answer: Answer = field(default_factory=Answer)
    view: View | None = None  # what was on the screen then; a problem is shown as long as it is
    making: Lock = field(default_factory=Lock)


def download(
    name: str, label: str, filename: str, kind: str, make: Callable[[], bytes], *, note: str = ""
) -> None:
    """Draw the button; a press makes the file, and the browser saves it.

    Args:
        name: what it is called among the page's inputs; one button has it.
        label: what the button says, in the language of the page.
        filename: what the file is called.
        kind: its media type.
        make: makes the file's bytes; a CaseError it raises is shown below the button.
        note: a few words beside the label, such as its size or its use.
    """
    key = f"download-{name}"
    box, view = _box(key), state.current()
    answer = _answered(box, view, _sent(key, "asked"), make)
    _mount()(
        key=key,
        data={
            "label": label,
            "note": note,
            "filename": filename,
            "kind": kind,
            "making": tr("Making the file …"),
            "made": tr("Handed to your browser: {filename}", filename=filename),
            "press": answer.press,
            "file": answer.file,
            "failed": bool(answer.problem),
        },
        default={"asked": 0, "got": 0},
        on_asked_change=partial(_make, box, view, make),
        on_got_change=partial(_got, key),
    )
    if answer.problem and box.view is view:
        st.error(answer.problem, icon=STOP)


def _make(box: Box, view: View, make: Callable[[], bytes]) -> None:
    """Make the file of what was on the screen when the button was pressed."""
    with box.making:
        box.made, box.view = _made(make), view
    state.act()


def _answered(box: Box, view: View, press: int, make: Callable[[], bytes]) -> Answer:
    """The answer to the last press; where the callback was stopped before it began, made now."""
    with box.making:
        if press > box.answer.press:
            if box.made is None:
                box.made, box.view = _made(make), view
            box.answer, box.made = replace(box.made, press=press), None
        return box.answer


def _made(make: Callable[[], bytes]) -> Answer:
    try:
        with aside():
            return Answer(file=b64encode(make()).decode())
    except CaseError as refused:
        return Answer(problem=explain(refused))
    except Exception as problem:  # noqa: BLE001 - a file has many makers, and the page stays
        name = reporting.report(problem, "download")
        return Answer(problem=f"{explain(BROKEN)} {failing.code(name)}")


def _box(key: str) -> Box:
    box: Box | None = state.held(key)
    if box is None:
        box = Box()
        state.hold(key, box)
    return box


def _got(key: str) -> None:
    """The browser has the file: it need not be sent again."""
    box, press = _box(key), _sent(key, "got")
    if box.answer.press == press:
        box.answer = Answer(press)
    state.act()


def _sent(key: str, name: str) -> int:
    """A number from the browser; anything at all may come from there."""
    value = (state.at(key) or {}).get(name)
    return int(value) if isinstance(value, int | float) and 0 < value < 2**53 else 0


@st.cache_resource(show_spinner=False)
def _mount():  # type: ignore[no-untyped-def]  # noqa: ANN202 - Streamlit's own callable
    return st.components.v2.component(
        "weighted_cross_entropy_download",
        html=(HERE / "download.html").read_text(),
        css=(HERE / "download.css").read_text(),
        js=(HERE / "download.js").read_text(),
    )
