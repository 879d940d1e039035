"""Which version this is: the one that is cited."""

import re
from pathlib import Path

CITATION = Path(__file__).parents[1] / "CITATION.cff"


def version() -> str:
    """The version as CITATION.cff names it; "unknown" where the file is not there."""
    text = CITATION.read_text(encoding="utf-8") if CITATION.exists() else ""
    found = re.search(r"^version: *\"?([^\"\s]+)", text, re.MULTILINE)
    return found[1] if found else "unknown"
