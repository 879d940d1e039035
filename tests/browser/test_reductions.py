"""The Reductions page in a real browser: linked numbers, areas, and what is built in the page."""

from itertools import pairwise

import pytest

from ce_core import Case, run
from tests.browser.conftest import DARK, MOBILE, STILL, _runs, open_page, rerun
from ui.figures import full

PAGE = "/reductions"
THREAD = Case(logits=[[3, 4], [6, 9]], target=[1, 0], weight=[0.4, 0.36])  # what it starts with
THREE = "/reductions?logits=2,1,0.1;0.5,2.5,0.3;1.2,0.4,3&target=0,2,2&weight=1,2,5"
NARROW = {"viewport": {"width": 320, "height": 700}}
FORCED = {"forced_colors": "active"}


def app(page):
    """The part of the page that is drawn in the browser."""
    return page.locator("[data-app=reductions]")


def opened(page, server, path=PAGE):
    """The page, drawn."""
    open_page(page, server, path)
    app(page).locator("[data-card=mean] .big .n").wait_for()
    return app(page)


def texts(locator):
    """The texts of all that is found and seen."""
    return [one.inner_text() for one in locator.filter(visible=True).all()]


def test_cards(page, server):
    """The thread's numbers stand side by side: 1.3322 over 0.76 and over 2."""
    here = opened(page, server)
    # 0.36 · 0.3133 and 0.4 · 3.0486; their sum; over 0.36 + 0.4; over 2
    assert texts(here.locator("[data-card=none] .n")) == ["0.1128", "1.2194"]
    assert texts(here.locator("[data-card] .big .n")) == ["1.3322", "1.7529", "0.6661"]
    assert texts(here.locator("[data-card=mean] .fraction .n")) == ["1.3322", "0.76"]
    wrong = here.locator("[data-card=count]")
    assert "wrong: this is not what torch gives" in wrong.inner_text()
    assert wrong.locator(".mark.no").count() == 1


def test_hover_links_twins(page, server):
    """Pointing at the mean lights its twins, frames what it was made from, and asks no server."""
    here = opened(page, server)
    before = _runs[page]
    here.locator("[data-card=mean] .big .n").hover()
    assert set(texts(here.locator(".n.lit"))) == {"1.7529"}
    assert (
        here.locator(".n.lit").filter(visible=True).count() == 5
    )  # card twice, sentence, running sum, rectangle
    assert set(texts(here.locator(".n.source"))) == {"1.3322", "0.76"}
    about = here.get_by_label("About this number")
    assert about.is_visible()
    about = about.inner_text()
    assert "1.3322 divided by 0.76" in about
    assert f"Full value {full(float(run(THREAD).answer))}" in about
    page.mouse.move(2, 2)
    assert here.locator(".lit").count() == 0
    assert _runs[page] == before


CARD, SCROLL = "[data-part=about]", "[data-testid=stMain]"


@pytest.mark.parametrize("page", [{}, MOBILE], indirect=True, ids=["desk", "phone"])
def test_card_comes_with_a_number(page, server):
    """The card is there only while a number is chosen; how to choose one is said in the text."""
    here = opened(page, server)
    assert here.locator(CARD).is_hidden()
    assert here.get_by_text("Point at a number").count() == 1
    here.locator("[data-card=sum] .n").click()
    assert here.locator(CARD).is_visible()
    here.get_by_role("heading", name="The same, as areas").click()
    assert here.locator(CARD).is_hidden()


def test_card_leaves_its_number_free(page, server):
    """A number at the lower edge of the screen is not covered by its own card."""
    here = opened(page, server)
    number = here.locator("[data-part=rows] .n").last
    number.evaluate("e => e.scrollIntoView({block: 'end'})")
    page.locator(SCROLL).evaluate("e => e.scrollBy(0, -120)")  # the margin kept for the keyboard
    box = number.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    assert set(texts(here.locator(".n.lit"))) >= {number.inner_text()}
    card = here.locator(CARD).bounding_box()
    assert card["y"] + card["height"] <= box["y"] or card["y"] >= box["y"] + box["height"]
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    page.locator(SCROLL).evaluate("e => e.scrollTo(0, 0)")  # it goes back to the edge
    edge = "e => innerHeight - e.getBoundingClientRect().bottom"
    page.wait_for_function(f"e => ({edge})(e) < 12", arg=here.locator(CARD).element_handle())


