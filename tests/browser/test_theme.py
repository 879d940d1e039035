"""The colours as the browser draws them: the theme's, in charts too, and at once after a switch."""

import numpy as np
import pytest

from ce_core import Case
from tests.browser.conftest import DARK as ON_DARK
from tests.browser.conftest import open_page
from tests.test_palette import TEXT, contrast, over
from ui import link
from ui.palette import CONCEPT, DARK, LIGHT
from ui.view import View

ROWS = np.random.default_rng(0).normal(size=(80, 2)).round(2)  # enough for a histogram
MANY = link.address("/steps", View(Case(ROWS, np.arange(80) % 2), ()))
COLOUR = """element => {
    let opacity = 1;
    for (let one = element; one; one = one.parentElement) opacity *= getComputedStyle(one).opacity;
    const pen = document.createElement("canvas").getContext("2d");
    pen.fillStyle = getComputedStyle(element).color;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, opacity * alpha / 255];
}"""


def rgb(colour):
    """The colour as a browser says it: "rgb(112, 26, 0)"."""
    return f"rgb({', '.join(str(int(colour[k : k + 2], 16)) for k in (1, 3, 5))})"


def seen(page, selector, ground):
    """The colour of an element's text as it is seen on the ground, "#RRGGBB"."""
    red, green, blue, share = page.locator(selector).last.evaluate(COLOUR)
    return over(f"#{red:02X}{green:02X}{blue:02X}", ground, share)


@pytest.mark.parametrize(
    ("page", "look"),
    [pytest.param({}, LIGHT, id="light"), pytest.param(ON_DARK, DARK, id="dark")],
    indirect=["page"],
)
def test_captions(page, server, look):
    """A caption and the links in it can be read."""
    open_page(page, server, "/steps")
    caption = '.stMainBlockContainer [data-testid="stCaptionContainer"]'
    for part in (f"{caption} p", f"{caption} p a:not([tabindex])"):
        assert contrast(seen(page, part, look.page), look.page) >= TEXT


def test_chart_follows_the_theme(page, server):
    """The histogram has the loss's colour and the theme's text, also right after a switch."""
    open_page(page, server, MANY)
    for look in (LIGHT, DARK, LIGHT):
        page.emulate_media(color_scheme=look.key)
        for part, colour in {
            ".bars path": CONCEPT["loss"].colour(dark=look.dark),
            ".xtick text": look.text,
            ".ytitle": look.text,
        }.items():
            page.wait_for_function(
                "([part, fill]) => getComputedStyle(document.querySelector(part)).fill === fill",
                arg=[f".stPlotlyChart {part}", rgb(colour)],
            )
