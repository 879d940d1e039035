"""Links in a real browser: opened, shared, reloaded, gone back to, broken and malicious."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from tests.browser.conftest import open_page, rerun, settle

DEEP = "/steps?preset=rare_class&step=sample_weight&row=5"
PAGES = {"/": "Why is my loss", "/steps": "From the logits", "/reductions": "None, sum, mean"} | {
    "/check": "Does torch agree"
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


def step_shown(page):
    """The title of the step on the screen."""
    return page.get_by_test_id("stMain").get_by_role("heading", level=3).first.inner_text()


def press_next(page):
    """Go one step on."""
    rerun(page, page.get_by_role("button", name="Next").click)


def test_example_of_the_docs(page, server):
    """The link that the documentation shows opens at the mean, 1.7529, and stays as it is."""
    path = "/steps?logits=3,4;6,9&target=1,0&weight=0.4,0.36&step=mean_loss"
    open_page(page, server, path)
    assert step_shown(page) == "Mean loss"
    # (0.4 * 0.3133 + 0.36 * 3.0486) / 0.76, as torch gives it
    assert page.get_by_text("1.7529").filter(visible=True).count() > 0
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
    titles = [step_shown(page)]
    for _ in range(2):
        press_next(page)
        titles.append(step_shown(page))
    assert titles == ["Row maximum", "Shifted logits", "Exponentials"]
    for title in titles[-2::-1]:
        rerun(page, page.go_back)
        assert step_shown(page) == title
    for title in titles[1:]:
        rerun(page, page.go_forward)
        assert step_shown(page) == title
    press_next(page)
    assert step_shown(page) == "Row sum"


def test_back_across_pages(page, server):
    """Back from another page comes to the step that was left."""
    open_page(page, server, DEEP)
    press_next(page)
    left = step_shown(page)
    menu = page.get_by_test_id("stSidebar")
    rerun(page, menu.get_by_role("link", name="Reductions").click)
    assert heading(page).startswith("None, sum, mean")
    assert query(page)["step"] == "losses"
    rerun(page, page.go_back)
    assert heading(page).startswith("From the logits")
    assert step_shown(page) == left


def test_menu_carries_the_case(page, server):
    """From page to page the case, the step and the row go along."""
    open_page(page, server, DEEP)
    for name in ("Check", "Reductions", "Start", "Steps"):
        rerun(page, page.get_by_test_id("stSidebar").get_by_role("link", name=name).click)
        assert query(page) == {"preset": "rare_class", "step": "sample_weight", "row": "5"}
    assert step_shown(page) == "Weight of the target's class"


def test_reload(page, server):
    """A reload shows the same step of the same row with the same numbers."""
    open_page(page, server, DEEP)
    press_next(page)
    before = page.get_by_test_id("stMain").inner_text()
    page.reload()
    settle(page)
    assert page.get_by_test_id("stMain").inner_text() == before


def test_address_in_another_browser(new_page, server):
    """The address copied to somebody else shows them the same step, row and numbers."""
    mine, theirs = new_page(), new_page()
    open_page(mine, server, "/steps?preset=plain_batch&step=probs&row=1")
    press_next(mine)
    theirs.goto(mine.url)
    settle(theirs)
    assert step_shown(theirs) == step_shown(mine) == "Log-softmax"
    shown = [page.get_by_test_id("stMain").inner_text() for page in (mine, theirs)]
    assert shown[0] == shown[1]


def test_link_to_this(new_page, server):
    """The link that the page offers opens the page as it is."""
    mine, theirs = new_page(), new_page()
    open_page(mine, server, DEEP)
    press_next(mine)
    mine.get_by_role("button", name="Link to this").click()
    link = mine.get_by_test_id("stPopoverBody").get_by_test_id("stCode").inner_text().strip()
    theirs.goto(link)
    settle(theirs)
    assert step_shown(theirs) == step_shown(mine)
    assert query(theirs) == {"preset": "rare_class", "step": "losses", "row": "5"}


def test_broken_link(page, server):
    """A broken link names what it left out and why, and shows the rest."""
    open_page(page, server, "/steps?logits=1,2;3,x&target=0,1&step=probs&row=99&colour=red")
    notice = page.get_by_test_id("stAlert").first.inner_text()
    for text in ("logits=1,2;3,x: 'x' is not a number.", "target=0,1", "row=99", "colour=red"):
        assert text in notice
    assert step_shown(page) == "Softmax: probabilities"


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
    main = page.get_by_test_id("stMain")
    assert main.locator("img").count() == 0
    for name in names:
        assert name in main.inner_text()


def test_same_parameter_twice(page, server):
    """Of a parameter that stands twice in a link the last one counts, as Streamlit has it."""
    open_page(page, server, "/steps?step=probs&step=exps")
    assert step_shown(page) == "Exponentials"


def test_embedded(page, server):
    """In an iframe the page has no menu, and its link is read all the same."""
    open_page(page, server, f"{DEEP}&embed=true")
    assert page.get_by_test_id("stSidebar").count() == 0
    assert step_shown(page) == "Weight of the target's class"
    press_next(page)
    assert query(page)["embed"] == "true"
    assert query(page)["step"] == "losses"


def test_long_link(page, server):
    """A link with as many numbers as links may hold opens, and a step of it does, too."""
    rows = 300  # of 4 logits and a target each: 1,500 numbers
    logits = ";".join(f"0.1234567890123{k:03},-1.5,2.25,0.125" for k in range(rows))
    open_page(page, server, f"/steps?logits={logits}&target={','.join(['2'] * rows)}&row=299")
    assert re.search(r"300 samples . 4 classes", page.get_by_test_id("stMain").inner_text())
    press_next(page)
    assert query(page)["row"] == "299"
