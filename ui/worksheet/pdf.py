"""The worksheet set by Typst: PDF/UA-1 with tags, vectors and fonts inside, made in this process.

The template is a file of ours; all text comes to it as JSON and is drawn as text. Its program has
no network, and of the disk it sees an empty folder of its own.
"""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

TEMPLATE = (Path(__file__).parent / "sheet.typ").read_bytes()
ACCESSIBLE = "ua-1"


def pdf(data: dict[str, Any]) -> bytes:
    """The sheets as a PDF.

    Raises:
        typst.TypstError: a name holds a letter that the fonts at hand do not have.
    """
    return _compiled(data, format="pdf", pdf_standards=ACCESSIBLE)


def pictures(data: dict[str, Any]) -> list[str]:
    """The pages as SVG, for the screen."""
    made = _compiled(data, format="svg")
    pages = made if isinstance(made, list) else [made]
    return [page.decode() for page in pages]


def _compiled(data: dict[str, Any], **options: Any) -> Any:  # noqa: ANN401 - Typst's own options
    with TemporaryDirectory() as empty:
        return typst.compile(
            TEMPLATE,
            root=empty,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
            **options,
        )
