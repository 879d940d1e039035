"""Links in a real browser: opened, shared, reloaded, gone back to, broken and malicious."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import open_page, rerun, settle

DEEP = "/steps?preset=rare_class&step=sample_weight&row=5"
PAGES = {"/": "Why is my loss", "/steps": "From the logits", "/reductions": "None, sum, mean"} | {
    "/check": "Does torch agree",
    "/mistake": "I got this number",
    "/practice": "Watch, complete, solve",
    "/targets": "What may a target be",
    "/gradient": "What does a weight do",
    "/placement": "Why does the weight stand outside",
    "/choose": "I have these class counts",
    "/lab": "What do weights do to a model",
    "/teach": "Put this into your course",
}
MARKUP = (
    "![x](http://a.example/x.png)",
    "`![x](http://b.example/x.png)",
    "<img src=http://c.example>",
    "<script>alert(1)</script>",
    "$x^2$ **b**",
)


def heading(page):
    """The page's one question."""
    return page.get_by_role("heading", level=1).inner_text()


def query(page):
    """The address's parameters."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def steps(page):
    """The list of steps in the ledger; its value is the step on the screen."""
    return page.get_by_role("combobox", name="Step")


def next_button(page):
    """The ledger's way one step on."""
    return page.get_by_role("button", name="Next", exact=True)


def press_next(page, step):
    """Go one step on, to the step named, and wait until the address says so."""
    rerun(page, next_button(page).click)
    expect(steps(page)).to_have_value(step)
    assert query(page)["step"] == step


def sentence(page):
    """The ledger's sentence about the number on the screen, which is spoken, too."""
    return page.locator(".wce-ledger [role=status]")


def looks(page):
    """What a page of the walk says: the summary of the numbers, and all of the ledger."""
    sentence(page).wait_for()
    return page.get_by_test_id("stMain").inner_text() + page.locator(".wce-ledger").inner_text()


def test_example_of_the_docs(page, server):
    """The link that the documentation shows opens at the mean, 1.7529, and stays as it is."""
    path = "/steps?logits=3,4;6,9&target=1,0&weight=0.4,0.36&step=mean_loss"
    open_page(page, server, path)
    expect(steps(page)).to_have_value("mean_loss")
    # (0.36 * 0.3133 + 0.4 * 3.0486) / 0.76, as torch gives it
    expect(sentence(page)).to_have_text(re.compile("is 1.7529.$"))
    assert page.url.endswith(path)


@pytest.mark.parametrize("path", PAGES)
def test_page_opens_at_its_link(page, server, path):
    """Each page opens at its own address with its own question, and no other."""
    open_page(page, server, f"{path}?preset=rare_class")
    assert heading(page).startswith(PAGES[path])
    assert page.get_by_role("dialog").count() == 0


def test_back_and_forward(page, server):
    """Back goes one step back and Forward one on, to the numbers that stood there."""
    open_page(page, server, "/steps")
    expect(steps(page)).to_have_value("row_max")
    press_next(page, "shifted")
    press_next(page, "exps")
    for step in ("shifted", "row_max"):
        rerun(page, page.go_back)
        expect(steps(page)).to_have_value(step)
    for step in ("shifted", "exps"):
        rerun(page, page.go_forward)
        expect(steps(page)).to_have_value(step)
    press_next(page, "partition")


def test_back_across_pages(page, server):
    """Back from another page comes to the step that was left."""
    open_page(page, server, DEEP)
    press_next(page, "losses")
    menu = page.get_by_test_id("stSidebar")
    rerun(page, menu.get_by_role("link", name="Reductions").click)
    assert heading(page).startswith("None, sum, mean")
    assert query(page)["step"] == "losses"
    rerun(page, page.go_back)
    assert heading(page).startswith("From the logits")
    expect(steps(page)).to_have_value("losses")


def test_menu_carries_the_case(page, server):
    """From page to page the case, the step and the row go along."""
    open_page(page, server, DEEP)
    for name in ("Check", "Reductions", "Start", "Steps"):
        rerun(page, page.get_by_test_id("stSidebar").get_by_role("link", name=name).click)
        assert query(page) == {"preset": "rare_class", "step": "sample_weight", "row": "5"}
    expect(steps(page)).to_have_value("sample_weight")


