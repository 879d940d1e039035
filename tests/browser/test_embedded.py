"""Inside a course page a page shows its lesson, and none of the ways to bring in other numbers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_page

CASE = "logits=2,1,0.1;0.5,2.5,0.3;1.2,0.4,3&target=0,2,2&weight=1,2,5&classes=cat,dog,owl"
LESSONS = {  # what each page must still show
    "reductions": "1.2356",
    "targets": "What to look at",
    "gradient": "Where is each logit pushed?",
    "check": "✓ agrees",
    "placement": "Outside the log",
    "choose": "2 classes, 50,000 samples",
    "lab": "Of 1,000 samples 50 are",
}
STORY = "Someone averaged the two weighted losses"


def inputs(page):
    """The ways to bring in other numbers: the case's, the counts', the lab's; and the link."""
    return page.locator(
        "[data-testid=stExpander]:has-text('Numbers:'), [data-testid=stPopover], textarea, "
        "[data-testid=stFileUploader], [data-testid=stMain] [data-testid=stButtonGroup]"
        ":has-text('Two moons')"
    )


@pytest.mark.parametrize("name", LESSONS)
def test_lesson_and_nothing_else(page, server, name):
    """With embed=true the lesson is there, and its title is heard alone; what brings in
    numbers, the link and the menu are not. Without it they are."""
    open_page(page, server, f"/{name}?{CASE}&embed=true")
    main = page.get_by_test_id("stMain")
    expect(main.get_by_text(LESSONS[name]).filter(visible=True).first).to_be_visible()
    assert inputs(page).count() == 0
    assert page.get_by_test_id("stSidebar").count() == 0
    assert page.locator("h1.wce-spoken").count() == 1
    open_page(page, server, f"/{name}?{CASE}")
    expect(main.get_by_text(LESSONS[name]).filter(visible=True).first).to_be_visible()
    assert inputs(page).count() > 0


@pytest.mark.parametrize("name", [name for name in LESSONS if name != "lab"])
def test_no_story(page, server, name):
    """An example's story is the course page's to tell."""
    open_page(page, server, f"/{name}?preset=weighted_mean&embed=true")
    assert STORY not in page.get_by_test_id("stMain").inner_text()


SIZES = ((800, 640), (360, 640))
TALLEST_GAP = 24  # above the first thing to be seen
# The lowest edge of all that must be on the first screen of a frame 640 px high.
HEARTS = {
    "practice": "td, .wce-sheet td",
    "check": ".wce-check tr:nth-child(3)",
}
TOP = """() => {
  const seen = document.createTreeWalker(document.querySelector('.stMainBlockContainer'), 4);
  for (let text = seen.nextNode(); text; text = seen.nextNode()) {
    if (!text.data.trim() || !text.parentElement.checkVisibility()) continue;
    if (text.parentElement.closest('style, .wce-spoken')) continue;
    const range = document.createRange(); range.selectNodeContents(text);
    return range.getBoundingClientRect().top;
  }
}"""
BARS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')].map(
  e => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight])"""


@pytest.mark.parametrize("name", [*LESSONS, "mistake"])
def test_one_scroll_bar(page, server, name):
    """In a frame a page begins at its top, scrolls down in one place at most and never sideways."""
    page.set_viewport_size({"width": 800, "height": 640})
    open_page(page, server, f"/{name}?{CASE}&answer=1.1505&embed=true")
    if name != "reductions":  # drawn in the browser, and looked at below
        assert 0 <= page.evaluate(TOP) < TALLEST_GAP
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        (sideways, down), (main_sideways, _) = page.evaluate(BARS)
        assert (sideways, down, main_sideways) == (0, 0, 0), (width, height)


@pytest.mark.parametrize("name", HEARTS)
def test_heart_on_the_first_screen(page, server, name):
    """What the page is about is there before anything is scrolled."""
    page.set_viewport_size({"width": 800, "height": 640})
    open_page(page, server, f"/{name}?{CASE}&embed=true")
    box = page.locator(HEARTS[name]).filter(visible=True).first.bounding_box()
    assert box["y"] + box["height"] <= 640


@pytest.mark.parametrize("path", ["", "preset=rare_class", CASE], ids=["thread", "rare", "three"])
@pytest.mark.parametrize("lang", ["en", "de"])
def test_reductions_fit(page, server, path, lang):
    """From 600 to 1200 px wide the cards and the picture stand in a frame of 480 px already;
    in one of 640 px it all fits but for a line or two."""
    open_page(page, server, f"/reductions?{path}&lang={lang}&embed=true")
    app = page.locator("[data-app=reductions]")
    app.locator("[data-card=mean] .big .n").wait_for()
    for width in (600, 800, 1200):
        for height in (480, 640):
            page.set_viewport_size({"width": width, "height": height})
            cards, plots = (app.locator(f"[data-part={name}]").bounding_box() for name in BOTH)
            assert 0 <= cards["y"] < TALLEST_GAP
            assert plots["y"] + plots["height"] <= height, (width, height)
            sideways, down = page.evaluate(BARS)[1]
            assert sideways == 0
            assert height < 640 or down < 100, (width, height)
    assert app.locator(".hint, [data-body]").filter(visible=True).count() == 0


BOTH = ("cards", "plots")


def test_folded_parts_open(page, server):
    """The guess and the batch in parts are folded away in a frame, and open in their place."""
    open_page(page, server, f"/reductions?{CASE}&embed=true")
    app = page.locator("[data-app=reductions]")
    fold = app.get_by_role("button", name="A batch in parts")
    assert fold.get_attribute("aria-expanded") == "false"
    fold.click()
    assert app.locator("[data-result=averaged]").is_visible()
    assert fold.get_attribute("aria-expanded") == "true"
    fold.press("Enter")
    assert app.locator("[data-result=averaged]").is_hidden()
