"""Practice by keyboard alone, in a real browser: watch, complete, solve, and hand in."""

import re

import pytest

from ce_core.practice import RUNGS, blanks, item, judge, read_code
from tests.browser.conftest import DARK, MOBILE, open_page, rerun, settle
from tests.test_practice_page import exercise, right

SEED = 3
LINK = f"/practice?seed={SEED}"

FOCUSED = """() => {
  let one = document.activeElement;
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return [one.getAttribute('aria-label') ?? one.textContent ?? '', one.value ?? '',
    one.selectionStart ?? 0];
}"""
TABS = 120  # more than any page has stops


def sheet(page):
    """The exercise."""
    found = page.locator(".wce-practice")
    found.locator(".given").wait_for()
    return found


def focused(page):
    """The name of what has the focus."""
    return page.evaluate(FOCUSED)[0]


def tab_to(page, pattern, key="Tab"):
    """Press Tab until the focus is on something of that name."""
    for _ in range(TABS):
        if re.search(pattern, focused(page)):
            return
        page.keyboard.press(key)
    raise AssertionError(f"Tab does not come to {pattern}")


def field(page, cell):
    """The field of a cell."""
    return sheet(page).locator(f'input[data-cell="{cell}"]')


def fill(page, text):
    """Type into the field in focus and press Enter, which is judged before this returns."""
    rerun(page, lambda: (page.keyboard.type(text), page.keyboard.press("Enter")))


def verdict(page, cell):
    """The icon and the word under a field."""
    return field(page, cell).locator("xpath=following-sibling::span").inner_text()


def spoken(page):
    """What the exercise says to a screen reader."""
    return sheet(page).locator("[role=status]").text_content()


def test_watch_complete_solve(page, server):
    """Without a mouse one item is watched, completed and solved, and its code can be read."""
    open_page(page, server, LINK)
    assert sheet(page).locator("input").count() == 0
    for mode, invitation in (("complete", "Now you: complete it"), ("solve", "Now you: solve it")):
        tab_to(page, invitation)
        rerun(page, lambda: page.keyboard.press("Enter"))
        assert f"mode={mode}" in page.url
        one = exercise(mode=mode)
        for number, cell in enumerate(one.blanks):
            assert page.evaluate(FOCUSED)[:2] == [
                field(page, cell).get_attribute("aria-label"),
                "",
            ]
            fill(page, right(one, cell))
            assert verdict(page, cell) == "✓ correct"
            assert "Read as" in spoken(page), number
        assert spoken(page).endswith("The list of your steps stands below.")
        code = page.get_by_test_id("stCode").inner_text().strip()
        report = read_code(code)
        assert (report.mode, report.done, report.total) == (mode, *[len(one.blanks)] * 2)
    assert page.get_by_role("heading", name="Your steps").count() == 1
    assert sheet(page).locator("[data-part=next]").count() == 0


def test_slip_early_follows_later(page, server):
    """After an early slip the later numbers, right from it, are said to follow; so is a known slip."""
    open_page(page, server, f"{LINK}&mode=complete&blank=sum_loss,denominator,mean_loss")
    one = exercise(mode="complete", steps=("sum_loss", "denominator", "mean_loss"))
    tab_to(page, "^Sum of the losses")
    total, divisor = (float(one.item.trace[key].rows) for key in ("sum_loss", "denominator"))
    fill(page, f"{total + 3:.4f}")
    assert "not yet" in verdict(page, "sum_loss//")
    fill(page, right(one, "denominator//"))
    fill(page, f"{(total + 3) / divisor:.4f}")
    assert verdict(page, "mean_loss//") == "↳ follows"
    # divided by the number of samples
    count = len(one.item.trace["losses"].rows)
    typed = {"sum_loss//": right(one, "sum_loss//"), "denominator//": right(one, "denominator//")}
    wrong = f"{total / count:.4f}"
    assert judge(one.item, typed | {"mean_loss//": wrong}, "mean_loss//").verdict == "mistake"
    for cell, text in (("sum_loss//", typed["sum_loss//"]), ("mean_loss//", wrong)):
        tab_to(page, f"^{field(page, cell).get_attribute('aria-label')[:12]}", "Shift+Tab")
        page.keyboard.press("Control+a")
        fill(page, text)
        if cell == "sum_loss//":
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            page.keyboard.press("Enter")
    assert verdict(page, "mean_loss//") == "! known slip"
    assert "number of samples" in spoken(page)


