"""The picture on the page: painted in the browser, its losses computed here and sent back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from ce_core import Trace
from ce_core.targets.scene import COLUMNS, IGNORED, LETTERS, NAMES, ROWS, census
from ui import palette, state
from ui.drawn import Part, part
from ui.figures import column, figure
from ui.targets.message import Message, received
from ui.targets.settings import changed
from ui.view import View
from ui.words import script_words, tongue, tr
from ui.words.scripts import SCRIPT

HERE = Path(__file__).parent
SCRIPTS = ("grid.js", "paint.js", "bind.js")
KEY = "targets-picture"


def picture(view: View, trace: Trace) -> None:
    """Draw the mask to paint on, and beside it the loss of each pixel.

    Args:
        view: whose mask and brush are shown.
        trace: the picture's case with that mask.
    """
    before = _sent()
    _mount()(
        key=KEY,
        data={
            **payload(view, trace),
            "heard": before.serial if before else "",
            "turn": state.key("picture"),
        },
        default={"painted": None},
        on_painted_change=_painted,
    )


def payload(view: View, trace: Trace) -> dict[str, Any]:
    """What the browser draws; each number comes with its text."""
    losses = trace["losses"].rows
    mean = figure(float(trace["mean_loss"].output))
    counted = next(step for step in census(trace) if step.key == "all_pixels")
    count = figure(float(counted.output))
    return {
        "rows": ROWS,
        "columns": COLUMNS,
        "classes": [
            [letter, f"{letter} {tr(name)}"] for letter, name in zip(LETTERS, NAMES, strict=True)
        ]
        + [[IGNORED, tr("ignored")]],
        "mask": view.painting.mask,
        "brush": view.painting.brush,
        "losses": column(losses, 3),
        "levels": _levels(losses.tolist()),
        "most": figure(float(losses.max(initial=0.0)), 3),
        "alt": _alt(losses),
        "said": tr("Mean loss {mean} over {count} pixels that count.", mean=mean, count=count),
        "words": script_words(HERE),
        "decimal": tongue().decimal,
    }


def _levels(losses: Sequence[float]) -> list[float]:
    """How strongly each pixel is drawn, 0 to 1, for the browser: the largest loss is 1."""
    most = max(losses, default=0.0)
    return [round(loss / most, 3) if most > 0 else 0.0 for loss in losses]


def _alt(losses: np.ndarray) -> str:
    row, at = divmod(int(losses.argmax()), COLUMNS)
    most = figure(float(losses.max()), 3)
    return tr(
        "The weighted loss of each pixel. The largest is {most}, in row {row}, column {column}. "
        "Each pixel's loss is also told in the mask.",
        most=most,
        row=row + 1,
        column=at + 1,
    )


@st.cache_resource(show_spinner=False)
def _mount() -> Part:
    return part(
        "picture",
        html=(HERE / "picture.html").read_text(),
        css=palette.css(".wce-picture") + "\n" + (HERE / "picture.css").read_text(),
        js="\n".join(path.read_text() for path in (SCRIPT, *(HERE / name for name in SCRIPTS))),
    )


def _sent() -> Message | None:
    """What the browser sent last."""
    try:
        held = state.at(KEY)
    except KeyError:
        return None
    return received(held.get("painted")) if hasattr(held, "get") else None


def _painted() -> None:
    message = _sent()
    state.act()
    if message is not None:
        view = changed(state.current(), mask=message.mask, brush=message.brush)
        state.show(view, link=message.done)
