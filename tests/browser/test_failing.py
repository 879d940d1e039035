"""In a real browser a page that fails keeps its menu and its address, and the log has its code."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import AT_REST, ROOT, START_S, open_page, serve
from tests.copies import Copy
from ui.reporting import LENGTH, LETTERS

TYPED = "0.31415"  # stands for what a person typed
LINK = f"/reductions?logits={TYPED},2;3,4&target=0,1&reduction="
CODE = re.compile(rf"\b[{LETTERS}]{{{LENGTH}}}\b")
LINKED = ("asgi.py", "CITATION.cff", "ce_core", "ui", "server", ".streamlit")
PAGE = """
import streamlit as st
from ui import state

def fail():
    raise ValueError(f"quotes {state.current().case.logits}")

st.title("Drawn before")
st.button("Fail", on_click=fail)
if state.current().case.reduction == "sum":
    fail()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The app with two faults on one page: it cannot be drawn for a sum, and a callback fails."""
    made = tmp_path_factory.mktemp("app")
    for name in LINKED:
        (made / name).symlink_to(ROOT / name)
    (made / "pages").mkdir()
    for file in [
        ROOT / "app.py",
        *(ROOT / "pages").glob("*.py"),
    ]:  # looked for beside app.py itself
        (made / file.relative_to(ROOT)).write_text(file.read_text())
    (made / "pages/reductions.py").write_text(PAGE)
    return made


@contextmanager
def as_the_image_does(folder, log):
    """Serve by the image's entry."""
    copy = Copy(log, folder=folder).start()
    try:
        yield copy.base
    finally:
        copy.stop()


@contextmanager
def as_make_run_does(folder, log):
    """Serve by Streamlit's own command."""
    with serve(folder, "app.py", log) as base:
        yield base


@pytest.mark.parametrize("serving", [as_the_image_does, as_make_run_does])
def test_failing_page(folder, tmp_path, page, serving):
    """A page that fails, and a callback that does, say so; the rest stays, and goes on from there."""
    with serving(folder, tmp_path / "log") as base:
        page.goto(base + LINK + "sum")
        page.wait_for_function(AT_REST, timeout=START_S * 1000)
        drawn = code_on(page)
        expect(page.get_by_role("heading", name="Drawn before")).to_be_visible()
        assert page.url == base + LINK + "sum"
        page.get_by_role("link", name="Steps", exact=True).click()
        expect(page.get_by_role("heading", name="From the logits to the loss")).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        assert TYPED in page.url

        open_page(page, base, LINK + "mean")
        page.get_by_role("button", name="Fail").click()
        acted = code_on(page)
        expect(page.get_by_role("heading", name="Drawn before")).to_be_visible()
        page.goto("about:blank")  # a page whose server is gone complains of it
        log = (tmp_path / "log").read_text()
    assert [line.split()[3] for line in log.splitlines() if "ERROR" in line] == [drawn, acted]
    assert "ValueError" in log
    assert TYPED not in log
    assert "quotes" not in log


def code_on(page):
    """The code in the one box that says that something failed."""
    box = page.get_by_test_id("stException")
    expect(box).to_contain_text("This part of the page failed")
    return CODE.search(box.inner_text())[0]
