"""The links to the app's own pages: in this tab by a click, in another one if that is wanted."""

from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import DARK, MOBILE, open_page, rerun, settle

DEEP = "/steps?preset=rare_class&step=losses&row=5"
LOOKED_AT = {"preset": "rare_class", "step": "losses", "row": "5"}


def menu(page):
    """The menu beside the page."""
    return page.get_by_role("navigation", name="Pages")


def where(url):
    """The page and the query of an address."""
    parts = urlsplit(url)
    return parts.path, dict(parse_qsl(parts.query))


def test_links_are_real(page, server):
    """Each leads to its page with the case, also for who copies it or opens it elsewhere."""
    open_page(page, server, DEEP)
    links = menu(page).get_by_role("link")
    assert links.count() == 12
    found = [where(one) for one in links.evaluate_all("all => all.map(one => one.href)")]
    assert found[:2] == [("/", LOOKED_AT), ("/steps", LOOKED_AT)]
    assert all(query == LOOKED_AT for _, query in found)


def test_another_tab(page, server):
    """With Control held, a link opens another tab and leaves this one as it is."""
    open_page(page, server, DEEP)
    with page.context.expect_page() as opened:
        menu(page).get_by_role("link", name="Check").click(modifiers=["Control"])
    other = opened.value
    other.wait_for_url("**/check?**")
    assert where(other.url) == ("/check", LOOKED_AT)
    assert where(page.url) == ("/steps", LOOKED_AT)
    other.close()


def test_by_keyboard(page, server):
    """Enter on a link opens its page; the menu says which one is open, and begins at the top."""
    open_page(page, server, DEEP)
    expect(menu(page).locator("[aria-current=page]")).to_have_text("Steps")
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 400)")
    link = menu(page).get_by_role("link", name="Reductions")
    rerun(page, lambda: link.press("Enter"))
    expect(menu(page).locator("[aria-current=page]")).to_have_text("Reductions")
    expect(page.get_by_role("heading", level=1)).to_have_text("None, sum, mean")
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == 0


def test_the_menu_follows_an_edit(page, server):
    """After an edit every link leads to the new numbers."""
    open_page(page, server, DEEP)
    rerun(page, page.get_by_role("radio", name="sum").click)
    link = menu(page).get_by_role("link", name="Check")
    assert dict(parse_qsl(urlsplit(link.evaluate("a => a.href")).query))["reduction"] == "sum"


def test_on_a_phone(new_page, server):
    """The menu lies over the page there, so it goes when a page was chosen."""
    page = new_page(**(MOBILE | DARK))
    open_page(page, server, DEEP)
    page.get_by_test_id("stExpandSidebarButton").click()
    rerun(page, menu(page).get_by_role("link", name="Check").click)
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(menu(page)).not_to_be_in_viewport()
