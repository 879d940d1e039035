"""The page in another language or with another decimal sign, and shown to a room."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MOBILE, open_page, rerun

LANG = "document.documentElement.lang"


def button(page, name):
    """A language, a decimal sign, or the way to large type."""
    return page.get_by_role("button", name=name, exact=True)


def test_switch(page, server):
    """The switch turns the page, its title, its `lang` and the link; Back turns them back."""
    open_page(page, server, "/steps")
    expect(button(page, "English")).to_have_attribute("aria-pressed", "true")
    rerun(page, button(page, "Deutsch").click)
    expect(page.get_by_role("heading", level=1)).to_have_text("Von den Logits zum Loss")
    expect(page).to_have_title("Schritte: gewichtete Kreuzentropie")
    expect(page).to_have_url(f"{server}/steps?lang=de")
    assert page.evaluate(LANG) == "de"
    expect(button(page, "English")).to_have_attribute("lang", "en")
    expect(button(page, "Deutsch")).to_be_focused()
    rerun(page, button(page, "0,36").click)
    expect(page.get_by_test_id("stMain")).to_contain_text("Gewichte 0,4; 0,36")
    expect(page).to_have_url(f"{server}/steps?lang=de&decimal=comma")
    rerun(page, page.go_back)
    expect(page.get_by_test_id("stMain")).to_contain_text("Gewichte 0.4, 0.36")
    rerun(page, page.go_back)
    assert page.evaluate(LANG) == "en"


def test_page_that_is_not_translated(page, server):
    """It is English by its `lang`, its menu German by its own; the choice goes on to the next."""
    open_page(page, server, "/teach?lang=de")
    assert page.evaluate(LANG) == "en"
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("lang", "de")
    expect(page.locator("p[lang=de]").filter(has_text="nur auf Englisch")).to_be_visible()
    rerun(page, page.get_by_role("link", name="Schritte").click)
    assert page.evaluate(LANG) == "de"


@pytest.mark.parametrize("page", [{"locale": "de-DE"}], indirect=True)
def test_offer(page, server):
    """A German browser is offered German once, and not again after a language was chosen."""
    open_page(page, server, "/")
    rerun(page, button(page, "Auf Deutsch lesen").click)
    assert page.evaluate(LANG) == "de"
    rerun(page, button(page, "English").click)
    expect(button(page, "Auf Deutsch lesen")).to_have_count(0)


@pytest.mark.parametrize("page", [MOBILE], indirect=True)
def test_on_a_phone(page, server):
    """On a phone nothing sticks out, and the switch can be hit."""
    open_page(page, server, "/steps?lang=de&decimal=comma")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_test_id("stExpandSidebarButton").click()
    for name in ("English", "Deutsch", "0.36", "0,36"):
        box = button(page, name).bounding_box()
        assert min(box["height"], box["width"]) >= 24


def test_shown_to_a_room(page, server):
    """A link leads to large type without menu and numbers, and another one back."""
    open_page(page, server, "/steps")
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    before = page.evaluate(size)
    rerun(page, button(page, "Present").click)
    expect(page).to_have_url(f"{server}/steps?present=1")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stExpander")).to_have_count(0)
    assert page.evaluate(size) == 1.5 * before
    rerun(page, button(page, "Leave presenter mode").click)
    expect(page).to_have_url(f"{server}/steps")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    assert page.evaluate(size) == before


def test_nothing_seen_takes_no_room(page, server):
    """What tells the page its language adds no gap to it."""
    open_page(page, server, "/steps?embed=true")
    assert page.locator(".st-key-wce-outermost").bounding_box() is None
    expect(page.locator(".wce-way-out a")).to_have_attribute("href", f"{server}/steps")


def test_smoothing_with_a_comma(page, server):
    """0,1 typed for the smoothing is a tenth, not one."""
    open_page(page, server, "/steps")
    rerun(page, page.get_by_test_id("stExpander").first.locator("summary").click)
    field = page.get_by_role("textbox", name="label_smoothing")
    field.fill("0,1")
    rerun(page, lambda: field.press("Enter"))
    expect(page).to_have_url(f"{server}/steps?label_smoothing=0.1")
