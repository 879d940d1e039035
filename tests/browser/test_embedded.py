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
        "[data-testid=stExpander]:has-text('Numbers: '), [data-testid=stPopover], textarea, "
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
