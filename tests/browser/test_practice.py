"""Practice by keyboard alone, in a real browser: watch, complete, solve, and hand in."""

import re

import pytest

from ce_core.practice import RUNGS, blanks, item, judge, read_code
from tests.browser.conftest import DARK, MOBILE, open_page, rerun, settle
from tests.test_practice_page import exercise, right, solved

SEED = 3
LINK = f"/practice?seed={SEED}"

FOCUSED = """() => {
  let one = document.activeElement;
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  return [one.getAttribute('aria-label') ?? one.textContent ?? '', one.value ?? '',
    one.selectionStart ?? 0];
}"""
# The exercise's own code, called and ended as Streamlit does when a newer call overtakes one.
OVERTAKE = """(element) => {
  const { data, tell: { work } } = element.wceSheet;
  const given = { data, parentElement: element.parentNode, setStateValue: (_, sent) => work(sent) };
  window.wceParts.practice.draw(given)();
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


@pytest.mark.parametrize("slower", [1, 8], ids=["at once", "slow machine"])
@pytest.mark.parametrize("topic", ["weighted_mean", "gradient"])
def test_typing_fast(page, server, topic, slower):
    """Numbers typed faster than they are judged all stay, are all judged, and keep the focus."""
    open_page(page, server, f"{LINK}&topic={topic}&mode=solve")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    one = exercise(topic)
    field(page, one.blanks[0]).focus()
    for cell in one.blanks:
        page.keyboard.type(right(one, cell))
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
    sheet(page).locator("xpath=self::*[not(.//input[not(@data-verdict='correct')])]").wait_for()
    fields = sheet(page).locator("input")
    assert fields.evaluate_all("all => all.map(one => one.value)") == [*solved(one).values()]
    assert focused(page) == field(page, one.blanks[-1]).get_attribute("aria-label")
    page.get_by_role("heading", name="Your steps").wait_for()


def test_overtaken_call(page, server):
    """A call of the script that is ended because a newer one has come takes nothing with it."""
    open_page(page, server, f"{LINK}&mode=solve")
    one = exercise()
    first, second, third = one.blanks[:3]
    field(page, first).focus()
    fill(page, right(one, first))
    page.keyboard.type(right(one, second))
    page.locator(".wce-practice").evaluate(OVERTAKE)
    rerun(page, lambda: page.keyboard.press("Enter"))
    page.keyboard.type("0.5")
    assert [field(page, cell).input_value() for cell in (first, second, third)] == [
        right(one, first),
        right(one, second),
        "0.5",
    ]
    assert verdict(page, second) == "✓ correct"
    assert focused(page) == field(page, third).get_attribute("aria-label")


def test_text_comes_along_to_the_next_mode(page, server):
    """A number left by a click that leads to another mode is judged when one comes back."""
    open_page(page, server, f"{LINK}&mode=complete&blank=mean_loss")
    one = exercise(mode="complete", steps=("mean_loss",))
    field(page, "mean_loss//").focus()
    page.keyboard.type(right(one, "mean_loss//"))
    rerun(page, lambda: page.get_by_role("button", name="Now you: solve it all").click())
    field(page, exercise().blanks[0]).wait_for()
    rerun(page, lambda: page.get_by_role("radio", name="Complete").click())
    field(page, "mean_loss//").wait_for()
    assert field(page, "mean_loss//").input_value() == right(one, "mean_loss//")
    assert verdict(page, "mean_loss//") == "✓ correct"


def test_long_text_is_refused(page, server):
    """A text too long for a number is not cut to one: it is refused, and stays to be mended."""
    open_page(page, server, f"{LINK}&mode=complete&blank=mean_loss")
    field(page, "mean_loss//").focus()
    for length in (50, 300):
        page.keyboard.press("Control+a")
        fill(page, "0." + "1" * length)
        assert len(field(page, "mean_loss//").input_value()) == length + 2
        assert verdict(page, "mean_loss//") == "? no number"
        assert "longer than 40 characters" in sheet(page).locator(".step .says").inner_text()


def test_numbers_wait_for_the_fields_before_them(page, server):
    """A number made from an empty field is not shown until a number stands in that field."""
    open_page(page, server, f"{LINK}&mode=complete&blank=losses")
    one = exercise(mode="complete", steps=("losses",))
    later = sheet(page).locator(".step:last-child td.number")
    assert later.inner_text().startswith("…")
    for text in ("abc", "1"):
        assert later.inner_text().startswith("…")
        field(page, one.blanks[0]).focus()
        for _ in one.blanks:
            page.keyboard.press("Control+a")
            fill(page, text)
    assert later.inner_text() == right(one, "mean_loss//")


def test_guess_first(page, server):
    """The question is answered by keyboard, the focus goes on to the steps, the reason waits."""
    open_page(page, server, f"{LINK}&predict=1&mode=complete&blank=mean_loss")
    asked = item(SEED, "weighted_mean")
    assert sheet(page).locator(".step").count() == 0
    tab_to(page, "^This is my guess")
    rerun(page, lambda: page.keyboard.press("Enter"))
    assert "Choose one first" in page.get_by_role("alert").inner_text()
    page.get_by_role("radio", name=asked.options[0]).focus()
    page.keyboard.press("Space")
    tab_to(page, "^This is my guess")
    rerun(page, lambda: page.keyboard.press("Enter"))
    text = page.get_by_test_id("stMain").inner_text()
    assert asked.options[0] in text
    assert asked.reason not in text
    assert focused(page).startswith("Mean loss")
    fill(page, "1")
    assert asked.reason in page.get_by_test_id("stMain").inner_text()


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
    first = sheet(page).locator("input").first
    first.fill("-12.3456")
    wide, room = first.evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= room
    wide, room = page.get_by_test_id("stMain").evaluate("e => [e.scrollWidth, e.clientWidth]")
    assert wide <= room


def test_weights_stand_under_their_names(page, server):
    """Each class weight ends where the name of its class ends, the first one too."""
    open_page(page, server, "/practice?topic=gradient&seed=7&mode=solve")
    table = sheet(page).locator(".given table", has_text="Class weights")
    edges = "all => all.map(one => one.getBoundingClientRect().right - getComputedStyle(one).paddingRight.slice(0, -2))"
    assert table.locator("th").evaluate_all(edges) == table.locator("td").evaluate_all(edges)
    assert set(
        table.locator("td").evaluate_all("all => all.map(e => getComputedStyle(e).textAlign)")
    ) == {"end"}


def test_embedded(page, server):
    """In another page the exercise stands without menu, title or controls, and can be solved."""
    open_page(page, server, f"{LINK}&mode=complete&blank=mean_loss&embed=true")
    assert page.get_by_role("button", name="Another item").count() == 0
    assert page.get_by_role("link", name="Steps").count() == 0
    one = exercise(mode="complete", steps=("mean_loss",))
    tab_to(page, "^Mean loss")
    fill(page, right(one, "mean_loss//"))
    assert page.get_by_test_id("stCode").count() == 1
