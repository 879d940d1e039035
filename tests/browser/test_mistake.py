"""Find my mistake in a real browser: pasted, typed, shared, by keyboard, on a phone, in the dark."""

import re
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DARK, MOBILE, open_page, rerun, settle
from tests.browser.test_journeys import tab
from tests.browser.test_link import heading, query

POST = """Hi all, I get 0.6662 by hand but torch says 1.7529. What is wrong?

logits = torch.tensor([[3., 4.], [6., 9.]])
labels = torch.tensor([1, 0])
w = torch.tensor([0.4, 0.36])
loss = nn.CrossEntropyLoss(weight=w)(logits, labels)
"""
BINARY = """z = torch.tensor([2.1972, -1.3863, -1.3863, -1.3863])
y = torch.tensor([1., 0., 0., 0.])
loss = nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3.]))(z, y)
"""
TRACEBACK = """Traceback (most recent call last):
  File "train.py", line 12, in <module>
    loss = criterion(logits, labels)
IndexError: Target 3 is out of bounds.
"""
THREAD = "/mistake?answer=0.6662"
BCE = "/mistake?" + urlencode(
    {
        "loss": "bce",
        "input": "2.1972,-1.3863,-1.3863,-1.3863",
        "target": "1,0,0,0",
        "pos_weight": "3,",
        "answer": "0.1643",
    }
)


def number(page):
    """The field for the person's number."""
    return page.get_by_role("textbox", name="Your number")


def verdict(page):
    """What the page says the number is."""
    return page.locator(".wce-verdict h2")


def answer(page, text):
    """Type a number, as a person does."""
    number(page).fill(text)
    rerun(page, lambda: number(page).press("Enter"))


def paste(page, text):
    """Paste a text under Numbers."""
    tab(page, "Paste")
    page.get_by_role("textbox", name="Paste tensors").fill(text)
    rerun(page, lambda: page.keyboard.press("Control+Enter"))


def test_post_is_answered_by_one_link(new_page, server):
    """A post pasted and its number typed: the mistake is named, and the link shows it anywhere."""
    page = new_page()
    open_page(page, server, "/mistake?preset=rare_class")
    paste(page, POST)
    answer(page, "0.6662")
    expect(verdict(page)).to_have_text("It looks as if you divided by the number of samples")
    expect(page.locator(".wce-verdict")).to_contain_text("0.76, and gives 1.7529")
    # typed in the field, so the field keeps the focus
    expect(number(page)).to_be_focused()
    rerun(page, lambda: page.get_by_text("I divided by the number of samples").click())
    expect(verdict(page)).to_have_text("You divided by the number of samples")
    assert query(page)["finding"] == "divided_by_batch_size"
    other = new_page(**DARK)
    open_page(other, server, page.url.removeprefix(server))
    expect(verdict(other)).to_have_text("You divided by the number of samples")
    expect(number(other)).to_have_value("0.6662")
    assert other.locator(".wce-verdict").inner_text() == page.locator(".wce-verdict").inner_text()
    assert other.locator(".wce-beside").inner_text() == page.locator(".wce-beside").inner_text()


def test_answer_stands_beneath_the_number(page, server):
    """The answer comes right beneath the number, however many numbers stand below it."""
    open_page(page, server, "/mistake")
    expect(page.get_by_role("tab", name="Paste")).to_be_visible()
    answer(page, "0.6662")
    expect(verdict(page)).to_be_in_viewport()
    field, said = number(page).bounding_box(), verdict(page).bounding_box()
    assert 0 < said["y"] - field["y"] < 200
    open_page(page, server, THREAD)
    expect(page.get_by_role("tab", name="Paste")).to_be_hidden()


def test_stories(page, server):
    """Each ready example shows its answer, and its link is the page's."""
    open_page(page, server, "/mistake?preset=rare_class")
    for name, said in {
        "2.8824": "took the inputs as probabilities",
        "0.1643": "divided by the sum of the weights",
        "nan": "nan is right",
        "0.6662": "divided by the number of samples",
    }.items():
        rerun(page, page.get_by_role("button", name=re.compile(f"^{name}")).click)
        expect(verdict(page)).to_contain_text(said)
        assert query(page)["answer"] == name


def test_where_they_part(page, server):
    """The two ways stand side by side, the first difference is marked in words, and so the rest."""
    open_page(page, server, THREAD)
    table = page.get_by_role("table", name="Every step, torch’s way and yours")
    parted = table.get_by_role("row").filter(has_text="here they part")
    assert parted.count() == 1
    expect(parted).to_contain_text("Sum of the targets' weights")
    expect(parted).to_contain_text("Number of samples: 2")
    assert table.get_by_role("row").filter(has_text="differs, too").count() == 1
    page.locator(".katex").first.wait_for()
    assert page.locator(".katex-error").count() == 0
    rerun(page, page.get_by_role("link", name="Step through the right numbers").click)
    assert heading(page) == "From the logits to the loss"
    assert query(page)["step"] == "denominator"


