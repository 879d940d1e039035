"""Where the weight goes in a real browser: the slider that lifts all logits, and the line."""

import re

import pytest

from tests.browser.conftest import DARK, MOBILE, open_page, rerun

PAGE = "/placement?preset=weight_outside"  # its rows weigh 1 and 3; the mean is of two rows


def totals(page):
    """The three totals, left to right."""
    return [one.inner_text() for one in page.locator(".wce-placement-total").all()]


def lift(page):
    """The slider that lifts all logits."""
    return page.get_by_role("slider", name="Added to every logit")


def number(page, name):
    """The field beside a slider."""
    return page.get_by_role("textbox", name=f"{name}, as a number")


def type_in(page, name, text):
    """Type a number beside a slider."""
    field = number(page, name)
    field.fill(text)
    rerun(page, lambda: field.press("Enter"))


def test_only_the_second_loss_moves(page, server):
    """All logits plus 10: two totals stay, the third falls by 10; the link says so, Back undoes."""
    open_page(page, server, PAGE)
    before = totals(page)
    assert before == ["1.1718", "0.0557", "1.0063"]
    type_in(page, "Added to every logit", "10")
    assert totals(page) == ["1.1718", "−9.9443", "1.0063"]
    assert "shift=10" in page.url
    rerun(page, page.go_back)
    assert totals(page) == before
    assert "shift" not in page.url


def test_only_what_is_wider_scrolls(page, server):
    """With room for them, neither the bars nor the formulas have anything left to scroll to."""
    page.set_viewport_size({"width": 720, "height": 900})
    open_page(page, server, f"{PAGE}&shift=10")
    page.locator(".st-key-placement-losses .katex-display").nth(2).wait_for()
    scrolling = page.get_by_test_id("stMain").evaluate(
        "main => [...main.querySelectorAll('.wce-scroll, .katex-display')].filter("
        "e => getComputedStyle(e).overflowX !== 'visible'"
        " && (e.scrollWidth > e.clientWidth || e.matches('.katex-display'))"
        ").map(e => e.className)"
    )
    assert scrolling == []


def test_page_follows_the_drag(page, server):
    """While the slider is dragged the totals follow; the link waits until it is let go."""
    open_page(page, server, PAGE)
    box = lift(page).bounding_box()
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, middle)
    page.mouse.down()
    rerun(page, lambda: page.mouse.move(box["x"] + 0.8 * box["width"], middle, steps=4))
    page.wait_for_function(
        "document.querySelectorAll('.wce-placement-total')[1].innerText.startsWith('−')"
    )
    assert "shift" not in page.url
    page.mouse.up()
    page.wait_for_url(re.compile("shift="))
    assert totals(page)[0] == "1.1718"


def test_keys_move_it(page, server):
    """An arrow key moves the slider by half, and the page with it."""
    open_page(page, server, PAGE)
    rerun(page, lambda: lift(page).press("ArrowRight"))
    page.wait_for_url(re.compile(r"shift=0\.5"))
    # Half of (1 - 3) 0.5: 0.0557 - 0.5
    assert totals(page) == ["1.1718", "−0.4443", "1.0063"]


def test_truth_is_typed(page, server):
    """Typed probabilities are in the bars and in the link; nonsense stays in the field, named."""
    open_page(page, server, PAGE)
    field = page.get_by_role("textbox", name="True probabilities p")
    field.fill("0.7, 0.2, 0.1")
    rerun(page, lambda: field.press("Enter"))
    assert "truth=0.7%2C0.2%2C0.1" in page.url or "truth=0.7,0.2,0.1" in page.url
    drawn = page.get_by_role("img", name=re.compile("^What the model says"))
    assert "0.4667" in drawn.inner_text()  # 0.7 · 1 / (0.7 · 1 + 0.2 · 3 + 0.1 · 2)
    field.fill("0.7, cat")
    rerun(page, lambda: field.press("Enter"))
    assert "'cat' is not a number" in page.get_by_role("alert").inner_text()
    assert field.input_value() == "0.7, cat"


def test_boundary_moves_with_the_weight(page, server):
    """A miss that costs 9 moves the boundary from 2.0986 to 1; at 1 it stays where it was."""
    open_page(page, server, PAGE)
    answers = page.get_by_label("What the weight moves")
    assert "2.0986" in answers.inner_text()
    picture = page.get_by_role("img", name=re.compile("^The densities"))
    assert "from 2.0986 to 1 with" in picture.get_attribute("aria-label")
    type_in(page, "Cost of a miss, and weight", "1")
    assert "from 2.0986 to 2.0986 with" in picture.get_attribute("aria-label")
    assert "miss=1" in page.url


def test_world_is_switched(page, server):
    """The switch changes the fitted lines, and the link keeps it."""
    open_page(page, server, PAGE)
    told = page.get_by_text("The slope goes from")
    assert "0.4494" in told.inner_text()
    rerun(page, lambda: page.get_by_role("radio", name="Equal spreads").click())
    page.get_by_text("The slope stays 2").wait_for()
    assert "world=line" in page.url
    open_page(page, server, page.url.removeprefix(server))
    page.get_by_text("The slope stays 2").wait_for()


@pytest.mark.parametrize("page", [MOBILE, MOBILE | DARK], ids=["light", "dark"], indirect=True)
def test_phone(page, server):
    """On a phone the three losses stand below each other, and nothing is wider than the screen."""
    open_page(page, server, PAGE + "&shift=-7.5&world=split")
    boxes = [one.bounding_box() for one in page.locator(".wce-placement-total").all()]
    assert boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"]
    wide, room = page.get_by_test_id("stMain").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= room
    assert page.locator(".katex-error").count() == 0
