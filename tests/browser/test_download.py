"""The download button: one press, one file, whatever the page does meanwhile."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, open_page, rerun, serve, settle

SCRIPT = f"""
import sys, time
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
from ce_core import CaseError
from ui import state
from ui.download import download

state.arrive("")
made = st.session_state.setdefault("made", [])

def make(text, wait=0):
    time.sleep(wait)
    made.append(text)
    return text.encode()

def refuse():
    raise CaseError("logits", "there must be rows", "there are none", "Type some.")

n = st.number_input("n", value=0, on_change=state.act)
download("quick", "Quick", "quick.txt", "text/plain", lambda: make(f"n is {{n}}"), note="small")
download("slow", "Slow", "slow.txt", "text/plain", lambda: make(f"n is {{n}}", 2))
download("none", "None", "none.txt", "text/plain", refuse)
download("broken", "Broken", "broken.txt", "text/plain", lambda: 1 / 0)
st.button("Again", on_click=state.act)
st.text(f"made {{len(made)}}")
state.leave()
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """The script above, served."""
    folder = tmp_path_factory.mktemp("download")
    (folder / "script.py").write_text(SCRIPT)
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    with serve(folder, "script.py", folder / "log") as address:
        yield address


def button(page, name):
    """A download button."""
    return page.get_by_role("button", name=name, exact=True)


def saved(found):
    """A download's name and text."""
    return found.value.suggested_filename, found.value.path().read_text()


@pytest.mark.parametrize(("name", "file"), [("Quick", "quick.txt"), ("Slow", "slow.txt")])
def test_a_press_gives_the_file_once(page, base, name, file):
    """A press saves the file, says so aloud, leaves the focus, and the next run saves nothing."""
    found = []
    open_page(page, base)
    page.on("download", lambda one: found.append(one))  # noqa: PLW0108 - playwright marks what it is given
    with page.expect_download() as one:
        button(page, name).press("Enter")
    assert saved(one) == (file, "n is 0")
    expect(
        page.get_by_role("status").filter(has_text=f"Handed to your browser: {file}")
    ).to_have_count(1)
    expect(button(page, name)).to_be_focused()
    expect(button(page, name)).to_have_attribute("aria-disabled", "false")
    rerun(page, page.get_by_role("button", name="Again").click)
    page.wait_for_timeout(300)
    assert len(found) == 1
    expect(page.get_by_text("made 1")).to_be_visible()


def test_waiting_is_said(page, base):
    """While the file is being made the button says so, and another press asks for nothing."""
    open_page(page, base)
    with page.expect_download():
        button(page, "Slow").click()
        expect(page.get_by_role("status").filter(has_text="Making the file")).to_have_count(1)
        expect(button(page, "Slow")).to_have_attribute("aria-disabled", "true")
        button(page, "Slow").click(force=True)
    settle(page)
    expect(page.get_by_text("made 1")).to_be_visible()


@pytest.mark.parametrize("name", ["Quick", "Slow"])
def test_another_run_at_once(page, base, name):
    """A click right after the press, and a number typed, lose nothing; the file is of the press."""
    open_page(page, base)
    field = page.get_by_role("spinbutton", name="n")
    with page.expect_download() as one:
        button(page, name).click()
        for _ in range(5):
            page.get_by_role("button", name="Again").click()
        field.fill("7")
        field.press("Enter")
    assert saved(one)[1] == "n is 0"
    settle(page)
    with page.expect_download() as two:
        button(page, name).click()
    assert saved(two)[1] == "n is 7"


def test_two_files(page, base):
    """Two buttons pressed one after the other give both files."""
    found = []
    open_page(page, base)
    page.on("download", lambda one: found.append(one))  # noqa: PLW0108 - playwright marks what it is given
    button(page, "Slow").click()
    button(page, "Quick").click()
    expect(page.get_by_role("status").filter(has_text="Handed")).to_have_count(2)
    assert sorted(one.suggested_filename for one in found) == ["quick.txt", "slow.txt"]


@pytest.mark.parametrize(
    ("name", "says"),
    [("None", "There are none; there must be rows. Type some."), ("Broken", "The file could not")],
)
def test_no_file(page, base, name, says):
    """What keeps the file from being made is said, and no file comes; the button works again."""
    open_page(page, base)
    rerun(page, button(page, name).click)
    expect(page.get_by_role("alert").filter(has_text=says)).to_be_visible()
    expect(button(page, name)).to_have_attribute("aria-disabled", "false")
    with page.expect_download():
        button(page, "Quick").click()


@pytest.mark.parametrize("flags", ["allow-scripts allow-same-origin allow-downloads"])
def test_in_a_sandboxed_frame(page, base, flags):
    """Inside a course page's sandbox that allows downloads the file comes as well."""
    page.route(
        re.compile(r"/course$"),
        lambda route: route.fulfill(
            content_type="text/html",
            body=f"<iframe src='{base}' sandbox='{flags}' width=900 height=640></iframe>",
        ),
    )
    page.goto(f"{base}/course")
    frame = page.frame_locator("iframe")
    with page.expect_download() as one:
        frame.get_by_role("button", name="Slow", exact=True).click()
    assert saved(one) == ("slow.txt", "n is 0")
