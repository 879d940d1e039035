"""The pages fit every screen, light and dark, and their formulas can be drawn.

Each page's picture on each screen is left in `.screenshots/`, for people to look at.
"""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import DARK, MOBILE, open_page

SCREENS = {
    "phone": MOBILE,
    "dark phone": MOBILE | DARK,
    "tablet": {"viewport": {"width": 768, "height": 1024}},
    "desk": {"viewport": {"width": 1440, "height": 900}},
}
EACH = {"dark phone": 3, "tablet": 3, "desk": 2}  # the phone sees every path, these every so many
PATHS = (
    "/",
    "/steps?preset=plain_batch&step=probs",
    "/steps?preset=soft_smoothing&step=weighted_terms&row=1",
    "/steps?preset=max_over_count&step=mean_loss",
    "/steps?preset=pixels_log&step=gradient&row=3",
    "/steps?preset=empty_batch",
    "/reductions?preset=padding",
    "/check?preset=one_over_count&dtype=float16",
    "/mistake?answer=0.6662",
    "/mistake?answer=nan&target=-100,-100&logits=1,2,3;4,5,6",
    "/mistake?answer=RuntimeError%3A+expected+scalar+type+Float+but+found+Double",
    "/mistake?loss=bce&holds=probs&input=0.9,0.1,0.2,0.8&target=1,0,0,1&answer=0.28533",
    "/practice?mode=solve&topic=smoothing&seed=4",
    "/practice?mode=complete&topic=gradient&predict=1",
    "/practice?topic=stability&seed=77",
    "/steps?logits=1,2;3,x&target=0,1&weight=12345678901234567890&colour=red",
    "/placement?preset=weight_outside&shift=10",
    "/placement?preset=soft_smoothing&shift=-3.5&truth=0.7,0.2,0.1&world=split",
    "/placement?preset=empty_batch",
    "/choose?counts=1016,12852,12888,3380,296&scheme=cost",
    "/choose?counts=900,0,3",
    "/choose?counts=240,120,40&images=60,40,0;60,40,0;60,40,0;60,0,40&scheme=median_frequency",
    "/lab",
    "/lab?data=three&runs=1&model=straight",
    "/lab?data=own",
    "/lab?device=cuda:7&data=cancer",
    "/targets?preset=heavy_smoothing",
    "/targets?part=weights&preset=smoothing_surprise",
    "/targets?part=kinds&preset=soft_weights",
    "/targets?part=ignored&preset=padding&ignored=0",
    "/targets?part=pixels&mask=24B12A3C81-",
    "/targets?part=axes&preset=tokens_last",
    "/gradient",
    "/gradient?preset=soft_weights&row=1",
    "/gradient?preset=padding&row=4&descent_steps=50&rate=20",
    "/gradient?preset=empty_batch",
    "/check?part=floats&offset=89&dtype=float32",
    "/check?part=floats&offset=10000&dtype=float16",
    "/teach",
    "/teach?lesson=practice&mode=complete&theme=dark&height=480&base=https://loss.example.edu",
    "/teach?part=sheet&items=3&paper=letter",
    "/teach?part=code&preset=empty_batch",
    "/teach?part=class",
    "/steps?embed=true&preset=plain_batch&step=mean_loss",
    "/steps?present=1&preset=max_over_count&step=probs",
    "/steps?predict=1&blank=losses&hide=picture,torch",
    "/?lang=de",
    "/steps?lang=de&decimal=comma&preset=soft_smoothing&step=weighted_terms",
    "/reductions?lang=de&preset=padding",
    "/mistake?lang=de&answer=0.6662",
)


PICTURES = Path(__file__).parents[2] / ".screenshots"


@pytest.mark.parametrize("page", SCREENS.values(), ids=SCREENS, indirect=True)
def test_no_sideways_scrolling(page, server, request):
    """No page is wider than the screen, from 360 pixels on, and no formula is an error.

    Narrow is what breaks a page, so the phone sees all paths and the other screens some of each.
    """
    screen = request.node.callspec.id
    for path in PATHS[:: EACH.get(screen, 1)]:
        open_page(page, server, path)
        if "&step=" in path:
            page.locator(".wce-ledger table").first.wait_for()
        wide, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
        assert wide <= room, path
        # Streamlit scrolls a box of its own, so the page itself never looks too wide.
        main = "e => [e.scrollWidth, e.clientWidth]"
        wide, room = page.get_by_test_id("stMain").evaluate(main)
        assert wide <= room, path
        assert page.locator(".katex-error").count() == 0, path
        name = re.sub(r"\W+", "-", path).strip("-")[:60] or "start"
        page.screenshot(path=PICTURES / f"{screen.replace(' ', '-')}-{name}.png")


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