def test_keyboard(page, server):
    """Tab reaches a group of numbers, arrows go through it, a number is told, Escape lets go."""
    here = opened(page, server)
    before = _runs[page]
    here.get_by_role("switch").focus()
    page.keyboard.press("Tab")
    assert set(texts(here.locator(".n.lit"))) == {"0.1128"}
    page.keyboard.press("ArrowRight")
    assert set(texts(here.locator(".n.lit"))) == {"1.2194"}
    assert here.get_by_role("status").inner_text().startswith("1.2194, weighted loss of row 1")
    outline = "e => getComputedStyle(e).outlineStyle"
    assert here.locator("[data-card=none] .n").nth(1).evaluate(outline) == "solid"
    page.keyboard.press("Escape")
    assert here.locator(".lit").count() == 0
    page.keyboard.press("Tab")  # one stop a card
    assert set(texts(here.locator(".n.lit"))) == {"1.3322"}
    assert _runs[page] == before


@pytest.mark.parametrize("page", [MOBILE], indirect=True, ids=["phone"])
def test_tap(page, server):
    """A tap does what pointing does, and stays."""
    here = opened(page, server)
    here.locator("[data-card=sum] .n").tap()
    assert set(texts(here.locator(".n.lit"))) == {"1.3322"}
    assert "all weighted losses, added" in here.get_by_label("About this number").inner_text()


def test_build(page, server):
    """Each press adds a weight and a bar, then comes the division; no script run for any of it."""
    here = opened(page, server)
    before = _runs[page]
    running = here.locator("[data-part=running]")
    bars = here.locator("[data-plot=bars] .bar")
    here.get_by_role("button", name="Build Σ w term by term").click()
    assert bars.filter(visible=True).count() == 0
    assert "Comes when all the widths are in." in here.locator("[data-plot=right]").inner_text()
    here.get_by_role("button", name="Add row 0").click()
    assert running.inner_text() == "Σ w so far: 0.36."
    assert bars.filter(visible=True).count() == 1
    page.keyboard.press("Enter")  # the button keeps the focus
    assert running.inner_text() == "Σ w is complete: 0.36 + 0.4 = 0.76."
    assert "0.36 + 0.4 = 0.76" in here.get_by_role("status").inner_text()
    here.get_by_role("button", name="Divide", exact=True).click()
    assert running.inner_text().endswith("1.3322 / 0.76 = 1.7529.")
    assert here.locator("[data-plot=right] .rect").is_visible()
    assert _runs[page] == before


def sides(here):
    """Width and height of the right and of the wrong rectangle."""
    boxes = [
        here.locator(f"[data-plot={name}] .rect").bounding_box() for name in ("right", "wrong")
    ]
    return [(box["width"], box["height"]) for box in boxes]


@pytest.mark.parametrize("page", [STILL], indirect=True, ids=["still"])
def test_areas(page, server):
    """Bars and rectangles have one area, on one scale; with all weights 1 the rectangles meet."""
    here = opened(page, server)
    before = _runs[page]
    bars = [bar.bounding_box() for bar in here.locator("[data-plot=bars] .bar").all()]
    area = sum(bar["width"] * bar["height"] for bar in bars)
    right, wrong = sides(here)
    for width, height in (right, wrong):
        assert width * height == pytest.approx(area, rel=0.05)  # borders and whole pixels
    assert wrong[0] / right[0] == pytest.approx(2 / 0.76, rel=0.02)
    here.get_by_role("switch", name="All weights 1").check()
    right, wrong = sides(here)
    assert right == pytest.approx(wrong, abs=0.5)
    mean, plain = texts(here.locator("[data-card] .big .n"))[1:]
    assert mean == plain == "1.6809"  # (0.3133 + 3.0486) / 2
    assert "the same: weights of 1 add up to N" in here.locator("[data-card=count]").inner_text()
    assert _runs[page] == before


def test_choices_outlive_a_run(page, server):
    """What was switched, guessed and cut stays when another reduction is chosen."""
    here = opened(page, server, THREE)
    here.get_by_role("switch").check()
    here.get_by_role("button", name="It goes up").click()
    here.get_by_label("Rows in each part").select_option("2")
    rerun(page, page.get_by_test_id("stButtonGroup").get_by_text("sum", exact=True).click)
    assert here.get_by_role("switch").is_checked()
    assert "chosen" in here.locator("[data-card=sum]").inner_text()
    assert here.locator("[data-act=alone]").is_visible()
    assert texts(here.locator("[data-result=averaged] .big .n")) == ["1.1505"]
    here.locator("[data-card=mean] .big .n").hover()
    assert here.locator(".n.lit").count() > 1


