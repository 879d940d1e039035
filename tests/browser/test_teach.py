"""Teach in a real browser: the lesson stands in its frame, and what is copied opens it."""

from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from tests.browser.conftest import DARK, MOBILE, open_page, rerun, settle
from tests.browser.test_link import query
from ui.teach.made_codes import made_codes

CASE = "logits=2,1,0.1;0.5,2.5,0.3;1.2,0.4,3&target=0,2,2&weight=1,2,5&classes=cat,dog,owl"
SENTENCE = "its probability is 0.65"
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def lesson(page):
    """The lesson in the preview's frame."""
    return page.frame_locator("iframe[title$='step by step']")


def choose(page, label, option, asked):
    """Choose from a list by its label, as a person does, and wait until the address has it.

    The frame's own script runs count as runs too, so they do not tell that the page has followed.
    """
    field = page.get_by_role("combobox", name=label)
    shown = page.get_by_role("option", name=option, exact=True)
    for patience in (5_000, 5_000, 30_000):
        field.scroll_into_view_if_needed()  # its list closes when the page is scrolled
        field.fill(option)
        try:
            shown.click(timeout=patience)
        except PlaywrightTimeout:  # or is moved, by a frame that has just been drawn
            continue
        break
    page.wait_for_url(lambda url: asked in url)
    settle(page)


def link(page):
    """The text of the snippet on top: the link."""
    return page.get_by_test_id("stCode").filter(visible=True).first.inner_text().strip()


def overflow(page):
    """How far the page could be scrolled sideways."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("page", [CLIPBOARD], indirect=True)
def test_a_lesson_in_a_minute(page, new_page, server):
    """A step is chosen, its sentence left out: the frame shows it, and the copied link opens it."""
    open_page(page, server, f"/teach?{CASE}")
    choose(page, "Step", "5. Softmax: probabilities", "step=probs")
    ledger = lesson(page).locator(".wce-ledger")
    expect(ledger).to_be_visible()
    expect(ledger).to_contain_text(SENTENCE)
    choose(page, "Left out of the page", "The sentence below", "hide=sentence")
    expect(ledger).to_be_visible()
    expect(ledger).not_to_contain_text(SENTENCE)
    assert query(page) == dict(parse_qsl(CASE)) | {"step": "probs", "hide": "sentence"}
    code = page.get_by_test_id("stCode").filter(visible=True).first
    code.hover()
    code.get_by_role("button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == link(page) == f"{server}/steps?{CASE}&step=probs&hide=sentence"
    other = new_page()
    open_page(other, server, copied.removeprefix(server))
    expect(other.locator(".wce-ledger")).to_contain_text("Softmax")
    expect(other.locator(".wce-ledger")).not_to_contain_text(SENTENCE)


def test_frame_stays_while_its_height_changes(page, server):
    """Another height moves the frame's edge and does not load the lesson anew."""
    open_page(page, server, f"/teach?{CASE}")
    expect(lesson(page).locator(".wce-ledger")).to_be_visible()
    lesson(page).locator("body").evaluate("body => { body.dataset.mine = 'kept'; }")
    page.get_by_role("radio", name="480").click()
    page.wait_for_url(lambda url: "height=480" in url)
    frame = page.locator("iframe[title$='step by step']")
    expect(frame).to_have_js_property("offsetHeight", 480)
    assert lesson(page).locator("body").get_attribute("data-mine") == "kept"


def test_iframe_in_a_course_page(page, server):
    """The iframe snippet alone in a page of another site shows the lesson."""
    open_page(page, server, f"/teach?{CASE}&step=probs")
    rerun(page, page.get_by_role("tab", name="Iframe", exact=True).click)
    snippet = page.get_by_test_id("stCode").filter(visible=True).first.inner_text()
    page.set_content(f"<!doctype html><title>Course</title><h1>Course</h1>{snippet}")
    expect(lesson(page).locator(".wce-ledger")).to_contain_text(SENTENCE)
    expect(lesson(page).get_by_text("Open in a new tab")).to_be_visible()


@pytest.mark.parametrize("how", ["Compare", "Enter"])
def test_guess_in_a_course_page(page, server, how):
    """A guess is answered in the copied frame, whose sandbox lets no form be submitted."""
    open_page(page, server, f"/teach?{CASE}&step=mean_loss&predict=1&hide=sentence")
    rerun(page, page.get_by_role("tab", name="Iframe", exact=True).click)
    snippet = page.get_by_test_id("stCode").filter(visible=True).first.inner_text()
    page.set_content(f"<!doctype html><title>Course</title><h1>Course</h1>{snippet}")
    ledger = lesson(page).locator(".wce-ledger")
    expect(ledger).not_to_contain_text("1.2356")
    field = ledger.locator(".ask input")
    field.fill("4.5")
    if how == "Enter":
        field.press("Enter")
    else:
        ledger.get_by_role("button", name=how).click()
    expect(ledger).to_contain_text("You said 4.5; it is 1.2356")


@pytest.mark.parametrize("page", [MOBILE, MOBILE | DARK], indirect=True, ids=["light", "dark"])
def test_phone(page, server):
    """On a phone nothing scrolls sideways: choices, then the frame, then what to copy."""
    open_page(page, server, f"/teach?{CASE}&step=probs")
    frame = page.locator("iframe[title$='step by step']")
    frame.scroll_into_view_if_needed()
    expect(lesson(page).locator(".wce-ledger")).to_be_visible()
    choices = page.get_by_role("combobox", name="Step").bounding_box()
    assert choices["y"] < frame.bounding_box()["y"]
    assert frame.bounding_box()["width"] <= 360
    assert overflow(page) <= 0
    open_page(page, server, "/teach?part=class")
    rerun(page, page.get_by_role("button", name="Fill in an example").click)
    assert overflow(page) <= 0


def test_class_codes(page, server):
    """Codes pasted and counted show the commonest slip first, with its bar."""
    open_page(page, server, "/teach?part=class")
    page.get_by_role("textbox", name="Codes of a class").fill(made_codes())
    rerun(page, page.get_by_role("button", name="Count").click)
    first = page.locator(".wce-class tbody tr").first
    expect(first).to_contain_text("8 of 15")
    expect(first.locator(".wce-class-bar")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download as CSV").click()
    assert saved.value.suggested_filename == "class.csv"


def test_files(page, server, tmp_path):
    """The QR code and the picture are shown and saved."""
    open_page(page, server, f"/teach?{CASE}&step=probs")
    for alt, button, name in (
        ("QR code of the link", "Download the QR code", "lesson-qr.svg"),
        ("Softmax: probabilities.", "Download the picture", "step.svg"),
    ):
        shown = page.locator(f"img[alt^='{alt}']")
        expect(shown).to_be_visible()
        assert shown.evaluate("image => image.naturalWidth") > 100
        with page.expect_download() as saved:
            page.get_by_role("button", name=button).click()
        saved.value.save_as(tmp_path / name)
        assert "<svg" in (tmp_path / name).read_text()
