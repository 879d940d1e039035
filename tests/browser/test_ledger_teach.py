"""The walk for a class: it fits its frame, hides what it is told to, asks before it shows."""

import re
from dataclasses import replace

import pytest

from ce_core import run
from ce_core.presets import preset
from tests.browser.conftest import _watch, open_page, rerun
from tests.browser.test_ledger import at_step, draw, in_address, opened, said
from ui.figures import figure
from ui.ledger import files
from ui.ledger.payload import payload
from ui.ledger.teaching import Teaching
from ui.place import in_words, place
from ui.view import of_preset, start
from ui.words import speaking

FITTING = ("weighted_mean", "one_over_count", "rare_class", "soft_smoothing", "padding")
FITTING += ("tokens_last", "single_vector", "equal_logits")
FRAMES = ((760, 900), (900, 640), (600, 480))
# What does not fit at a step, of every step in the view that it is shown in
UNFIT = """root => {
  const page = document.querySelector('[data-testid=stMain]');
  const { ledger } = root.wceLink;
  const unfit = [], heights = new Set();
  for (const { key } of ledger.walk.steps) {
    ledger.go({ step: key });
    heights.add(root.getBoundingClientRect().height);
    const over = name => {
      const part = root.querySelector(name);
      return part && part.scrollHeight > part.clientHeight + 1 && name;
    };
    const table = root.querySelector('.beside').getBoundingClientRect().top;
    const low = ['.formulas', '.say'].filter(
      name => root.querySelector(name).getBoundingClientRect().bottom > table + 1);
    unfit.push(...[over('.sheet'), ...low, page.scrollHeight > page.clientHeight && 'page',
      page.scrollWidth > page.clientWidth && 'sideways'].filter(Boolean).map(
        what => `${key}: ${what}`));
  }
  return [unfit, heights.size];
}"""

SIZES = """root => [...root.querySelectorAll('.equation, td.number')].map(
  one => parseFloat(getComputedStyle(one).fontSize))"""


@pytest.mark.parametrize("key", FITTING)
def test_walk_fits_its_frame(page, server, key):
    """Every step fits a frame of 900, 640 and 480 px, with nothing to scroll and in one height."""
    ledger = opened(page, server, f"/steps?preset={key}&embed=true")
    for width, height in FRAMES:
        page.set_viewport_size({"width": width, "height": height})
        page.locator(".wce-way-out").wait_for()
        page.wait_for_timeout(150)  # the window's resize is told in a task of its own
        assert ledger.evaluate(UNFIT) == [[], 1], (width, height)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=["720p", "1080p"])
def test_walk_fits_a_projector(new_page, server, size):
    """Before a room the whole step is on the screen, in letters that are read from afar."""
    page = new_page(viewport=dict(zip(("width", "height"), size, strict=True)))
    ledger = opened(page, server, "/steps?present=1")
    page.wait_for_function("document.documentElement.matches('.wce-present')")
    page.wait_for_timeout(150)
    assert ledger.evaluate(UNFIT) == [[], 1]
    formula, *numbers = ledger.evaluate(SIZES)
    assert formula >= size[1] / 18
    assert min(numbers) >= size[1] / 45


# The drawing code alone


@pytest.fixture(scope="module")
def alone(browser):
    """An empty page with the ledger's script and style, as a file without a server has them."""
    faults = []
    page = browser.new_context(viewport={"width": 1000, "height": 800}).new_page()
    _watch(page, faults)
    page.set_content("<main><button>outside</button><div class='wce-ledger'></div></main>")
    page.add_style_tag(content=files.style())
    page.add_script_tag(content=files.script())
    yield page
    page.context.close()
    assert faults == []


def sent(view, step, **teaching):
    """What the page sends for a view that is shown to a class."""
    at = place(run(view.case), view)
    return payload(at, step, teaching=Teaching(**teaching))


def number(key, view=None):
    """The number of a step at the place that the view looks at, as it is written."""
    view = view or start()
    at = place(run(view.case), view)
    return figure(at.number(key, at.column))


def seen(ledger):
    """What a screen reader meets: names, texts and values, without what is not drawn."""
    return ledger.aria_snapshot()


