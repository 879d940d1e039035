"""The Gradient page in a real browser: the mirror, the nudge, the steps down, and their links."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from tests.browser.conftest import DARK, MOBILE, open_page, rerun

PAGE = "/gradient"
THREE = "/gradient?logits=2,1,0.1;0.5,2.5,0.3;1.2,0.4,3&target=0,2,2&weight=1,2,5"


def query(page):
    """The link's parameters."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def bars(page, part):
    """The boxes of the mirror's bars, a column per class."""
    found = page.locator(f".wce-mirror > div > .wce-plot-slots{part} .wce-plot-bar")
    return [bar.bounding_box() for bar in found.all()]


def test_mirror(page, server):
    """Under each class's probability hangs or stands its push, in the same column; the gradient of
    the target stands up and the others hang down."""
    open_page(page, server, THREE)
    picture = page.get_by_role(
        "img", name="Row 0. A: probability 0.6590, target 1, gradient −0.0310"
    )
    expect(picture).to_have_count(1)
    columns = [box.bounding_box() for box in page.locator(".wce-mirror > div").all()]
    pushes = bars(page, ".wce-down")
    for column, push in zip(columns, pushes, strict=True):
        assert column["x"] <= push["x"]
        assert push["x"] + push["width"] <= column["x"] + column["width"] + 1
    line = page.locator(".wce-down .wce-plot-zero").first.bounding_box()["y"]
    ups = [push["y"] + push["height"] / 2 < line for push in pushes]
    assert ups == [True, False, False]
    # −0.0310, 0.0220, 0.0090: as long as the numbers
    lengths = [push["height"] / pushes[0]["height"] for push in pushes]
    for length, value in zip(lengths, (0.0310, 0.0220, 0.0090), strict=True):
        assert abs(length - value / 0.0310) < 0.04


def test_steps_and_link(page, server):
    """One step, ten steps, start again: the sentence and the link follow, and Back goes back."""
    open_page(page, server, PAGE)
    expect(page.get_by_text("In 5 steps the loss goes from 1.7529 to 0.2663.")).to_have_count(1)
    rerun(page, page.get_by_role("button", name="One step").click)
    assert query(page)["descent_steps"] == "6"
    rerun(page, page.get_by_role("button", name="Ten steps").click)
    assert query(page)["descent_steps"] == "16"
    rerun(page, page.go_back)
    assert query(page)["descent_steps"] == "6"
    expect(page.get_by_text("In 6 steps the loss goes from 1.7529")).to_have_count(1)
    rerun(page, page.get_by_role("button", name="Start again").click)
    expect(page.get_by_text("No step yet: the loss is 1.7529.")).to_have_count(1)


def test_nudge(page, server):
    """A tenth of h leaves a hundredth of the difference, and the link holds h."""
    open_page(page, server, PAGE)
    table = page.get_by_role("region", name="Class B of row 0")
    assert "−7.17e−7" in table.inner_text()
    rerun(page, page.get_by_role("radio", name="0.001", exact=True).click)
    assert "−7.17e−9" in table.inner_text()
    assert query(page)["nudge"] == "0.001"


def test_class_is_shared(page, server):
    """A class chosen for the nudge is the class of the mirror and of the weight as well."""
    open_page(page, server, PAGE)
    boxes = page.get_by_role("combobox", name="Class")
    expect(boxes).to_have_count(3)
    expect(page.get_by_role("slider")).to_have_count(3)  # what comes later would shut the list
    boxes.nth(1).scroll_into_view_if_needed()
    option = page.get_by_role("option", name="A", exact=True)

    def choose():
        for patience in (5_000, 5_000, 30_000):  # torch's arrival draws the page and shuts a list
            boxes.nth(1).press("ArrowDown")
            try:
                option.click(timeout=patience)
            except PlaywrightTimeout:
                continue
            return

    rerun(page, choose)
    assert query(page)["class"] == "0"
    for k in range(3):
        expect(boxes.nth(k)).to_have_value("A")


def test_autograd(page, server):
    """Once torch is imported the page shows that autograd agrees, and the code that asked it."""
    open_page(page, server, PAGE)
    expect(page.get_by_text("✓ agrees")).to_have_count(1)
    assert "logits.requires_grad_()" in page.locator(".stCode").last.inner_text()


@pytest.mark.parametrize("page", [MOBILE, MOBILE | DARK], indirect=True, ids=["light", "dark"])
def test_phone(page, server):
    """On a phone nothing of the page lies beyond its edge; wide tables scroll in their places."""
    open_page(page, server, THREE + "&label_smoothing=0.1")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate(
        "[...document.querySelectorAll('[data-testid=stMain] .wce-lines, .wce-mirror')]"
        ".every(wide => wide.closest('.wce-scroll').getBoundingClientRect().right <= 360)"
    )