def test_hints_and_what_cannot_be_read(page, server):
    """A text that is no number is answered with what to type; four hints lead to the value."""
    open_page(page, server, f"{LINK}&mode=solve")
    one = exercise()
    first = one.blanks[0]
    tab_to(page, "^Log-softmax, row 0, class A")
    fill(page, "a lot")
    assert verdict(page, first) == "? no number"
    assert "is not a number. Type digits" in spoken(page)
    assert field(page, first).get_attribute("aria-invalid") == "true"
    tab_to(page, "^Log-softmax, row 0, class A", "Shift+Tab")
    step = sheet(page).locator(".step").first
    for rung in range(1, RUNGS + 1):
        rerun(page, lambda key="Enter" if rung == 2 else "Control+Enter": page.keyboard.press(key))
        assert step.locator(".hints li").count() == rung
        assert f"Hint {rung}" in spoken(page)
        if rung == 1:  # the second by the button, the others from the field
            tab_to(page, "^Next hint for row 0, class A")
        if rung == 2:
            tab_to(page, "^Log-softmax, row 0, class A", "Shift+Tab")
    assert step.locator(".hints math").count() == 2
    assert f"It is {right(one, first)}." in step.locator(".hints").inner_text()
    assert step.get_by_role("button", name="All hints for row 0, class A").count() == 1
    assert focused(page).startswith("Log-softmax, row 0, class A")


def test_focus_and_text_survive(page, server):
    """While an answer is judged the person types on: focus, caret and text stay."""
    open_page(page, server, f"{LINK}&mode=solve")
    one = exercise()
    tab_to(page, "^Log-softmax, row 0, class A")
    page.keyboard.type(right(one, one.blanks[0]))
    page.keyboard.press("Enter")
    page.keyboard.type("-1r.5")  # a letter is no shortcut here
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(1000)
    settle(page)
    assert verdict(page, one.blanks[0]) == "✓ correct"
    label, value, caret = page.evaluate(FOCUSED)
    assert (label.split(",")[2], value, caret) == (" class B", "-1r.5", 4)


def test_numbers_wait_for_the_fields_before_them(page, server):
    """A number made from an empty field is not shown until something stands in that field."""
    open_page(page, server, f"{LINK}&mode=complete&blank=losses")
    one = exercise(mode="complete", steps=("losses",))
    later = sheet(page).locator(".step:last-child td.number")
    assert later.inner_text().startswith("…")
    tab_to(page, "^Weighted loss of each sample, row 0")
    for _ in one.blanks:
        fill(page, "1")
    assert later.inner_text() == right(one, "mean_loss//")


def test_guess_first(page, server):
    """The question is answered by keyboard, and the focus goes on to the steps."""
    open_page(page, server, f"{LINK}&predict=1&mode=solve")
    asked = item(SEED, "weighted_mean")
    assert sheet(page).locator(".step").count() == 0
    page.get_by_role("radio", name=asked.options[0]).focus()
    page.keyboard.press("Space")
    tab_to(page, "^This is my guess")
    rerun(page, lambda: page.keyboard.press("Enter"))
    text = page.get_by_test_id("stMain").inner_text()
    assert asked.options[0] in text
    assert asked.reason in text
    assert focused(page).startswith("Log-softmax, row 0, class A")


def test_link_brings_the_same_item(new_page, server):
    """The address of one browser shows another the same item with the same blanks, empty."""
    one, other = new_page(), new_page()
    query = f"{LINK}&topic=gradient&mode=complete&blank=share"
    open_page(one, server, query)
    tab_to(one, "^Share of the mean")
    fill(one, "0.5")
    rerun(one, lambda: one.get_by_role("button", name="Another item").press("Enter"))
    assert f"seed={SEED + 1}" in one.url
    open_page(other, server, one.url.removeprefix(server))
    given = [sheet(page).locator(".given").inner_text() for page in (one, other)]
    assert given[0] == given[1]
    fields = other.locator(".wce-practice input")
    names = fields.evaluate_all("all => all.map(one => one.dataset.cell)")
    assert tuple(names) == blanks(item(SEED + 1, "gradient"), "complete", ("share",))
    assert fields.evaluate_all("all => all.map(one => one.value).join('')") == ""


@pytest.mark.parametrize(
    "page", [MOBILE, MOBILE | DARK, {}, DARK], indirect=True, ids=["phone", "dark", "desk", "night"]
)
def test_all_fields_fit(page, server):
    """Four classes of fields fit beside each other on a phone and on a desk, nothing is cut off."""
    open_page(page, server, "/practice?topic=smoothing&seed=2&mode=solve")
    assert sheet(page).locator(".step").first.locator("thead th").count() == 4
    for box in sheet(page).locator(".sheet").all():
        wide, room = box.evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert wide <= room
    wide, room = page.get_by_test_id("stMain").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= room


def test_embedded(page, server):
    """In another page the exercise stands without menu, title or controls, and can be solved."""
    open_page(page, server, f"{LINK}&mode=complete&blank=mean_loss&embed=true")
    assert page.get_by_role("button", name="Another item").count() == 0
    assert page.get_by_role("link", name="Steps").count() == 0
    one = exercise(mode="complete", steps=("mean_loss",))
    tab_to(page, "^Mean loss")
    fill(page, right(one, "mean_loss//"))
    assert page.get_by_test_id("stCode").count() == 1
