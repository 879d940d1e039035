"""The live slider in a real browser: dragged, moved by keys, typed into, and gone back over."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DARK, MOBILE, open_page, rerun, settle

PAGE = "/check?part=floats&dtype=float32"
LAST = re.compile(r"[?&]offset=([^&]*)")

# How many messages the slider has sent.
SENT = "slider => slider.getRootNode().querySelector('.slide').wceSlide.sent"

# What the browser does at three presses of an arrow key.
PRESSES = """slider => {
  for (let k = 0; k < 3; k += 1) {
    slider.stepUp();
    for (const kind of ["input", "change"]) slider.dispatchEvent(new Event(kind, {bubbles: true}));
  }
}"""


def slider(page):
    """The slider itself."""
    return page.get_by_role("slider", name="Constant v added to every logit")


def field(page):
    """The field beside it."""
    return page.get_by_role("textbox", name="Constant v added to every logit, as a number")


def opened(page, server, path=PAGE):
    """The page, with the slider in sight."""
    open_page(page, server, path)
    slider(page).scroll_into_view_if_needed()
    return slider(page)


def linked(page):
    """What the address holds."""
    found = LAST.search(page.url)
    return found[1] if found else None


def type_in(page, text):
    """Type a number and press Enter."""
    field(page).fill(text)
    field(page).press("Enter")


def press(page, where):
    """Put the pointer down on the slider, at a part of its length; gives its middle line."""
    box = slider(page).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * where, box["y"] + box["height"] / 2, steps=12)


def test_dragging_moves_the_page_and_letting_go_the_link(page, server):
    """While it is held the steps follow, and the address does not; then it does."""
    opened(page, server)
    rerun(page, lambda: press(page, 0.9))
    expect(page.get_by_text("2 of 2 costs came out as inf or nan").first).to_be_visible()
    assert linked(page) is None
    held = field(page).input_value()
    page.mouse.up()
    expect(page).to_have_url(LAST)
    assert linked(page) == held.replace("−", "-")
    assert float(held) > 1_000


def test_back_goes_over_whole_moves(page, server):
    """Back goes to where the slider stood before the drag, not to a place on its way."""
    opened(page, server)
    press(page, 0.9)
    page.mouse.up()
    expect(page).to_have_url(LAST)
    settle(page)
    rerun(page, page.go_back)
    expect(field(page)).to_have_value("0")
    expect(slider(page)).to_have_value("0")
    assert linked(page) is None


def test_letting_go_is_said_once(page, server):
    """The end of a drag is one message: a second one could come in between when one goes back."""
    opened(page, server)
    rerun(page, lambda: press(page, 0.9))
    before = slider(page).evaluate(SENT)
    page.mouse.up()
    expect(page).to_have_url(LAST)
    page.wait_for_timeout(700)  # more than the pause after which keys are sent
    assert slider(page).evaluate(SENT) == before + 1


def test_keys_are_one_step_of_the_link(page, server):
    """Three presses of a key are three steps of the slider and one of the address."""
    opened(page, server)
    before = page.evaluate("history.length")
    slider(page).evaluate(PRESSES)  # at once, however busy the machine is
    expect(page).to_have_url(LAST)
    # 12 / 480 of a power of ten each: 10^0.075 - 1
    expect(field(page)).to_have_value("0.189")
    assert page.evaluate("history.length") == before + 1
    rerun(page, lambda: slider(page).press("End"))
    expect(field(page)).to_have_value("1000000")


@pytest.mark.parametrize(
    ("text", "wanted"), [("89", "89"), ("−1,5", "-1.5"), ("1e3", "1000"), (" 710 ", "710")]
)
def test_numbers_are_typed(page, server, text, wanted):
    """A decimal comma, a true minus and a power of ten are read."""
    opened(page, server)
    rerun(page, lambda: type_in(page, text))
    assert linked(page) == wanted
    expect(field(page)).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("text", ["abc", "", "1e9", "1,2,3", "nan"])
def test_what_is_no_number_stays_and_is_said(page, server, text):
    """It stays as typed, a sentence says what it must be, and the page keeps its number."""
    opened(page, server, f"{PAGE}&offset=7")
    type_in(page, text)
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("This must be a number from −1000000 to 1000000")).to_be_visible()
    expect(field(page)).to_have_value(text)
    assert linked(page) == "7"
    rerun(page, lambda: type_in(page, "8"))
    assert page.get_by_text("This must be a number").count() == 0
    assert linked(page) == "8"


def test_another_control_moves_the_slider(page, server):
    """A constant chosen beside it moves the slider and its field."""
    opened(page, server)
    rerun(
        page,
        page.get_by_role("radio", name="710").or_(page.get_by_text("710", exact=True)).first.click,
    )
    expect(field(page)).to_have_value("710")
    # log10(1 + 710) = 2.8519, and the places are 0.025 apart
    assert float(slider(page).input_value()) == pytest.approx(2.85, abs=0.013)


@pytest.mark.parametrize("page", [DARK, MOBILE], indirect=True)
def test_it_fits_and_can_be_hit(page, server):
    """On a phone nothing sticks out, and both parts are at least 24 pixels high."""
    opened(page, server)
    for part in (slider(page), field(page)):
        box = part.bounding_box()
        assert box["height"] >= 24
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]


def test_its_value_is_printed(page, server):
    """On paper stands the value, not the slider."""
    opened(page, server, f"{PAGE}&offset=89")
    page.emulate_media(media="print")
    expect(page.get_by_text("Constant v added to every logit: 89")).to_be_visible()
    expect(page.locator(".slide input").first).to_be_hidden()