HIDDEN = {
    "table": (".sheet", "grid"),
    "formula": (".formula, math", "math"),
    "picture": (".picture, .bars", "img"),
    "sentence": (".sentence", "status"),
    "why": (".why", "The logits as probabilities"),
    "torch": ("code", "in torch"),
    "stepping": ("[data-part=forward], [data-part=back], [data-part=list]", "Next"),
}


@pytest.mark.parametrize("part", HIDDEN)
def test_hidden_part_is_not_there(alone, part):
    """What is hidden is neither drawn nor heard; the rest is."""
    for hide in ((), (part,)):
        ledger = draw(alone, sent(start(), "probs", hide=hide))
        for other, (where, heard) in HIDDEN.items():
            shown = other not in hide
            assert (ledger.locator(f".screen :is({where})").count() > 0) == shown, other
            if other != "formula":  # a card's formula is not said by its role
                assert (heard in seen(ledger)) == shown, (other, hide)
        alone.evaluate("window.ledger.print()")
        kept = {"formula": ".equation", "why": ".why"}.get(part)
        assert kept is None or (ledger.locator(f".paper {kept}").count() > 0) == (not hide)


def test_hidden_stepping_stays_at_its_step(alone):
    """Without a way to other steps no key and no column leads to one, and paper has that one."""
    ledger = draw(alone, sent(start(), "probs", hide=("stepping",)))
    for key in ("ArrowRight", "ArrowLeft", "Shift+ArrowRight", "PageDown"):
        alone.keyboard.press(key)
    ledger.locator('th[data-ref="step/shifted"]').click()
    assert alone.evaluate("ledger.place.step") == "probs"
    assert ledger.get_by_text("Softmax: probabilities").first.is_visible()
    alone.evaluate("window.ledger.print()")
    assert ledger.locator(".paper li").count() == 1


@pytest.mark.parametrize("alone_step", [True, False], ids=["one step", "all steps"])
@pytest.mark.parametrize("step", ["row_max", "partition", "probs", "nll", "mean_loss"])
def test_hidden_result(alone, step, alone_step):
    """The step's own number is nowhere in the page, and a question mark stands in its place."""
    view = of_preset(preset("weighted_mean"))
    hide = ("result", "stepping") if alone_step else ("result",)
    made = sent(view, step, hide=hide)
    ledger = draw(alone, made)
    alone.evaluate("window.ledger.print()")
    ledger.locator(f'.sheet [data-id^="{step}/"]').first.hover()
    assert "?" in said(ledger)
    assert ledger.locator(f'.sheet [data-id^="{step}/"]').first.inner_text().endswith("?")
    assert "?" in ledger.locator(".result").first.inner_text()
    result = number(step, view)
    found = re.findall(
        rf"(?<![\d.−-]){re.escape(result)}(?![\d.])", ledger.inner_html().replace("minus ", "−")
    )
    # 4 is a logit, too, and 1.0000 an exponential
    assert result in ("4", "1") or not found
    if alone_step:
        assert {str(made["values"][step]["data"])} <= {"None", "[None, None]"} | {
            "[[None, None], [None, None]]"
        }


# Steps that wait to be asked for


def test_blank_steps_wait_to_be_asked(alone):
    """A blank step asks; other steps show a question mark where its number is; then it stays."""
    ledger = draw(alone, sent(start(), "partition", blank=("probs", "log_probs")))
    at = place(run(start().case), start())
    assert said(ledger) == in_words(at, at.trace["partition"])
    alone.keyboard.press("ArrowRight")
    assert said(ledger) == "Softmax: probabilities: what is it for row 0, class B?"
    assert number("probs") not in ledger.locator(".screen").inner_text()
    alone.keyboard.press("ArrowRight")
    cells = ledger.locator('.sheet td[data-id^="probs/"]')
    assert cells.all_inner_texts() == ["?", "?"]
    ledger.get_by_role("button", name="Show it").click()
    assert said(ledger) == in_words(at, at.trace["log_probs"])
    assert cells.all_inner_texts() == ["?", "?"]
    ledger.get_by_role("button", name="Back").click()
    ledger.get_by_role("button", name="Show it").click()
    for key in ("ArrowRight", "ArrowLeft"):
        alone.keyboard.press(key)
        assert ledger.get_by_role("button", name="Show it").count() == 0
    assert cells.last.inner_text() == number("probs")
    other = start().with_case(start().case.replace(weight=[1, 2]))
    alone.evaluate("one => window.ledger.update(one)", sent(other, "probs", blank=("probs",)))
    assert cells.all_inner_texts() == ["?", "?"]