def test_new_numbers_are_drawn(page, server):
    """Another example replaces every number."""
    opened(page, server)
    here = opened(page, server, "/reductions?preset=rare_class")
    assert here.locator("[data-plot=bars] .bar").count() == 6
    assert texts(here.locator("[data-card=mean] .fraction .n"))[1] == "10"  # 5 · 1 + 5


def test_trap(page, server):
    """A guess comes first; then one sample's loss stays, with smoothing and with company it moves."""
    here = opened(page, server)
    before = _runs[page]
    assert here.locator("[data-act]").filter(visible=True).count() == 0
    here.get_by_role("button", name="It goes up").click()
    assert "You said it goes up. It stays" in here.inner_text()
    means = "tbody td:last-child .n"
    assert texts(here.locator(f"[data-act=alone] {means}")) == ["0.4170"] * 3
    here.get_by_role("button", name="Now with label smoothing 0.1").click()
    assert texts(here.locator(f"[data-act=smoothed] {means}")) == ["0.5137", "0.4141", "0.3917"]
    here.get_by_role("button", name="Instead, add a sample").click()
    assert texts(here.locator(f"[data-act=company] {means}")) == ["1.4185", "0.7509", "0.4563"]
    assert here.locator("[data-act=company] :focus").count() == 1  # the focus went along
    assert _runs[page] == before


def test_parts(page, server):
    """Parts of one average to 1.0173, of two to 1.1505; the mean is 1.2356 either way."""
    here = opened(page, server, THREE)
    before = _runs[page]
    numbers = "[data-result] .big .n"
    assert texts(here.locator(numbers)) == ["1.0173", "1.2356", "1.2356"]
    here.get_by_label("Rows in each part").select_option("2")
    assert texts(here.locator(numbers)) == ["1.1505", "1.2356", "1.2356"]
    assert "wrong: not the mean of the batch" in here.locator("[data-result=averaged]").inner_text()
    assert _runs[page] == before


SAID = (
    ("/reductions?logits=3,4;6,9&target=1,0&weight=-0.4,0.36", "Row 1 weighs −0.4"),
    ("/reductions?preset=empty_batch", "There is no row"),
    ("/reductions?preset=empty_probs", "so torch’s divisor is 0/0"),
    ("/reductions?preset=pixels_twice", "row (0, 1, 1)"),
    ("/reductions?preset=single_vector", "Your batch is too small to cut"),
    ("/reductions?preset=two_counts", "too thin to see"),
    ("/reductions?preset=ignore_class&label_smoothing=0.2", "not by all 3."),
)


def test_edges_are_said(page, server):
    """Where something cannot be drawn or is unusual, a sentence says so, and cards are there."""
    for path, words in SAID:
        here = opened(page, server, path)
        assert words in here.inner_text(), path
        assert here.locator("[data-card]").count() == 4, path


def test_names_are_only_text(page, server):
    """A class name that looks like markup is shown letter by letter."""
    name = "<img src=x onerror=1>"
    here = opened(page, server, f"/reductions?logits=3,4;6,9&target=1,0&classes=a,{name}")
    assert name in here.inner_text()
    assert here.locator("img").count() == 0


# Text boxes of a plot that share a pixel, and text that leaves its plot or the screen.
OVERLAPS = """root => {
  const faults = [];
  for (const figure of root.querySelectorAll('[data-plot]')) {
    const boxes = [...figure.querySelectorAll('figcaption > *, .tag, .bar .name:not([hidden])')]
      .filter(e => e.checkVisibility()).map(e => {
        const range = document.createRange(); range.selectNodeContents(e);
        return [e.textContent, range.getBoundingClientRect()];
      });
    for (const [i, [a, p]] of boxes.entries()) {
      if (p.right > innerWidth) faults.push(`${a} leaves the screen`);
      for (const [b, q] of boxes.slice(i + 1)) {
        const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
        const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
        if (wide > 1 && high > 3) faults.push(`${a} covers ${b}`);
      }
    }
  }
  return faults;
}"""
SCREENS = {
    "320": NARROW,
    "768 dark": {"viewport": {"width": 768, "height": 900}} | DARK,
}
LOOKS = (PAGE, THREE, "/reductions?preset=rare_class", "/reductions?preset=max_over_count")


