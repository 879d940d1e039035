"""Choose weights in a real browser: an example, a file, a slider, and the link that keeps them."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MOBILE, open_page, rerun, settle


def query(page):
    """The address's parameters."""
    return {name: texts[0] for name, texts in parse_qs(urlsplit(page.url).query).items()}


def cells(page, title):
    """The texts of a scheme's row in the first table."""
    row = page.locator(".wce-schemes").first.locator("tr", has_text=title)
    return [text.strip() for text in row.locator("td:visible").all_inner_texts()]


def test_example_to_link_and_back(page, server):
    """An example is one click; its counts and scheme are in the link, which opens the same page."""
    open_page(page, server, "/choose")
    rerun(page, page.get_by_role("tab", name="Examples").click)
    button = page.get_by_role("button", name="Five classes, largest over count")
    rerun(page, button.click)
    assert cells(page, "Largest count over count")[1:6] == [
        "13.8340",
        "1",
        "1.6589",
        "1.2140",
        "6.8956",
    ]
    assert query(page)["counts"] == "2741,37919,22858,31235,5499"
    assert query(page)["scheme"] == "largest"
    before = page.locator(".wce-schemes").first.inner_text()
    open_page(page, server, "/choose?" + urlsplit(page.url).query)
    assert page.locator(".wce-schemes").first.inner_text() == before
    rerun(page, page.get_by_role("link", name="Reductions").click)
    assert query(page)["scheme"] == "largest"


def test_file(page, server):
    """A file of labels is counted, and another column is one choice away."""
    open_page(page, server, "/choose")
    rerun(page, page.get_by_role("tab", name="Count a file of labels").click)
    rows = b"kind,target\na,cat\nb,dog\na,\nc,cat\n"
    files = [{"name": "y.csv", "mimeType": "text/csv", "buffer": rows}]
    upload = page.get_by_test_id("stFileUploaderDropzoneInput").first
    rerun(page, lambda: upload.set_input_files(files))
    page.get_by_text("Counted 3 labels of 2 classes. 1 row has no label").wait_for()
    settle(page)
    assert query(page)["counted"] == "cat,dog"
    assert cells(page, "One over the count")[1:3] == ["0.5", "1"]


def test_beta(page, server):
    """The slider moves the weights, and its place is in the link."""
    open_page(page, server, "/choose?counts=100,1000&scheme=effective")
    before = cells(page, "Effective number")
    field = page.get_by_role("textbox", name="Nines of β, as a number")
    field.fill("1")
    rerun(page, lambda: field.press("Enter"))
    assert query(page)["beta"] == "0.9"
    assert cells(page, "Effective number") != before


@pytest.mark.parametrize("page", [MOBILE], indirect=True, ids=["phone"])
def test_phone(page, server):
    """On a phone the page is no wider than the screen; wide tables scroll inside."""
    open_page(page, server, "/choose?counts=1016,12852,12888,3380,296&scheme=cost")
    wide, room = page.get_by_test_id("stMain").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= room


def test_counts_to_code(page, server):
    """Counts typed give weights and code to copy, within the first screen."""
    open_page(page, server, "/choose")
    box = page.get_by_role("textbox", name="How many samples each class has")
    box.fill("cat: 500\ndog: 100")
    rerun(page, lambda: box.press("Control+Enter"))
    code = page.get_by_text("weight = torch.tensor([0.6, 3]").first
    expect(code).to_be_in_viewport()


def test_hostile_names(page, server):
    """Names of a link are text: no picture, no link, no icon, no formula."""
    names = ["<img src=x onerror=alert(1)>", "$x$", "[a](http://b)", "www.b.com", "a@b.com"]
    open_page(page, server, f"/choose?counts=1,2,3,4,5&counted={quote(','.join(names))}")
    main = page.get_by_test_id("stMain")
    links = "a[href^='http://b'], a[href^='http://www'], a[href^=mailto]"
    assert main.locator(f"img, {links}").count() == 0
    for name in names:
        assert name in main.inner_text().replace("\u2060", "")