@pytest.mark.parametrize("typed", ["0.7", "0,7", " 7e-1"])
def test_prediction_is_compared(alone, typed):
    """A guess, with a point or a comma, is answered beside the number and marked in the picture."""
    ledger = draw(alone, sent(start(), "probs", predict=True))
    field = ledger.get_by_role("textbox", name="what is it for row 0, class B?")
    field.fill("about 0.7")
    field.press("Enter")
    assert ledger.get_by_role("alert").inner_text() == "Write a number, such as 0.7."
    assert field.input_value() == "about 0.7"
    field.fill(typed)
    # the walk drawn again, as when torch has answered, leaves what is typed
    alone.evaluate("one => window.ledger.update(one)", sent(start(), "probs", predict=True))
    assert field.input_value() == typed
    assert field.evaluate("e => e === document.activeElement")
    field.press("Enter")
    # 1 / (1 + e^-1) = 0.7311
    assert ledger.locator(".guessed").inner_text() == "You said 0.7; it is 0.7311: 0.0311 off."
    assert ledger.locator(".bars .looked .guess").count() == 1
    assert alone.evaluate("document.activeElement.dataset.part") == "forward"
    ledger.get_by_role("button", name="Next").click()
    assert "?" in ledger.locator(".result").inner_text()
    ledger.get_by_role("button", name="Just show it").click()
    assert ledger.locator(".guessed").count() == 0


def test_prediction_lasts_in_another_language(alone):
    """What is typed, and what was guessed, stays when the page is said in another language."""
    ledger = draw(alone, sent(start(), "probs", predict=True))
    field = ledger.get_by_role("textbox")
    field.fill("0,5")
    with speaking("de", "comma"):
        german = sent(start(), "probs", predict=True)
    alone.evaluate("one => window.ledger.update(one)", german)
    assert "Klasse B" in field.get_attribute("aria-label")
    assert field.input_value() == "0,5"
    field.press("Enter")
    # 1 / (1 + e^-1) = 0.7311
    assert ledger.locator(".guessed").inner_text() == (
        "Du hast 0,5 gesagt; es ist 0,7311: um 0,2311 daneben."
    )
    alone.evaluate("one => window.ledger.update(one)", sent(start(), "probs", predict=True))
    assert ledger.locator(".guessed").inner_text() == "You said 0.5; it is 0.7311: 0.2311 off."


def test_comma_numbers_of_a_list_are_told_apart(alone):
    """Under a decimal comma a list in a formula is parted by semicolons: max(7,4; 2,8; −0,6)."""
    view = of_preset(preset("soft_smoothing"))
    for decimal, listed in (("comma", "7,4;2,8;−0,6"), ("point", "7.4,2.8,−0.6")):
        with speaking("de", decimal):
            ledger = draw(alone, sent(view, "row_max"))
        assert listed in re.sub(r"\s", "", ledger.locator(".equation").first.inner_text())


def test_prediction_of_the_loss_and_of_what_counts(alone):
    """The mean has a bar of its own for the guess; whether a row counts is said by a button."""
    ledger = draw(alone, sent(start(), "mean_loss", predict=True))
    field = ledger.get_by_role("textbox")
    field.fill("0.6662")
    field.press("Enter")
    # (0.1128 + 1.2194) / 0.76 = 1.7529
    assert "You said 0.6662; it is 1.7529: 1.0867 off." in ledger.inner_text()
    assert ledger.locator(".bars .guess").count() == 1
    ledger = draw(alone, sent(start(), "kept", predict=True))
    assert said(ledger) == "Rows that count: does row 0 count?"
    ledger.get_by_role("button", name="It does not count").click()
    assert ledger.locator(".guessed").inner_text() == "You said the opposite."


def test_typed_letters_do_not_step(alone):
    """In the field arrows and Space are for its text."""
    ledger = draw(alone, sent(start(), "probs", predict=True, present=True))
    field = ledger.get_by_role("textbox")
    field.fill("12")
    for key in ("ArrowLeft", "Space", "ArrowRight", "PageDown"):
        field.press(key)
    assert field.input_value() == "1 2"
    assert alone.evaluate("ledger.place.step") == "probs"
    assert ledger.locator(".ask form").count() == 1


