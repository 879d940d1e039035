"""The ledger's script and style, for a page of Streamlit and for a file that stands alone."""

from functools import cache
from pathlib import Path

from ui import palette
from ui.words.scripts import SCRIPT

HERE = Path(__file__).parent
PARTS = (
    *("figures", "sources", "words", "marks", "equation", "table", "bars", "card", "picker"),
    *("keys", "draw", "look", "veil", "print"),
)


@cache
def script() -> str:
    """What draws: `new Ledger(element, payload, {onPlace, onDrawn})`."""
    files = (SCRIPT, *(HERE / f"{name}.js" for name in PARTS))
    return "\n".join(path.read_text() for path in files)


@cache
def style() -> str:
    """The look of `.wce-ledger`, its colours included."""
    return palette.css(".wce-ledger") + "\n" + (HERE / "ledger.css").read_text()


def component() -> str:
    """The script as a Streamlit component."""
    return script() + "\n" + (HERE / "bind.js").read_text()
