"""The targets' page in a browser: painting by mouse, by finger and by keys, ε by keys, the link."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from ce_core import run
from ce_core.targets.scene import SCENE, picture
from tests.browser.conftest import MOBILE, open_page, rerun, settle
from ui.figures import figure
from ui.targets.settings import read_mask, write_mask

PIXELS = "/targets?part=pixels"


def cell(page, row, column):
    """A pixel of the mask, counted from 0."""
    line = page.get_by_role("grid", name="Mask to paint").get_by_role("row").nth(row)
    return line.get_by_role("gridcell").nth(column)


def mean(mask):
    """The mean loss of a mask, as the page writes it."""
    return figure(float(run(picture(mask, (1, 1, 1))).answer))


def painted(places, letter):
    """The scene with some pixels painted."""
    return "".join(letter if k in places else old for k, old in enumerate(SCENE))


def asked(page):
    """The link's parameters."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def expect_mean(page, mask):
    """The page says this mask's mean loss, and its link holds the mask."""
    expect(page.get_by_test_id("stMain")).to_contain_text(f"= {mean(mask)}: all pixels")
    page.wait_for_function(
        "text => new URLSearchParams(location.search).get('mask') === text", arg=write_mask(mask)
    )


def test_paint_by_mouse(page, server):
    """A stroke of the mouse paints all on its way at once; the losses and the link follow, and Back
    undoes it."""
    open_page(page, server, PIXELS)
    page.get_by_role("radio", name="B road").check()
    cell(page, 0, 2).hover()
    page.mouse.down()
    cell(page, 0, 5).hover()
    expect(cell(page, 0, 2)).to_have_accessible_name(re.compile("row 1, column 3: B road"))
    cell(page, 0, 6).hover()
    page.mouse.up()
    expect_mean(page, painted(range(2, 7), "B"))
    cell(page, 9, 0).press("0")  # the keys act where the focus is
    mask = (
        page.get_by_role("grid")
        .get_by_role("gridcell")
        .evaluate_all("cells => cells.map(one => one.dataset.letter).join('')")
    )
    assert mask == painted(range(2, 7), "B")[:108] + "A" + SCENE[109:]
    expect_mean(page, mask)
    expect(page.get_by_role("img", name="The weighted loss of each pixel")).to_be_visible()
    page.go_back()
    settle(page)
    page.go_back()
    settle(page)
    expect(cell(page, 0, 5)).to_have_accessible_name(re.compile("A background"))


def test_paint_by_keys(page, server):
    """Arrows move over the mask with one stop for Tab; digits, Space and i paint, and are heard."""
    open_page(page, server, PIXELS)
    assert page.locator("[role=gridcell][tabindex='0']").count() == 1
    cell(page, 0, 0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(cell(page, 1, 1)).to_be_focused()
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("i")
    page.keyboard.press("End")
    page.keyboard.press(" ")  # with the brush, C car
    mask = painted([13], "B")
    mask = mask[:14] + "-" + mask[15:23] + "C" + mask[24:]
    expect_mean(page, mask)
    status = page.locator(".wce-picture").get_by_role("status")
    expect(status).to_contain_text("Painted row 2, column 12: C car. Mean loss " + mean(mask))
    expect(cell(page, 1, 11)).to_be_focused()
    assert re.search(
        r"row 2, column 3: ignored, loss 0.000$", cell(page, 1, 2).get_attribute("aria-label")
    )


def test_start_replaces_the_painting(page, server):
    """A mask to begin with takes the place of what was painted, and weights change the losses."""
    open_page(page, server, PIXELS)
    rerun(page, lambda: page.get_by_role("button", name="All background").click())
    expect(cell(page, 9, 9)).to_have_accessible_name(re.compile("A background"))
    expect_mean(page, "A" * len(SCENE))
    before = cell(page, 9, 9).get_attribute("aria-label")
    field = page.get_by_label("Weight of A background")
    field.fill("2")
    rerun(page, lambda: field.press("Enter"))
    assert cell(page, 9, 9).get_attribute("aria-label") != before


def test_link_to_a_painting(page, server):
    """A link opens the painting, the brush and the weights that it says."""
    mask = "B" * 24 + SCENE[24:]
    open_page(page, server, f"{PIXELS}&mask={write_mask(mask)}&brush=A&pixel_weight=1,1,5")
    expect(cell(page, 0, 0)).to_have_accessible_name(re.compile("B road"))
    expect(page.get_by_role("radio", name="A background")).to_be_checked()
    expect(page.get_by_label("Weight of C car")).to_have_value("5")
    assert read_mask(asked(page)["mask"]) == mask


def test_smoothing_by_keys(page, server):
    """The arrow keys move ε, the blend follows, and the link when they rest."""
    open_page(page, server, "/targets?preset=plain_batch")
    slider = page.get_by_role("slider", name="Label smoothing ε")
    slider.focus()
    rerun(page, lambda: slider.press("End"))
    expect(
        page.get_by_role("img", name="The smoothed target of row 0: A 0.25, B 0.25")
    ).to_be_visible()
    page.wait_for_function("new URLSearchParams(location.search).get('label_smoothing') === '1'")


def test_paint_with_a_finger(new_page, server):
    """On a phone a tap paints a pixel, which is large enough for a finger."""
    page = new_page(**MOBILE)
    open_page(page, server, PIXELS)
    box = cell(page, 2, 3).bounding_box()
    assert min(box["width"], box["height"]) >= 24
    cell(page, 2, 3).tap()
    expect_mean(page, painted([2 * 12 + 3], "C"))
    wide, room = page.get_by_test_id("stMain").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= room