@pytest.mark.parametrize("page", SCREENS.values(), ids=SCREENS, indirect=True)
def test_labels_have_room(page, server):
    """On narrow screens no label covers another and nothing is wider than the screen."""
    for path in LOOKS:
        here = opened(page, server, path)
        here.get_by_role("button", name="It stays").click()
        assert here.evaluate(OVERLAPS) == [], path
        wide, room = page.get_by_test_id("stMain").evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert wide <= room, path


def test_plots_stand_level(page, server):
    """Beside each other the three plots begin and end at one height, whatever their captions."""
    here = opened(page, server)
    for width in (1440, 1000, 700):
        page.set_viewport_size({"width": width, "height": 900})
        boxes = [one.bounding_box() for one in here.locator("[data-plot] .plot").all()]
        assert len({box["x"] for box in boxes}) == 3, width
        assert len({(round(box["y"]), round(box["height"])) for box in boxes}) == 1, width


@pytest.mark.parametrize("page", [MOBILE], indirect=True, ids=["phone"])
def test_targets_are_large_enough(page, server):
    """Buttons and the numbers on cards and in tables are at least 24 by 24 pixels."""
    here = opened(page, server)
    here.get_by_role("button", name="It stays").click()
    found = here.locator(".card .n, td .n, .do, select, .switch").filter(visible=True)
    assert found.count() > 20
    for one in found.all():
        box = one.bounding_box()
        assert min(box["width"], box["height"]) >= 24, one.inner_text()


def test_print(page, server):
    """On paper every act and every bar is there, and no control."""
    here = opened(page, server)
    here.get_by_role("button", name="Build Σ w").click()
    page.emulate_media(media="print")
    assert here.locator("[data-act]").filter(visible=True).count() == 3
    assert here.locator("[data-plot=bars] .bar").filter(visible=True).count() == 2
    assert "0.36 + 0.4 = 0.76" in here.inner_text()
    assert here.locator(".do, select, .switch").filter(visible=True).count() == 0


@pytest.mark.parametrize("page", [STILL], indirect=True, ids=["still"])
def test_still(page, server):
    """Where motion is unwanted nothing moves."""
    here = opened(page, server)
    for part in (".bar", ".tags", ".bracket"):
        one = here.locator(part).first
        assert one.evaluate("e => getComputedStyle(e).transitionDuration") == "0s"


@pytest.mark.parametrize("page", [FORCED], indirect=True, ids=["forced"])
def test_forced_colours(page, server):
    """With the system's few colours a lit number has a frame, and bars have borders."""
    here = opened(page, server)
    here.locator("[data-card=sum] .n").hover()
    lit = here.locator("[data-card=sum] .n.lit")
    assert lit.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    border = here.locator("[data-plot=right] .rect").evaluate(
        "e => parseFloat(getComputedStyle(e).borderTopWidth)"
    )
    assert border > 0


def test_many_rows(page, server):
    """Of 60 samples each has a bar, their rows are a table on demand, and names give way."""
    logits = ";".join(f"{k % 7},{k % 5},1" for k in range(60))
    target = ",".join(str(k % 3) for k in range(60))
    here = opened(page, server, f"/reductions?logits={logits}&target={target}&weight=1,2,5")
    assert here.locator("[data-plot=bars] .bar").count() == 60
    assert here.locator("[data-part=rows] table").is_hidden()
    running = here.locator("[data-part=running]").inner_text()
    # targets 0, 1, 2 in turn weigh 1, 2, 5: 18 times all three and one more 1, then the last five
    assert running.startswith("Σ w is complete: 145 (55 rows) + 2 + 5 + 1 + 2 + 5 = 160.")
    here.get_by_role("button", name="Show every row as a table").click()
    assert here.locator("[data-part=rows] tbody tr").count() == 60
    assert here.evaluate(OVERLAPS) == []


def test_fallback_is_hidden_once_drawn(page, server):
    """The plain list for a browser that cannot draw is there, and is not seen where one can."""
    opened(page, server)
    plain = page.locator(".wce-fallback")
    assert (
        "mean, the sum, divided by the sum of the targets’ weights: 1.7529" in plain.text_content()
    )
    assert plain.is_hidden()


def test_headings(page, server):
    """The page is in order for the ear: one question, then four parts, each with a heading."""
    here = opened(page, server)
    levels = [int(one.evaluate("e => e.tagName[1]")) for one in here.get_by_role("heading").all()]
    assert levels.count(2) == 4
    assert all(after - before <= 1 for before, after in pairwise([1, *levels]))


