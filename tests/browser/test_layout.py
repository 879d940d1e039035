"""The pages fit every screen, light and dark, and every formula on them can be drawn."""

import pytest

from tests.browser.conftest import DARK, MOBILE, open_page, rerun

SCREENS = {
    "phone": MOBILE,
    "dark phone": MOBILE | DARK,
    "tablet": {"viewport": {"width": 768, "height": 1024}},
    "desk": {"viewport": {"width": 1440, "height": 900}},
}
PATHS = (
    "/",
    "/steps?preset=plain_batch&step=probs",
    "/steps?preset=soft_smoothing&step=weighted_terms&row=1",
    "/steps?preset=max_over_count&step=mean_loss",
    "/steps?preset=pixels_log&step=gradient&row=3",
    "/reductions?preset=padding",
    "/check?preset=one_over_count&dtype=float16",
    "/steps?logits=1,2;3,x&target=0,1&weight=12345678901234567890&colour=red",
)
# Between them, each kind of target, of smoothing and of reduction.
WALKS = ("smoothing_surprise", "soft_weights", "pixels_log")


@pytest.mark.parametrize("page", SCREENS.values(), ids=SCREENS, indirect=True)
def test_no_sideways_scrolling(page, server):
    """No page is wider than the screen, from 360 pixels on, and no formula is an error."""
    for path in PATHS:
        open_page(page, server, path)
        wide, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
        assert wide <= room, path
        # Streamlit scrolls a box of its own, so the page itself never looks too wide.
        main = "e => [e.scrollWidth, e.clientWidth]"
        wide, room = page.get_by_test_id("stMain").evaluate(main)
        assert wide <= room, path
        assert page.locator(".katex-error").count() == 0, path


@pytest.mark.parametrize("key", WALKS)
def test_formulas_are_drawn(page, server, key):
    """Every formula of a walk is drawn, none is an error message."""
    open_page(page, server, f"/steps?preset={key}")
    following = page.get_by_role("button", name="Next")
    while True:
        assert page.locator(".katex-error").count() == 0, page.url
        if following.is_disabled():
            break
        rerun(page, following.click)
    assert "step=gradient" in page.url


def test_dark_page_is_dark(new_page, server):
    """The page follows the system's colours, and the concepts' colours follow it."""
    lightness = """() => {
      const ink = getComputedStyle(document.querySelector('.wce-big')).color;
      const ground = getComputedStyle(document.querySelector('.stApp')).backgroundColor;
      return [ink, ground].map(text => text.match(/[0-9.]+/g).slice(0, 3)
        .reduce((sum, part) => sum + Number(part), 0));
    }"""
    light, dark = new_page(), new_page(**DARK)
    open_page(light, server)
    open_page(dark, server)
    ink, ground = light.evaluate(lightness)
    assert ink < ground
    ink, ground = dark.evaluate(lightness)
    assert ink > ground