def test_error_message(page, server):
    """A traceback in the field, or among what was pasted, is explained."""
    open_page(page, server, "/mistake")
    paste(page, TRACEBACK)
    expect(verdict(page)).to_have_text("A class number is too large")
    page.reload()
    settle(page)
    answer(page, TRACEBACK)
    expect(verdict(page)).to_have_text("A class number is too large")
    assert page.get_by_test_id("stCode").count() >= 3


@pytest.mark.parametrize("text", ["hello", "<img src=x onerror=alert(1)>", "$x^2$ **b**", "[1, 2"])
def test_nonsense_stays(page, server, text):
    """What is no number is answered in words, stays in the field, and is never markup."""
    open_page(page, server, "/mistake")
    answer(page, text)
    alert = page.get_by_test_id("stAlert").first
    expect(alert).to_be_visible()
    expect(number(page)).to_have_value(text)
    assert alert.locator("img, strong >> text=b, .katex").count() == 0
    page.reload()
    settle(page)
    expect(number(page)).to_have_value(text)


def test_binary(page, server):
    """A snippet with a binary loss leads to the page for it, and the mistake is named there."""
    open_page(page, server, "/mistake")
    paste(page, BINARY)
    offer = page.get_by_role("button", name=re.compile("Find a mistake with a binary loss"))
    rerun(page, offer.click)
    assert query(page)["loss"] == "bce"
    answer(page, "0.1643")
    expect(verdict(page)).to_contain_text("divided by the sum of the weights")
    field = page.get_by_role("textbox", name="input: logits")
    field.fill("2.1972, -1.3863, x")
    rerun(page, lambda: field.press("Control+Enter"))
    expect(page.get_by_test_id("stAlert").first).to_contain_text("2.1972, -1.3863, x")
    expect(field).to_have_value("2.1972, -1.3863, x")
    field.fill("tensor([ 2.1972, -1.3863, -1.3863, -1.3863])")
    rerun(page, lambda: field.press("Control+Enter"))
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_kinds(page, server):
    """What the numbers are can be chosen, and the numbers come back with their own kind."""
    open_page(page, server, "/mistake?preset=rare_class&answer=0.5")

    def choose(title):
        page.get_by_role("combobox", name="What are these numbers?").click()
        rerun(page, page.get_by_role("option", name=title).click)

    choose("Probabilities of a yes-or-no loss, BCELoss")
    assert (query(page)["loss"], query(page)["holds"]) == ("bce", "probs")
    choose("Logits, for CrossEntropyLoss")
    assert query(page) == {"preset": "rare_class", "answer": "0.5"}


def test_keyboard(page, server):
    """With keys alone: a number, the question that tells ways apart, and another way."""
    open_page(page, server, "/mistake")
    number(page).focus()
    page.keyboard.type("0.6662")
    rerun(page, lambda: page.keyboard.press("Enter"))
    expect(verdict(page)).to_contain_text("divided by the number of samples")
    radios = page.get_by_role("radio", name=re.compile("^I divided|^My "))
    for _ in range(30):
        page.keyboard.press("Tab")
        if radios.first.evaluate("e => e.name === document.activeElement.name"):
            break
    rerun(page, lambda: page.keyboard.press("Space"))
    expect(verdict(page)).to_contain_text("You divided by the number of samples")
    rerun(page, lambda: page.keyboard.press("ArrowDown"))
    expect(verdict(page)).to_contain_text("You took another framework's mean")


@pytest.mark.parametrize(
    "page", [MOBILE, MOBILE | DARK], indirect=True, ids=["phone", "dark phone"]
)
@pytest.mark.parametrize("path", [THREAD, BCE, "/mistake?preset=pixels_twice&answer=2.8824"])
def test_phone(page, server, path):
    """On a phone the answer, the table and the code are read without scrolling sideways."""
    open_page(page, server, path)
    page.locator(".katex").first.wait_for()
    for box in ("html", "[data-testid=stMain]"):
        wide, room = page.locator(box).evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert wide <= room, box
    table = page.locator(".wce-beside")
    wide, room = table.evaluate("e => [e.scrollWidth, e.parentElement.clientWidth]")
    assert wide <= room


def test_headings_in_order(page, server):
    """Headings go down one level at a time, from the page's question on."""
    open_page(page, server, THREAD)
    page.get_by_role("heading", name=re.compile("^Your way")).wait_for()
    levels = page.get_by_test_id("stMain").evaluate(
        "e => [...e.querySelectorAll('h1, h2, h3, h4')].map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_embedded(page, server):
    """Inside another page there is the answer and no field."""
    open_page(page, server, f"{THREAD}&embed=true")
    expect(verdict(page)).to_be_visible()
    assert number(page).count() == 0
    assert page.get_by_role("tab").count() == 0


def test_start_leads_here(page, server):
    """From the first page a number that does not match is one click away."""
    open_page(page, server, "/")
    rerun(page, page.get_by_role("link", name="I have a number that does not match").click)
    expect(verdict(page)).to_contain_text("divided by the number of samples")
