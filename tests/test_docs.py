"""The documents say what is there: links, parameters, snippets, criteria, pictures."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from tools.picture import PICTURES
from ui.hiding import HIDEABLE
from ui.link import IGNORED, KNOWN
from ui.teach.snippets import SNIPPETS

ROOT = Path(__file__).parents[1]
DOCUMENTS = (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
MOST_KB = 300  # of a picture
VERDICTS = ("Supports", "Partially supports", "Does not support", "Not applicable")
# WCAG 2.2, https://www.w3.org/TR/WCAG22/: guideline -> criteria of level A, of level AA.
CRITERIA = {
    "1.1": ((1,), ()),
    "1.2": ((1, 2, 3), (4, 5)),
    "1.3": ((1, 2, 3), (4, 5)),
    "1.4": ((1, 2), (3, 4, 5, 10, 11, 12, 13)),
    "2.1": ((1, 2, 4), ()),
    "2.2": ((1, 2), ()),
    "2.3": ((1,), ()),
    "2.4": ((1, 2, 3, 4), (5, 6, 7, 11)),
    "2.5": ((1, 2, 3, 4), (7, 8)),
    "3.1": ((1,), (2,)),
    "3.2": ((1, 2, 6), (3, 4)),
    "3.3": ((1, 2, 7), (3, 4, 8)),
    "4.1": ((2,), (3,)),
}


@cache
def text(path):
    """A document's text."""
    return (ROOT / path).read_text()


def targets(path):
    """What a document links to, code left out."""
    return LINK.findall(FENCED.sub("", text(path)))


def anchors(path):
    """The names of a document's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ +(.+)$", FENCED.sub("", text(path)), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", head.lower()) for head in heads)
    return {head.replace(" ", "-") for head in plain}


def criteria(level):
    """The numbers of the criteria of a level: 0 is A, 1 is AA."""
    return [f"{at}.{number}" for at, levels in CRITERIA.items() for number in levels[level]]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    """Each link between documents leads to a file that is there, and to a heading in it."""
    for target in targets(path):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, anchor = unquote(target).partition("#")
        there = (path.parent / name).resolve() if name else path
        assert there.exists(), target
        if anchor:
            assert anchor in anchors(there), target


@pytest.mark.parametrize("name", [*KNOWN, *IGNORED])
def test_each_parameter_is_told(name):
    """Every parameter that a link may have stands in the table of docs/link.md."""
    rows = re.findall(r"^\| (`.+?) \|", text("docs/link.md"), re.MULTILINE)
    told = {word.partition("=")[0] for row in rows for word in re.findall(r"`([^`]+)`", row)}
    assert name in told


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet.key)
def test_each_snippet_is_told(snippet):
    """Teachers read of every place that the page has a snippet for."""
    assert re.search(rf"^\| {re.escape(snippet.title)} \|", text("docs/teachers.md"), re.MULTILINE)


@pytest.mark.parametrize("part", HIDEABLE, ids=lambda part: part.key)
def test_what_can_be_hidden_is_told(part):
    """Teachers read what can be left out, as the page and as the link call it."""
    assert f"| {part.title} | `{part.key}` |" in text("docs/teachers.md")


def test_how_many_criteria():
    """WCAG 2.2 has 31 criteria of level A and 24 of level AA."""
    assert [len(criteria(level)) for level in (0, 1)] == [31, 24]


@pytest.mark.parametrize("level", [0, 1], ids=["A", "AA"])
def test_each_criterion_has_a_verdict(level):
    """The report names each criterion of a level once, in order, with one of the four verdicts."""
    report = text("docs/accessibility.md")
    part = report.split("\n## Level ")[level + 1].split("\n## ")[0]
    found = re.findall(r"^\| (\d+\.\d+\.\d+) [^|]+ \| ([^|]+) \| ([^|]*) \|$", part, re.MULTILINE)
    assert [number for number, _, _ in found] == criteria(level)
    assert {verdict for _, verdict, _ in found} <= set(VERDICTS)
    assert all(remark for _, _, remark in found)


def test_citation():
    """CITATION.cff has what the form asks for, and no other version than the report's."""
    cited = yaml.safe_load(text("CITATION.cff"))
    assert cited.keys() >= {"cff-version", "message", "title", "authors", "version", "license"}
    assert cited["cff-version"] == "1.2.0"
    assert all("name" in author or "family-names" in author for author in cited["authors"])
    assert f"version {cited['version']} |" in text("docs/accessibility.md")


def test_pictures():
    """Each picture in the documents is one that the tool makes, and is small enough to load."""
    shown = {
        (path.parent / target).resolve()
        for path in DOCUMENTS
        for target in targets(path)
        if target.endswith(".png")
    }
    assert {file.name for file in shown} == {picture.file for picture in PICTURES}
    for file in shown:
        assert file.stat().st_size < MOST_KB * 1000, file.name
