"""The texts that stand in a component's JavaScript, as `tr("...")`, and their translations."""

import json
import re
from functools import cache
from pathlib import Path

from ui.words.speaking import speaking, tongue
from ui.words.translate import tr

CALL = re.compile(r'\btr\(\s*("(?:[^"\\\n]|\\.)*")')
SCRIPT = Path(__file__).parent / "tr.js"


@cache
def texts_in(folder: Path) -> tuple[str, ...]:
    """The English texts of the folder's scripts, in the order of their files."""
    found: dict[str, None] = {}
    for path in sorted(folder.glob("*.js")):
        found |= dict.fromkeys(json.loads(text) for text in CALL.findall(path.read_text()))
    return tuple(found)


def script_words(folder: Path) -> dict[str, str]:
    """English text -> what the page says, for `payload.words`; empty where it is the same."""
    return dict(_said(folder, tongue().lang))


@cache
def _said(folder: Path, lang: str) -> dict[str, str]:
    with speaking(lang):
        said = {text: tr(text) for text in texts_in(folder)}
    return {text: other for text, other in said.items() if other != text}
