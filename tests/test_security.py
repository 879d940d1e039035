"""What docs/security.md says of each thing that can come in is held by a test that is there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tools.audit import licence, loose, packages
from ui.messages import plain
from ui.seen import MARK, is_seen, one_line
from ui.view import names_fault

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/security.md").read_text()
ROWS = [line for line in TEXT.splitlines() if re.match(r"\| (?!-|what comes|file \|)", line)]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)


@cache
def functions(path):
    """The tests of a file."""
    return {node.name for node in ast.parse((ROOT / path).read_text()).body if "name" in dir(node)}


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED)))
def test_named_test_is_there(path, name):
    """Each test that the table names is in its file."""
    assert name in functions(path)


def test_each_row_is_held():
    """Each row of the two tables names a test."""
    assert len(ROWS) > 15
    for row in ROWS:
        assert "::test_" in row, row


@pytest.mark.parametrize("path", re.findall(r"`(ui/[\w/]+\.py)`", TEXT))
def test_named_file_is_there(path):
    """Each file that the document names is there."""
    assert (ROOT / path).exists()


@pytest.mark.parametrize("sign", "\x00\n\r\t\x1b\x85\u2028\u202e\u200b\u2060\u2066\ufeff\ud800")
def test_names_that_cannot_be_seen(sign):
    """A class cannot be called by what cannot be seen, or ends a line, or turns the writing."""
    assert names_fault((f"a{sign}b", "c"), 2)
    assert not is_seen(f"a{sign}b")


@pytest.mark.parametrize("name", ["Käse", "猫", "कक्षा", "می\u200cخواهم", "👩\u200d🔬", "a b", "ﷺ"])
def test_names_in_any_script(name):
    """Names in any script and emoji stay as they are, with the joiners that these need."""
    assert not names_fault((name, "c"), 2)
    assert one_line(name) == name


def test_one_line():
    """What ends a line is a space, and the rest of what cannot be seen a mark; both can be sent."""
    assert one_line("a\r\r![x](y)\u2028b\u202e\ud800") == f"a  ![x](y) b{MARK}{MARK}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- a", "\\- a"),  # would be a list
        ("1. a", "1\\. a"),
        ("=", "\\="),
        ("0.5 of it", "0.5 of it"),
        ("a - b", "a - b"),
        ("a\r\r![x](y)", "a  !\\[x\\](y)"),  # the return would end the paragraph
    ],
)
def test_plain(text, shown):
    """Text on the page is no list and no heading, wherever it stands."""
    assert plain(text) == shown


def test_pins():
    """Every package that the app asks for is pinned to one version."""
    assert loose((ROOT / "requirements.txt").read_text()) == []
    assert loose("a==1\nb>=2  # why\n-r c.txt\n\nd\ne==1.*\n") == ["b>=2", "d", "e==1.*"]


def item(name, *, yanked, **metadata):
    """A package as pip's report has it."""
    about = {"name": name, "version": "1", **metadata}
    info = {"archive_info": {"hashes": {"sha256": "ab"}}}
    return {"metadata": about, "download_info": info, "requested": False, "is_yanked": yanked}


def test_report():
    """The audit reads names, licences and what was withdrawn from pip's report."""
    free = ["License :: OSI Approved :: MIT License"]
    items = [item("b", yanked=True, license="BSD\nmore"), item("a", yanked=False, classifier=free)]
    found = list(packages({"install": items}))
    assert [(one.name, one.licence, bool(one.withdrawn)) for one in found] == [
        ("a", "MIT License", False),
        ("b", "BSD", True),
    ]
    assert licence({"license_expression": "MIT", "license": "no"}) == "MIT"