def test_reload(page, server):
    """A reload shows the same step of the same row with the same numbers."""
    open_page(page, server, DEEP)
    press_next(page, "losses")
    before = looks(page)
    page.reload()
    settle(page)
    assert looks(page) == before


def test_address_in_another_browser(new_page, server):
    """The address copied to somebody else shows them the same step, row and numbers."""
    mine, theirs = new_page(), new_page()
    open_page(mine, server, "/steps?preset=plain_batch&step=probs&row=1")
    press_next(mine, "log_probs")
    theirs.goto(mine.url)
    settle(theirs)
    assert looks(theirs) == looks(mine)


def test_link_to_this(new_page, server):
    """The link that the page offers opens the page as it is."""
    mine, theirs = new_page(), new_page()
    open_page(mine, server, DEEP)
    press_next(mine, "losses")
    mine.get_by_role("button", name="Link to this").click()
    link = mine.get_by_test_id("stPopoverBody").get_by_test_id("stCode").inner_text().strip()
    theirs.goto(link)
    settle(theirs)
    expect(steps(theirs)).to_have_value("losses")
    assert query(theirs) == query(mine)


def test_broken_link(page, server):
    """A broken link names what it left out and why, and shows the rest."""
    open_page(page, server, "/steps?logits=1,2;3,x&target=0,1&step=probs&row=99&colour=red")
    notice = page.get_by_test_id("stAlert").first.inner_text()
    for text in ("logits=1,2;3,x: 'x' is not a number.", "target=0,1", "row=99", "colour=red"):
        assert text in notice
    expect(steps(page)).to_have_value("probs")


def test_markup_is_text(page, server):
    """Markup in a link is shown as text: nothing of it is drawn, run or fetched."""
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    values = zip(("logits", "target", "weight", "row", "class"), MARKUP, strict=True)
    names = ((text, "1") for text in MARKUP)
    open_page(page, server, f"/steps?step=probs&{urlencode([*values, *names])}")
    notice = page.get_by_test_id("stAlert").first
    for text in MARKUP:
        assert notice.inner_text().count(text.replace("`", "'")) >= 2  # as value and as name
    assert page.get_by_test_id("stMain").locator("img, script").count() == 0
    assert notice.locator(".katex").count() == 0
    assert dialogs == []


def test_markup_in_class_names(page, server):
    """Classes may be called what looks like markup, and go by that name."""
    names = ["<img src=x onerror=alert(1)>", "**b** $x^2$ `c`"]
    open_page(page, server, f"/steps?step=probs&{urlencode({'classes': ','.join(names)})}")
    shown = looks(page)
    assert page.get_by_test_id("stMain").locator("img").count() == 0
    for name in names:
        assert name in shown


def test_same_parameter_twice(page, server):
    """Of a parameter that stands twice in a link the last one counts, as Streamlit has it."""
    open_page(page, server, "/steps?step=probs&step=exps")
    expect(steps(page)).to_have_value("exps")


def test_embedded(page, server):
    """In an iframe the page has no menu, and its link is read all the same."""
    open_page(page, server, f"{DEEP}&embed=true")
    assert page.get_by_test_id("stSidebar").count() == 0
    expect(steps(page)).to_have_value("sample_weight")
    press_next(page, "losses")
    assert query(page)["embed"] == "true"


def test_long_link(page, server):
    """A link with as many numbers as links may hold opens, and a step of it does, too."""
    rows = 300  # of 4 logits and a target each: 1,500 numbers
    logits = ";".join(f"0.1234567890123{k:03},-1.5,2.25,0.125" for k in range(rows))
    open_page(page, server, f"/steps?logits={logits}&target={','.join(['2'] * rows)}&row=299")
    assert re.search(r"300 samples . 4 classes", page.get_by_test_id("stMain").inner_text())
    press_next(page, "shifted")
    assert query(page)["row"] == "299"
