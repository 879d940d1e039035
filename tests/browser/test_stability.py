"""Where floating point breaks, in a real browser: seen without colour, on a phone, in any theme."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DARK, MOBILE, open_page, rerun

PAGE = "/check?part=floats&dtype=float32&offset=89"


def table(page, caption):
    """The table of that caption."""
    return page.get_by_role("table", name=caption)


def test_what_breaks_has_a_word(page, server):
    """Without the shift the cells say what they are; with it the costs are those of before."""
    open_page(page, server, PAGE)
    left, right = table(page, "Without the shift"), table(page, "With the shift")
    expect(left).to_contain_text("⚠ inf")
    expect(left).to_contain_text("not a number")
    expect(right).not_to_contain_text("⚠")
    # ln(1 + e^-1) = 0.3133 for the larger logit, and 1 more for the other
    expect(right.get_by_role("row").last).to_contain_text("1.3133")


def test_another_number_type(page, server):
    """The number type of the page is the section's: float64 holds e^93."""
    open_page(page, server, PAGE)
    rerun(page, page.get_by_test_id("stMain").get_by_text("float64", exact=True).first.click)
    expect(table(page, "Without the shift: row 0, in float64")).not_to_contain_text("⚠")


@pytest.mark.parametrize("page", [DARK, MOBILE], indirect=True)
def test_nothing_sticks_out(page, server):
    """In the dark and on a phone the page is as wide as the window, and the chart is there."""
    open_page(page, server, PAGE)
    page.get_by_role("img", name="In float32 the log of softmax").scroll_into_view_if_needed()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"]


def test_the_section_is_one_click_away(page, server):
    """The part that shows where floating point breaks opens at a click, and Back leaves it."""
    open_page(page, server, "/check")
    heading = page.get_by_role("heading", name="Where floating point breaks")
    expect(heading).to_have_count(0)
    rerun(page, page.get_by_role("radio", name="Where floating point breaks").click)
    expect(heading).to_be_in_viewport()
    expect(page).to_have_url(f"{server}/check?part=floats")
    page.go_back()
    expect(heading).to_have_count(0)


@pytest.mark.parametrize("page", [MOBILE], indirect=True)
def test_the_verdicts_fit_a_phone(page, server):
    """On a phone no number of torch's is out of sight beside the steps."""
    open_page(page, server, "/check?dtype=float16")
    box = page.get_by_role("region", name="Every step")
    wide, room = box.evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= room