HIDDEN = {
    "none": "[data-card=none]",
    "sum": "[data-card=sum]",
    "mean": "[data-card=mean]",
    "plain": "[data-card=count]",
    "picture": "[data-plot]",
}


@pytest.mark.parametrize("part", HIDDEN)
def test_hidden(page, server, part):
    """What a teacher leaves out is not in the page at all; and no sentence tells a hidden card."""
    open_page(page, server, f"{THREE}&hide={part}")
    here = app(page)
    here.locator(".card .n").first.wait_for()
    assert here.locator(HIDDEN[part]).count() == 0
    others = {name: what for name, what in HIDDEN.items() if name != part}
    for name, what in others.items():
        assert here.locator(what).count() >= 1, name
    number = {"mean": "1.2356", "plain": "4.5304"}.get(part)  # 1.2356 · 11 / 3
    if number:  # the sum stands above the lines of the others as well
        for place in ("cards", "sentence", "areas"):
            assert number not in here.locator(f"[data-part={place}]").text_content()
        assert number not in page.locator(".wce-fallback").text_content()
    told = here.locator("[data-part=sentence]").text_content()
    assert bool(told) == (part in ("none", "picture"))


def test_hidden_and_shown_again(page, server):
    """Without the parameter all of it is back, in its order."""
    open_page(page, server, f"{THREE}&hide=picture,mean")
    here = opened(page, server, THREE)
    found = here.locator("[data-card], [data-plot], [data-act]")
    order = [one.evaluate("e => Object.values(e.dataset)[0]") for one in found.all()]
    assert order[:7] == ["none", "sum", "mean", "count", "bars", "right", "wrong"]


def test_present(page, server):
    """For a room each card asks first; each press uncovers one, then sentence and picture."""
    open_page(page, server, "/reductions?present=1")
    here = app(page)
    asked = here.get_by_text("What does mean give?")
    asked.wait_for()
    assert here.locator(".card .n").filter(visible=True).count() == 0
    assert here.locator("[data-plot], [data-act]").filter(visible=True).count() == 0
    for key, shown in (("PageDown", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("Space", 2)):
        page.keyboard.press(key)
        assert here.locator(".cards .card:not(.veiled):not([data-result])").count() == shown, key
    assert asked.is_visible()
    page.keyboard.press("PageDown")
    assert asked.is_hidden()
    assert here.locator("[data-card=mean] .big .n").is_visible()
    assert "1.7529" in here.get_by_role("status").inner_text()
    here.get_by_role("button", name="Show the next").click()
    page.keyboard.press("PageDown")
    assert here.locator("[data-plot=right]").is_visible()
    assert here.get_by_role("button", name="Show the next").is_hidden()
    page.locator("[data-testid=stMain]").evaluate("e => e.scrollTo(0, 0)")
    page.keyboard.press("ArrowLeft")  # and back
    assert here.locator("[data-plot=right]").is_hidden()


GERMAN = "lang=de&decimal=comma"


@pytest.mark.parametrize("page", [{}, DARK, MOBILE], indirect=True, ids=["light", "dark", "phone"])
def test_german(page, server):
    """In German, with a decimal comma, everything that moves speaks German, too."""
    here = opened(page, server, f"{THREE}&{GERMAN}")
    assert texts(here.locator("[data-card=mean] .big .n")) == ["1,2356"]
    here.get_by_role("button", name="Σ w Summand für Summand aufbauen").click()
    here.get_by_role("button", name="Zeile 0 dazuzählen").click()
    assert here.locator("[data-part=running]").inner_text() == "Σ w bisher: 1."
    here.get_by_role("button", name="Alles auf einmal zeigen").click()
    here.get_by_role("button", name="Er steigt").click()
    here.get_by_role("button", name="Jetzt mit Label Smoothing 0,1").click()
    assert "0,5137; 0,4141; 0,3917" in here.get_by_role("status").inner_text()
    here.get_by_label("Zeilen in jedem Teil").select_option("2")
    assert "Sie unterscheiden sich" in here.inner_text()
    here.locator("[data-card=mean] .big .n").click()
    assert "Voller Wert 1,23" in here.get_by_label("Über diese Zahl").inner_text()
    here.get_by_role("switch", name="Alle Gewichte 1").check()
    english = {" the ", " and ", "weight", " loss ", " of ", "row ", "sum "}
    said = here.inner_text().split("ignore_index, label_smoothing")[0]
    assert {word for word in english if word in said} <= {"sum "}
