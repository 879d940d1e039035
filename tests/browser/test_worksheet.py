"""The worksheet as a teacher takes it: chosen on the page, looked at, saved."""

import io
import re

import pypdf
from playwright.sync_api import expect

from tests.browser.conftest import open_page, rerun

PICTURE = "img[alt='The first page of the worksheet']"


def test_pdf_is_saved(page, server):
    """A press gives a PDF of the case on the screen, and its first page is seen before."""
    open_page(page, server, "/teach?part=sheet")
    assert page.locator(PICTURE).evaluate("image => image.decode().then(() => image.naturalWidth)")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Worksheet as PDF").click()
    assert coming.value.suggested_filename == "worksheet.pdf"
    text = pypdf.PdfReader(io.BytesIO(coming.value.path().read_bytes())).pages[0].extract_text()
    assert "The mean that did not match" in text


def test_exercises_are_chosen_and_saved(page, server):
    """Exercises instead of the case: the link has them, the picture and the Markdown follow."""
    open_page(page, server, "/teach?part=sheet&topic=gradient&seed=7")
    rerun(page, lambda: page.get_by_role("radio", name="Exercises").click())
    expect(page).to_have_url(re.compile("items=3"))
    assert page.locator(PICTURE).evaluate("image => image.decode().then(() => image.naturalWidth)")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Worksheet as Markdown").click()
    text = coming.value.path().read_text()
    assert text.startswith("# The gradient\n")
    assert text.count("### Exercise") == 9  # 3 on each of 3 sheets
    assert "seed=7" in text
