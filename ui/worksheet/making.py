"""The files of a worksheet: the PDF, its first page as a picture, and the Markdown."""

import json
from dataclasses import replace
from typing import Any

import streamlit as st
import typst

from ui.view import View, letters
from ui.words import speaking
from ui.worksheet.markdown import as_text, markdown
from ui.worksheet.paper import paper_data
from ui.worksheet.pdf import pdf, pictures
from ui.worksheet.settings import FADED
from ui.worksheet.sheets import worksheet_of

LATIN = 0x24F  # the last letter of the Latin alphabets, all of which the fonts have

ON_A_PAGE = 2  # exercises; no page has room for more


def as_pdf(view: View, site: str) -> bytes:
    """The worksheet on paper.

    Raises:
        CaseError: the case does not go on paper.
    """
    return pdf(_readable(view, site))


def as_markdown(view: View, site: str) -> bytes:
    """The worksheet as text.

    Raises:
        CaseError: the case does not go on paper.
    """
    with speaking(language(view), view.decimal):
        names = tuple(map(as_text, cleaned(view.classes)))
        return markdown(worksheet_of(view, site, names)).encode()


def first_page(view: View, site: str) -> str:
    """The first page as SVG; what cannot be on it is left out, for speed.

    Raises:
        CaseError: the case does not go on paper.
    """
    sheet = replace(view.sheet, kinds=view.sheet.kinds[:1])
    if FADED not in sheet.kinds:  # how much an exercise leaves out depends on how many there are
        sheet = replace(sheet, items=min(sheet.items, ON_A_PAGE))
    data = _readable(view.replace(sheet=sheet), site)
    first = data["papers"][0]
    # Typst writes a link's & into the SVG as it is, and a picture has no use for links
    shown = [{**task, "link": ""} for task in first["tasks"][:ON_A_PAGE]]
    first = {**first, "tasks": shown}
    return _picture(json.dumps({**data, "papers": [first]}))


def language(view: View) -> str:
    """The language of the paper."""
    return view.sheet.lang or view.lang


def cleaned(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names without what is no letter, such as the end of a line."""
    return tuple("".join(x if x.isprintable() else " " for x in name) for name in names)


def _readable(view: View, site: str) -> dict[str, Any]:
    """What is drawn; where the fonts lack a letter of a class's name, letters name the classes."""
    data = _data(view, site, cleaned(view.classes))
    if view.sheet.items or max(map(ord, "".join(view.classes))) <= LATIN:
        return data
    if _has_letters(json.dumps(data)):
        return data
    return _data(view, site, letters(view.case.classes))


def _data(view: View, site: str, names: tuple[str, ...]) -> dict[str, Any]:
    with speaking(language(view), view.decimal):
        return paper_data(worksheet_of(view, site, names), view.sheet.paper)


# The keys are the whole text, so another language is another entry.
@st.cache_data(max_entries=32, show_spinner=False)
def _has_letters(data: str) -> bool:
    try:
        pdf(json.loads(data))
    except typst.TypstError:
        return False
    return True


@st.cache_data(max_entries=16, show_spinner=False)
def _picture(data: str) -> str:
    return pictures(json.loads(data))[0]