def test_presenters_keys(alone):
    """Right, Space and Page Down show the numbers first and then step; Left and Page Up go back."""
    ledger = draw(alone, sent(start(), "shifted", present=True))
    alone.mouse.click(1, 1)
    asked = ledger.get_by_role("button", name="Show it")
    for key, after in (("ArrowRight", "exps"), ("Space", "partition"), ("PageDown", "probs")):
        assert ledger.locator(".equation .numbers .number").count() == 0
        assert asked.count() == 1
        before = alone.evaluate("ledger.place.step")
        alone.keyboard.press(key)
        assert alone.evaluate("ledger.place.step") == before
        assert asked.count() == 0
        assert ledger.locator(".equation .numbers .number").count() > 0
        alone.keyboard.press(key)
        assert alone.evaluate("ledger.place.step") == after
    for key, after in (("PageUp", "partition"), ("ArrowLeft", "exps")):
        alone.keyboard.press(key)
        assert alone.evaluate("ledger.place.step") == after
        assert asked.count() == 0


def test_left_out_row_has_a_card(alone):
    """At a row that is ignored each step can be drawn, and says so."""
    view = of_preset(preset("padding"))
    at = place(run(view.case), view)
    row = next(k for k in range(5) if replace(at, row=k).ignored)
    ledger = draw(alone, sent(view.replace(row=row), "nll"))
    assert f"Row {row} is ignored" in said(ledger)
    assert "ignored" in ledger.locator(".card").inner_text()
    ledger = draw(alone, sent(view.replace(row=row), "nll", hide=("result",)))
    assert "0" not in said(ledger).replace("−100", "")


# The other language

ENGLISH = re.compile(
    r"\b(the|of|and|is|with|it|row|step|class|what|for|made|full)\b", re.IGNORECASE
)


@pytest.mark.parametrize("key", ["weighted_mean", "padding", "soft_smoothing", "tokens_last"])
@pytest.mark.parametrize("predict", [False, True], ids=["shown", "asked"])
def test_german_walk(alone, key, predict):
    """In German no step has an English word in it, seen or heard, and 0.5 is 0,5."""
    view = of_preset(preset(key))
    with speaking("de", "comma"):
        made = sent(view, run(view.case).keys[0], predict=predict)
    ledger = draw(alone, made)
    ledger.locator("summary").click()
    for step in made["steps"]:
        for batch in ("sample", "batch"):
            alone.evaluate(
                "([step, view]) => { ledger.go({ step }); ledger.show(view); }",
                [step["key"], batch],
            )
            text = f"{seen(ledger)} {ledger.inner_text()}"
            text = re.sub(r"/[a-z]+:.*|- (code|text|status|button|img).{0,3}(?=:)", "", text)
            text = text.replace(step["torch"], "").replace("reduction='none'", "")
            words = re.sub(r"ignore_index|^\s*- '?\w+", "", text, flags=re.MULTILINE)
            assert not ENGLISH.search(words), (step["key"], ENGLISH.search(words), words)
            assert not re.search(r"\d\.\d", words)


# On the page


def test_hidden_and_veiled_on_the_page(page, server):
    """A teacher's link hides and asks on the page; what is without JavaScript has no result."""
    path = "/steps?step=probs&hide=result,torch,why&embed=true"
    ledger = opened(page, server, path)
    assert number("probs") not in page.content()
    assert number("probs") not in ledger.inner_html()
    assert ledger.locator(".why").count() == 0
    ledger = opened(page, server, "/steps?step=probs&present=1")
    page.mouse.click(2, 2)
    page.keyboard.press("PageDown")
    assert at_step(ledger) == "probs"
    page.keyboard.press("PageDown")
    in_address(page, "step=log_probs")
    assert "present=1" in page.url
    rerun(page, page.go_back)
    assert at_step(ledger) == "probs"
    assert ledger.get_by_role("button", name="Show it").count() == 0
    open_page(page, server, "/steps?step=probs&blank=probs&lang=de&embed=true")
    assert "Was ergibt sich für Zeile 0, Klasse B?" in said(ledger)
